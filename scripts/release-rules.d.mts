interface Locked {
  version?: string
  license?: string
  link?: boolean
  dev?: boolean
  devOptional?: boolean
  optional?: boolean
  peer?: boolean
}
interface Lock {
  packages: Record<string, Locked>
}
interface Component {
  name: string
  version: string
  purl?: string
  hashes?: readonly unknown[]
}

/** The second-level sections of a changelog, in their order. */
export function changelogSections(text: string): { heading: string; entries: number }[]

/** Below zero where version `a` comes before `b`; a pre-release comes before its release. */
export function compareVersions(a: string, b: string): number

/** What is wrong with the changelog; `between` two releases the news may still stand under `Unreleased`. */
export function changelogProblems(text: string, version: string, between: boolean): string[]

/** Whether an SPDX expression lets a user of ours ship the package. */
export function isPermissive(expression: unknown): boolean

/** The packages of a lock file that a user installs with ours. */
export function installed(lock: Lock): { name: string; version?: string; license?: string }[]

/** Licences of installed packages that are missing or bind the user. */
export function licenceProblems(lock: Lock): string[]

/** The bill of what a user installs, out of the bill of everything. */
export function billOfInstalled<
  Bill extends { metadata: { component: { name: string } }; components: Component[] },
>(
  bill: Bill & { dependencies?: { ref: string; dependsOn?: string[] }[] },
  manifest: { name: string; version: string },
  lock: Lock,
): Bill & { dependencies: { ref: string; dependsOn: string[] }[] }

/** What is wrong with a bill of materials in CycloneDX, against the lock file. */
export function billProblems(bill: { bomFormat?: string; components?: Component[] }, lock: Lock): string[]

/** What an answer of `npm audit --json` says: the findings, or that there was no answer. */
export function auditFindings(answer: unknown): { answered: boolean; findings: string[] }
