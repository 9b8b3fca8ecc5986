import { describe, expect, it } from 'vitest'
import {
  auditFindings,
  billOfInstalled,
  billProblems,
  changelogProblems,
  compareVersions,
  installed,
  isPermissive,
  licenceProblems,
} from '../../scripts/release-rules.mjs'

const news = '# Changelog\n\n## [Unreleased]\n\n### Added\n\n- A thing.\n'
const empty = '# Changelog\n\n## [Unreleased]\n'
const dated = (version: string, date = '2026-11-28') => `\n## [${version}] - ${date}\n\n- A thing.\n`

describe('the changelog of a release', () => {
  it('has a dated section for the version and nothing left over', () => {
    expect(changelogProblems(empty + dated('1.1.0') + dated('1.0.0'), '1.1.0', false)).toEqual([])
    expect(changelogProblems(news + dated('1.0.0'), '1.1.0', false)).toEqual([
      'CHANGELOG.md has no dated section for 1.1.0',
      'CHANGELOG.md keeps 1 entries under Unreleased',
    ])
  })

  it('may still collect news between two releases, but may not be silent', () => {
    expect(changelogProblems(news + dated('1.0.0'), '1.1.0', true)).toEqual([])
    expect(changelogProblems(empty + dated('1.0.0'), '1.1.0', true)).toEqual([
      'CHANGELOG.md knows neither news nor 1.1.0',
    ])
  })

  it.each([
    ['no Unreleased', dated('1.0.0')],
    ['a heading without date', `${empty}\n## 1.0.0\n\n- A thing.\n`],
    ['an impossible date', empty + dated('1.0.0', '2026-13-01')],
    ['a version without a word', `${empty}\n## [1.0.0] - 2026-11-28\n`],
    ['versions out of order', empty + dated('1.0.0') + dated('1.1.0')],
    ['a version twice', empty + dated('1.0.0') + dated('1.0.0')],
  ])('is refused with %s', (_, text) => {
    expect(changelogProblems(text, '1.0.0', false)).not.toEqual([])
  })

  it('orders versions, a pre-release before its release', () => {
    const sorted = ['1.0.0-beta.2', '1.0.0-beta.10', '1.0.0', '1.2.0', '1.10.0']
    expect(sorted.toReversed().sort(compareVersions)).toEqual(sorted)
  })
})

describe('licences', () => {
  it.each(['MIT', '(BSD-3-Clause OR GPL-2.0)', 'MIT AND ISC', '(MIT OR CC0-1.0)'])(
    '%s may be shipped',
    (name) => {
      expect(isPermissive(name)).toBe(true)
    },
  )
  it.each(['GPL-3.0', 'MIT AND GPL-2.0', '', undefined, 'UNLICENSED'])('%s may not', (name) => {
    expect(isPermissive(name)).toBe(false)
  })

  it('are asked of what a user installs, not of tools', () => {
    const lock = {
      packages: {
        '': { version: '1.0.0', license: 'Apache-2.0' },
        'node_modules/a': { version: '1.0.0', license: 'MIT' },
        'node_modules/a/node_modules/b': { version: '2.0.0', license: 'GPL-3.0' },
        'node_modules/tool': { version: '1.0.0', license: 'GPL-3.0', dev: true },
      },
    }
    expect(installed(lock).map(({ name }) => name)).toEqual(['a', 'b'])
    expect(licenceProblems(lock)).toEqual(['b 2.0.0 has the licence GPL-3.0'])
  })
})

describe('the bill of materials', () => {
  const lock = { packages: { 'node_modules/a': { version: '1.0.0', license: 'MIT' } } }
  const component = { name: 'a', version: '1.0.0', purl: 'pkg:npm/a@1.0.0', hashes: [{}] }

  it('lists all that is installed, each with its checksum', () => {
    expect(billProblems({ bomFormat: 'CycloneDX', components: [component] }, lock)).toEqual([])
    expect(billProblems({ bomFormat: 'CycloneDX', components: [] }, lock)).toHaveLength(1)
    expect(billProblems({ components: [{ ...component, hashes: [] }] }, lock)).toHaveLength(2)
  })
})

describe('the bill of what is installed', () => {
  it('leaves tools out, with the edges to them, and bears the name of the package', () => {
    const lock = {
      packages: {
        'node_modules/a': { version: '1.0.0', license: 'MIT' },
        'node_modules/tool': { version: '3.0.0', license: 'MIT', dev: true },
      },
    }
    const component = (name: string, version: string) => ({
      name,
      version,
      purl: `pkg:npm/${name}`,
      hashes: [{}],
    })
    const everything = {
      metadata: { component: { name: 'some-folder' } },
      components: [component('a', '1.0.0'), component('tool', '3.0.0')],
      dependencies: [
        { ref: 'us@2.0.0', dependsOn: ['a@1.0.0', 'tool@3.0.0'] },
        { ref: 'a@1.0.0' },
        { ref: 'tool@3.0.0', dependsOn: ['a@1.0.0'] },
      ],
    }
    expect(billOfInstalled(everything, { name: 'us', version: '2.0.0' }, lock)).toEqual({
      metadata: { component: { name: 'us' } },
      components: [component('a', '1.0.0')],
      dependencies: [
        { ref: 'us@2.0.0', dependsOn: ['a@1.0.0'] },
        { ref: 'a@1.0.0', dependsOn: [] },
      ],
    })
  })
})

describe('known vulnerabilities', () => {
  it('are told one by one, and silence is not taken for none', () => {
    const finding = { name: 'a', severity: 'high', range: '<2' }
    expect(
      auditFindings({ metadata: { vulnerabilities: { total: 1 } }, vulnerabilities: { a: finding } }),
    ).toEqual({
      answered: true,
      findings: ['a <2 has a known vulnerability (high)'],
    })
    expect(auditFindings({ metadata: { vulnerabilities: { total: 0 } }, vulnerabilities: {} }).answered).toBe(
      true,
    )
    expect(auditFindings({ message: '405 Method Not Allowed' }).answered).toBe(false)
    expect(auditFindings(undefined).answered).toBe(false)
  })
})
