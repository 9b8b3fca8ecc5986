/**
 * Whether this tree could be released: version, changelog, packed content, licences of everything a user installs, a bill
 * of materials (CycloneDX) and known vulnerabilities. Writes the bill to `release/`. Exits 1 when anything is wrong.
 *
 * `--unreleased` judges a tree between two releases: the news may still stand under `Unreleased`, the tree may have
 * changes, and an audit that nobody answers is told but does not fail.
 */
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import {
  auditFindings,
  billOfInstalled,
  billProblems,
  changelogProblems,
  installed,
  licenceProblems,
} from './release-rules.mjs'

const cwd = fileURLToPath(new URL('../', import.meta.url))
const between = process.argv.includes('--unreleased')
const skipPackage = process.argv.includes('--skip-package')
const text = (file) => readFileSync(path.join(cwd, file), 'utf8')
const manifest = JSON.parse(text('package.json'))
const lock = JSON.parse(text('package-lock.json'))
const problems = []
const remarks = []

/** @returns {{ status: number | null, output: string }} */
function run(command, args) {
  const { status, stdout } = spawnSync(command, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
    maxBuffer: 64 * 1024 * 1024,
  })
  return { status, output: stdout ?? '' }
}

function json(output) {
  try {
    return JSON.parse(output)
  } catch {
    return undefined
  }
}

/** Says what was looked at, and keeps what is wrong. */
function judge(title, found, good) {
  problems.push(...found)
  console.log(`${found.length === 0 ? 'ok  ' : 'FAIL'} ${title}${found.length === 0 ? `: ${good}` : ''}`)
}

judge(
  'changelog',
  changelogProblems(text('CHANGELOG.md'), manifest.version, between),
  `version ${manifest.version}`,
)

if (!between) {
  const dirty = run('git', ['status', '--porcelain']).output.trim()
  const tagged = run('git', ['tag', '--list', `v${manifest.version}`]).output.trim()
  judge(
    'tree',
    [
      ...(dirty === '' ? [] : ['the tree has changes that are not committed']),
      ...(tagged === '' ? [] : [`the tag v${manifest.version} exists already`]),
    ],
    `clean, v${manifest.version} is free`,
  )
}

judge('licences', licenceProblems(lock), `${installed(lock).length} packages, all permissive`)

const everything = json(
  run('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only', '--workspaces=false']).output,
)
if (everything === undefined) judge('bill of materials', ['npm sbom gives no bill of materials'])
else {
  const bill = billOfInstalled(everything, manifest, lock)
  judge('bill of materials', billProblems(bill, lock), `${bill.components.length} components`)
  const file = `release/${manifest.name}-${manifest.version}.cdx.json`
  mkdirSync(path.join(cwd, 'release'), { recursive: true })
  writeFileSync(path.join(cwd, file), `${JSON.stringify(bill, null, 2)}\n`)
  console.log(`     ${file}`)
}

const audit = auditFindings(json(run('npm', ['audit', '--omit', 'dev', '--json']).output))
if (audit.answered) judge('vulnerabilities', audit.findings, 'none known')
else if (between) remarks.push('NOT CHECKED: nobody answered npm audit')
else judge('vulnerabilities', ['nobody answered npm audit: a release needs its answer'])

if (!skipPackage) {
  const { status } = spawnSync(process.execPath, [path.join(cwd, 'scripts/check-package.mjs')], {
    cwd,
    stdio: 'inherit',
  })
  judge(
    'packed content',
    status === 0 ? [] : ['check:package refuses the package'],
    'as a release would pack it',
  )
}

for (const remark of remarks) console.log(remark)
for (const problem of problems) console.error(`PROBLEM ${problem}`)
process.exitCode = problems.length === 0 ? 0 : 1
