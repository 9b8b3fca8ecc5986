import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { installScripts, lockProblems, strangers } from '../../scripts/package-rules.mjs'

const directory = mkdtempSync(path.join(tmpdir(), 'ehealth-rules-'))
afterAll(() => rmSync(directory, { recursive: true }))

describe('the tarball', () => {
  it('holds what a user needs and nothing else', () => {
    const needed = ['dist/index.js', 'dist/index.d.ts', 'README.md', 'LICENSE', 'package.json', 'docs/cli.md']
    const others = [
      'src/index.ts',
      'docs/site/index.html',
      'dist/a.test.ts',
      'fixtures/a.p12',
      'dist/index.js.map',
      '.npmrc',
    ]
    expect(strangers([...needed, ...others])).toEqual(others)
  })
})

describe('the lock file', () => {
  const manifest = { version: '1.0.0', dependencies: { a: '^1' }, devDependencies: {}, scripts: {} }
  const lock = {
    packages: {
      '': { version: '1.0.0', dependencies: { a: '^1' }, devDependencies: {} },
      'node_modules/a': { version: '1.2.3', integrity: 'sha512-x' },
      // a folder of the workspace, and the link to it
      inner: { version: '1.0.0' },
      'node_modules/inner': { resolved: 'inner', link: true },
    },
  }

  it('is accepted without addresses and with checksums', () => {
    expect(lockProblems(lock, manifest)).toEqual([])
  })

  it('is refused with an address, without a checksum, or for another manifest', () => {
    const broken = {
      packages: {
        '': lock.packages[''],
        'node_modules/a': { version: '1.2.3', resolved: 'https://example.org/a.tgz' },
      },
    }
    expect(lockProblems(broken, { ...manifest, version: '2.0.0', dependencies: {} })).toHaveLength(4)
    expect(lockProblems(lock, { ...manifest, scripts: { postinstall: 'x' } })).toHaveLength(1)
  })

  it('tells packages that always run a script from the optional ones', () => {
    const packages = {
      'node_modules/a': { hasInstallScript: true },
      'node_modules/b/node_modules/@c/d': { hasInstallScript: true, optional: true },
      'node_modules/e': {},
    }
    expect(installScripts({ packages })).toEqual({ compiled: ['a'], optional: ['@c/d'] })
  })
})

describe('the count of tests', () => {
  const script = fileURLToPath(new URL('../../scripts/count-tests.mjs', import.meta.url))
  const count = (content: string) => {
    const file = path.join(directory, 'report.json')
    writeFileSync(file, content)
    return execFileSync(process.execPath, [script, file], { encoding: 'utf8' }).trim()
  }

  it('adds a file that could not be collected to the failures', () => {
    const report = {
      numPassedTests: 7,
      numFailedTests: 1,
      numPendingTests: 2,
      numTodoTests: 0,
      testResults: [
        { status: 'failed', assertionResults: [] },
        { status: 'failed', assertionResults: [{ status: 'failed' }, { status: 'passed' }] },
        { status: 'passed', assertionResults: [{ status: 'passed' }] },
      ],
    }
    expect(count(JSON.stringify(report))).toBe('7 2 2')
  })

  it('is a failure without a report', () => {
    expect(count('')).toBe('0 1 0')
  })
})
