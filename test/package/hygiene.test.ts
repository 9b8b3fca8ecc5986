import { describe, expect, it } from 'vitest'
import { findings, isPossiblePerson } from '../../scripts/hygiene.mjs'

const rules = (path: string, content: string) => findings(path, content).map((finding) => finding.rule)

/** A number with valid check digits, built so that this file itself holds none. */
function numberOf(nine: string, century: 19 | 20 = 19): string {
  const base = Number(century === 20 ? `2${nine}` : nine)
  return nine + String(97 - (base % 97)).padStart(2, '0')
}

describe('repository hygiene', () => {
  it.each([
    ['a machine path', 'docs/a.md', `see ${'/'}work/main/x`, 'machine-path'],
    ['a home directory', 'src/a.ts', `'file://${'/'}root/x'`, 'machine-path'],
    ['a registry host', 'package-lock.json', `https://registry${'.'}npmjs.org/x`, 'registry-host'],
    ['a note to self', 'src/a.ts', `// ${'TO'}DO: later`, 'note-to-self'],
    ['a test left out', 'test/a.test.ts', `it${'.'}skip('x')`, 'test-left-out'],
    ['a single test', 'test/a.test.ts', `describe${'.'}only('x')`, 'test-left-out'],
    ['a private key', 'test/a.test.ts', `-----BEGIN ${'PRIVATE'} KEY-----\nMII`, 'private-key'],
    ['a possible person', 'fixtures/a.xml', `<Id>${numberOf('850101123')}</Id>`, 'national-number'],
    ['a possible person of this century', 'docs/a.md', numberOf('050101123', 20), 'national-number'],
  ])('finds %s', (_, path, content, rule) => {
    expect(rules(path, content)).toEqual([rule])
  })

  it.each([
    ['a path of an address', 'docs/a.md', 'https://example.org/home/index'],
    ['a private key among the fixtures', 'fixtures/a.pem', `-----BEGIN ${'PRIVATE'} KEY-----\nMII`],
    ['a synthetic number', 'fixtures/a.xml', `<Id>${numberOf('900101997')}</Id>`],
    ['eleven digits with other check digits', 'src/a.ts', '85010112300'],
    ['digits inside of a longer token', 'fixtures/a.xml', `A${numberOf('850101123')}B`],
  ])('accepts %s', (_, path, content) => {
    expect(rules(path, content)).toEqual([])
  })

  it('names the line and does not repeat a number', () => {
    const number = numberOf('850101123')
    const [finding] = findings('docs/a.md', `first\n\n${number}\n`)
    expect(finding?.line).toBe(3)
    expect(finding?.text).not.toContain(number)
  })

  it('knows BIS numbers and refuses impossible dates', () => {
    expect(isPossiblePerson(numberOf('854101123'))).toBe(true)
    expect(isPossiblePerson(numberOf('855401123'))).toBe(false)
    expect(isPossiblePerson(numberOf('850135123'))).toBe(false)
  })
})
