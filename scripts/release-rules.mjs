/** What must hold of a release; scripts/release-check.mjs applies it. */

const released = /^\[(\d+\.\d+\.\d+(?:-[\w.]+)?)\] - (\d{4}-\d{2}-\d{2})$/

/** The second-level sections of a changelog, in their order. */
export function changelogSections(text) {
  return text
    .split(/^## /m)
    .slice(1)
    .map((section) => {
      const [heading, ...lines] = section.split('\n')
      return { heading: heading.trim(), entries: lines.filter((line) => /^[-*] \S/.test(line)).length }
    })
}

/** Below zero where version `a` comes before `b`; a pre-release comes before its release. */
export function compareVersions(a, b) {
  const parts = (version) => /^(\d+)\.(\d+)\.(\d+)(?:-(.+))?$/.exec(version)?.slice(1) ?? []
  const [left, right] = [parts(a), parts(b)]
  for (const at of [0, 1, 2]) {
    const difference = Number(left[at]) - Number(right[at])
    if (difference !== 0) return difference
  }
  if (left[3] === right[3]) return 0
  if (left[3] === undefined) return 1
  if (right[3] === undefined) return -1
  return left[3].localeCompare(right[3], 'en', { numeric: true })
}

/**
 * What is wrong with the changelog.
 *
 * @param {string} text
 * @param {string} version of the manifest
 * @param {boolean} between between two releases, when the news may still stand under `Unreleased`
 */
export function changelogProblems(text, version, between) {
  const [first, ...rest] = changelogSections(text)
  if (first?.heading !== '[Unreleased]') return ['CHANGELOG.md does not begin with ## [Unreleased]']
  const problems = []
  const versions = []
  for (const { heading, entries } of rest) {
    const [, name, date] = released.exec(heading) ?? []
    if (name === undefined) problems.push(`CHANGELOG.md: "${heading}" is no [version] - date`)
    else if (Number.isNaN(Date.parse(date))) problems.push(`CHANGELOG.md: ${name} has an impossible date`)
    else if (entries === 0) problems.push(`CHANGELOG.md says nothing about ${name}`)
    if (name !== undefined) versions.push(name)
  }
  for (const [at, name] of versions.entries())
    if (at > 0 && compareVersions(versions[at - 1], name) <= 0)
      problems.push(`CHANGELOG.md: ${name} stands below ${versions[at - 1]}`)
  if (between) {
    if (first.entries === 0 && versions[0] !== version)
      problems.push(`CHANGELOG.md knows neither news nor ${version}`)
  } else {
    if (versions[0] !== version) problems.push(`CHANGELOG.md has no dated section for ${version}`)
    if (first.entries > 0) problems.push(`CHANGELOG.md keeps ${first.entries} entries under Unreleased`)
  }
  return problems
}

const permissive = new Set([
  '0BSD',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Unlicense',
])

/** Whether an SPDX expression lets a user of ours ship the package: one branch of every OR, each part of every AND. */
export function isPermissive(expression) {
  if (typeof expression !== 'string') return false
  const bare = expression.replaceAll(/^\(|\)$/g, '')
  return bare
    .split(/\s+OR\s+/)
    .some((choice) => choice.split(/\s+AND\s+/).every((one) => permissive.has(one.replaceAll(/[()]/g, ''))))
}

/** The packages of a lock file that a user installs with ours. */
export function installed(lock) {
  return Object.entries(lock.packages)
    .filter(([name, entry]) => name.startsWith('node_modules/') && !entry.link)
    .filter(([, entry]) => !entry.dev && !entry.devOptional && !entry.optional && !entry.peer)
    .map(([name, entry]) => ({
      name: name.replace(/^.*node_modules\//, ''),
      version: entry.version,
      license: entry.license,
    }))
}

/** Licences of installed packages that are missing or bind the user. */
export function licenceProblems(lock) {
  return installed(lock)
    .filter(({ license }) => !isPermissive(license))
    .map(({ name, version, license }) => `${name} ${version} has the licence ${license ?? '(none)'}`)
}

/**
 * The bill of what a user installs, out of the bill of everything: with `--omit dev`, npm also leaves out what is both a
 * tool of ours and needed by a package that we depend on.
 */
export function billOfInstalled(bill, manifest, lock) {
  const kept = new Set(installed(lock).map(({ name, version }) => `${name}@${version}`))
  const root = `${manifest.name}@${manifest.version}`
  const isKept = (reference) => reference === root || kept.has(reference)
  return {
    ...bill,
    // npm names the root after its folder
    metadata: { ...bill.metadata, component: { ...bill.metadata.component, name: manifest.name } },
    components: bill.components.filter(({ name, version }) => kept.has(`${name}@${version}`)),
    dependencies: (bill.dependencies ?? [])
      .filter(({ ref }) => isKept(ref))
      .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter(isKept) })),
  }
}

/** What is wrong with a bill of materials in CycloneDX, against the lock file. */
export function billProblems(bill, lock) {
  const problems = []
  if (bill.bomFormat !== 'CycloneDX') problems.push('the bill of materials is no CycloneDX')
  const listed = new Set((bill.components ?? []).map(({ name, version }) => `${name}@${version}`))
  for (const { name, version } of installed(lock))
    if (!listed.has(`${name}@${version}`)) problems.push(`${name} ${version} is not in the bill of materials`)
  for (const component of bill.components ?? [])
    if (!component.purl || !component.hashes?.length)
      problems.push(`${component.name} stands in the bill of materials without address or checksum`)
  return problems
}

/**
 * What an answer of `npm audit --json` says: the findings, or that there was no answer.
 *
 * @returns {{ answered: boolean, findings: string[] }}
 */
export function auditFindings(answer) {
  if (typeof answer?.metadata?.vulnerabilities?.total !== 'number') return { answered: false, findings: [] }
  const findings = Object.values(answer.vulnerabilities ?? {}).map(
    ({ name, severity, range }) => `${name} ${range} has a known vulnerability (${severity})`,
  )
  return { answered: true, findings }
}
