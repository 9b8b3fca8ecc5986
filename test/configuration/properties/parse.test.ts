import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

import { parseProperties, readProperties } from '../../../src/configuration/index.js'

interface JavaCase {
  text: string
  /** What java.util.Properties read; null where it refused the file. */
  properties: [string, string][] | null
}
const cases = JSON.parse(
  readFileSync(new URL('../../../fixtures/properties/java.json', import.meta.url), 'utf8'),
) as JavaCase[]

/** As Java keeps them: the last value of a name, in the order in which they came. */
function lastOf(properties: readonly { name: string; value: string }[]): [string, string][] {
  const last = new Map<string, string>()
  for (const { name, value } of properties) {
    last.delete(name)
    last.set(name, value)
  }
  return [...last]
}

describe('a .properties file', () => {
  it.each(cases)('is read as Java reads it: $text', ({ text, properties }) => {
    const read = () =>
      lastOf(readProperties(Buffer.from(text, 'latin1'), { encoding: 'iso-8859-1' }).properties)
    if (properties === null)
      expect(read).toThrow(expect.objectContaining({ code: 'configuration.malformed' }))
    else expect(read()).toEqual(properties)
  })

  it('gives back what was written with escapes, whatever it was', () => {
    const escape = (text: string): string =>
      [...Array(text.length).keys()]
        .map((index) => text.charCodeAt(index))
        .map((code) => `\\u${code.toString(16).padStart(4, '0')}`)
        .join('')
    const light = (text: string): string =>
      text
        .replace(/[\\=:#! \t\f]/g, '\\$&')
        .replace(/\n/g, '\\n')
        .replace(/\r/g, '\\r')
    const texts = fc.array(fc.tuple(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' })))
    fc.assert(
      fc.property(
        texts,
        fc.constantFrom(escape, light),
        fc.constantFrom('\n', '\r\n', '\r'),
        (pairs, write, end) => {
          const file = pairs.map(([name, value]) => `${write(name)}=${write(value)}`).join(end)
          expect(parseProperties(file).map(({ name, value }) => [name, value])).toEqual(pairs)
        },
      ),
    )
  })

  it('ends in properties or in an error of ours, whatever the octets', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (octets) => {
        try {
          for (const { line } of readProperties(octets).properties) expect(line).toBeGreaterThan(0)
        } catch (error) {
          expect(error).toMatchObject({ code: 'configuration.malformed' })
        }
      }),
    )
  })

  it('tells the line on which a property begins', () => {
    expect(parseProperties('# c\r\n\r\na=1\\\r\n  2\r\nb=3').map(({ name, line }) => [name, line])).toEqual([
      ['a', 3],
      ['b', 5],
    ])
    expect(() => parseProperties('a=1\nb=\\u12')).toThrow('line 2')
  })

  it('is UTF-8 where its octets are that, else ISO-8859-1, and may begin with a mark', () => {
    const read = (octets: Uint8Array) => {
      const { encoding, properties } = readProperties(octets)
      return [encoding, properties.map(({ name, value }) => `${name}=${value}`)]
    }
    expect(read(Buffer.from('naam=André', 'utf8'))).toEqual(['utf-8', ['naam=André']])
    expect(read(Buffer.from('naam=André', 'latin1'))).toEqual(['iso-8859-1', ['naam=André']])
    expect(read(Buffer.from('\ufeffnaam=x', 'utf8'))).toEqual(['utf-8', ['naam=x']])
    expect(() => readProperties(Buffer.from('é', 'latin1'), { encoding: 'utf-8' })).toThrow('not in UTF-8')
  })

  it('has limits', () => {
    const refused = (octets: Uint8Array, words: string) =>
      expect(() => readProperties(octets)).toThrow(
        expect.objectContaining({
          code: 'configuration.malformed',
          message: expect.stringContaining(words) as string,
        }),
      )
    refused(Buffer.alloc(1024 * 1024 + 1, 'a'), 'larger than 1 MiB')
    refused(Buffer.from('a=1\n'.repeat(10_001)), 'more than 10000 properties')
    // a line of backslashes, one continued a hundred thousand times, one of separators: each is read in one pass
    expect(parseProperties('\\'.repeat(1_000_000))).toHaveLength(1)
    expect(parseProperties(`${'\\'.repeat(1_000_000)}=`)).toHaveLength(1)
    expect(parseProperties(`a=${'\\\n'.repeat(300_000)}b`)).toEqual([{ name: 'a', value: 'b', line: 1 }])
    expect(parseProperties('a\\\n'.repeat(300_000))).toHaveLength(1)
    expect(parseProperties(' '.repeat(500_000) + '='.repeat(500_000))).toHaveLength(1)
  })
})
