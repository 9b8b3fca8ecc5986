interface Locked {
  version?: string
  resolved?: string
  integrity?: string
  link?: boolean
  inBundle?: boolean
  optional?: boolean
  devOptional?: boolean
  hasInstallScript?: boolean
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
}
interface Manifest {
  version: string
  dependencies?: Record<string, string>
  devDependencies?: Record<string, string>
  scripts?: Record<string, string>
}

/** Files of a tarball that no user needs. */
export function strangers(files: readonly string[]): string[]

/** What is wrong with a lock file: addresses, missing checksums, or a state that is not the manifest's. */
export function lockProblems(lock: { packages: Record<string, Locked> }, manifest: Manifest): string[]

/** Packages that run a script when they are installed: those that are always installed, and the optional ones. */
export function installScripts(lock: { packages: Record<string, Locked> }): {
  compiled: string[]
  optional: string[]
}
