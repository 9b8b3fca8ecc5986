/** What the tarball and the lock file may hold; scripts/check-package.mjs applies it. */

const welcome =
  /^(?:dist\/.+\.(?:js|d\.ts)|docs\/(?:decisions\/)?[\w-]+\.md|docs\/pictures\/[\w-]+\.(?:svg|png)|docs\/schemas\/[\w-]+\.schema\.json|examples\/[\w-]+\.ts|README\.md|LICENSE|CHANGELOG\.md|SECURITY\.md|package\.json)$/

/** Files of a tarball that no user needs. */
export const strangers = (files) => files.filter((file) => !welcome.test(file))

/** What is wrong with a lock file: addresses, missing checksums, or a state that is not the manifest's. */
export function lockProblems(lock, manifest) {
  const problems = []
  for (const [name, entry] of Object.entries(lock.packages)) {
    // the package itself, and the folders of its workspace
    if (!name.startsWith('node_modules/')) continue
    if (entry.resolved !== undefined && !entry.link) problems.push(`${name} is locked with an address`)
    if (entry.integrity === undefined && !entry.link && !entry.inBundle)
      problems.push(`${name} is locked without a checksum`)
  }
  const root = lock.packages['']
  for (const kind of ['dependencies', 'devDependencies'])
    if (JSON.stringify(root[kind] ?? {}) !== JSON.stringify(manifest[kind] ?? {}))
      problems.push(`package-lock.json has other ${kind} than package.json: npm install --package-lock-only`)
  if (root.version !== manifest.version)
    problems.push('package-lock.json is of another version than package.json')
  for (const script of ['preinstall', 'install', 'postinstall', 'prepare'])
    if (manifest.scripts?.[script]) problems.push(`package.json runs ${script}`)
  return problems
}

/** Packages that run a script when they are installed: those that are always installed, and the optional ones. */
export function installScripts(lock) {
  const scripted = Object.entries(lock.packages).filter(([, entry]) => entry.hasInstallScript)
  const names = (entries) => entries.map(([name]) => name.replace(/^.*node_modules\//, ''))
  return {
    compiled: names(scripted.filter(([, entry]) => !entry.optional && !entry.devOptional)),
    optional: names(scripted.filter(([, entry]) => entry.optional || entry.devOptional)),
  }
}
