/** Which characters XML can carry: the quick ways of looking give the answer of the definition. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { hasForbiddenCharacter, longText } from '../../../src/technical/xml/characters.js'

/** XML 1.0 §2.2, by code point. */
const carried = (code: number): boolean =>
  code === 9 ||
  code === 10 ||
  code === 13 ||
  (code >= 0x20 && code <= 0xd7ff) ||
  (code >= 0xe000 && code <= 0xfffd) ||
  code >= 0x10000
const byDefinition = (text: string): boolean =>
  [...text].some((character) => !carried(character.codePointAt(0)!))

const slice = 8192
const long = 8 * slice
/** A long text with something at one place. */
const withAt = (length: number, at: number, what: string, filler = 'A'): string =>
  filler.repeat(at) + what + filler.repeat(length - at - 1)

describe('a character that XML cannot carry', () => {
  it('is found whichever it is, in short texts, long ones and very long ones', () => {
    for (let code = 0; code <= 0xffff; code += code < 0x180 || code > 0xd700 ? 1 : 97) {
      const character = String.fromCharCode(code)
      const expected = !carried(code)
      const told = [`a${character}b`, withAt(longText, 99, character), withAt(long, slice + 7, character)]
      expect(told.map(hasForbiddenCharacter), code.toString(16)).toEqual([expected, expected, expected])
    }
  }, 60_000)

  it('is found wherever it stands, beside whatever', () => {
    for (const filler of ['A', ' ', '\n', '\u007f', '\u0080', '\u00a0', '\u00ff', 'é', '€', '\ufeff'])
      for (const at of [0, 1, 2, 3, slice - 1, slice, slice + 1, 3 * slice - 2, long - 1, long, long + 5])
        for (const what of ['\u0000', '\u001f', '\u000b', '\ufffe', '\uffff', '\ud800', '\udfff'])
          expect(hasForbiddenCharacter(withAt(long + 6, at, what, filler)), `${filler} ${at}`).toBe(true)
  })

  it('is not seen where there is none', () => {
    for (const filler of [
      'A',
      ' ',
      '\t\r\n',
      '\u007f',
      '\u0080',
      '\u009f',
      'é',
      '€',
      '\u{1f600}',
      'Ā',
      '\u0120',
      '\u2028',
    ])
      for (const length of [10, longText, long, long + 3])
        expect(hasForbiddenCharacter(filler.repeat(length)), filler).toBe(false)
    // a pair of halves over the border of two slices
    expect(hasForbiddenCharacter(withAt(long, slice - 1, '\u{1f600}'))).toBe(false)
  })

  it('is told as the definition tells it, in random texts', () => {
    const texts = fc
      .tuple(
        fc.string({
          unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)),
          maxLength: 3,
        }),
        fc.constantFrom('x', 'é', '\n', '\ufffd', '\u{10ffff}'),
        fc.integer({ min: 0, max: long }),
      )
      .map(([middle, filler, before]) => filler.repeat(before) + middle + filler.repeat(long - before + 1))
    fc.assert(
      fc.property(texts, (text) => hasForbiddenCharacter(text) === byDefinition(text)),
      { numRuns: 60 },
    )
  }, 60_000)
})
