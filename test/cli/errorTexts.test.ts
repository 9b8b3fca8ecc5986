import { readdirSync, readFileSync } from 'node:fs'

import { beforeAll, describe, expect, it } from 'vitest'

import { findingTexts } from '../../src/cli/language/errors/findings.js'
import { loadErrorTexts } from '../../src/cli/language/errors/index.js'
import { errorCatalogue, type ErrorCode } from '../../src/errors.js'

const codes = Object.keys(errorCatalogue) as ErrorCode[]
const parts = ['meaning', 'hint'] as const
const quoted = (text: string): string[] => (text.match(/`[^`]*`/g) ?? []).sort()
const numbers = /SOA-\d+|\d{3,}/g
const unquoted = (text: string): string => text.replaceAll(/`[^`]*`/g, '`')

/** Marks that take a no-break space before them in French, where it is missing, and such spaces elsewhere. */
const misplacedInFrench = /(?<!\u00a0)[:;?!»]|«(?!\u00a0)|\u00a0(?![:;?!»])(?<!«\u00a0)/
const spaceBeforeMark = /[\s\u00a0][:;?!.,]/

/** A text says the same as the English one, as far as a program can tell. */
function compare(text: string, english: string, language: 'fr' | 'nl'): void {
  expect(text).not.toBe(english)
  expect(quoted(text), 'names in backticks').toEqual(quoted(english))
  expect(text.match(numbers), 'numbers').toEqual(english.match(numbers))
  expect(text.at(-1)).toBe(english.at(-1))
  expect(text).toMatch(/^[\p{Lu}\d`]/u)
  expect(text).not.toMatch(/ {2}|^\s|\s$/)
  expect(text, 'apostrophes of print').not.toMatch(/\p{L}'\p{L}/u)
  expect(unquoted(text)).not.toMatch(language === 'fr' ? misplacedInFrench : spaceBeforeMark)
}

describe.each(['fr', 'nl'] as const)('the texts of errors in %s', (language) => {
  let texts: Awaited<ReturnType<typeof loadErrorTexts>>
  beforeAll(async () => {
    texts = await loadErrorTexts(language)
  })

  it('are there for every code of the catalogue and for no other', () => {
    expect(Object.keys(texts).sort()).toEqual([...codes].sort())
  })

  it.each(codes)('%s says the same as the English one', (code) => {
    for (const part of parts) compare(texts[code]![part], errorCatalogue[code][part], language)
  })

  it.each(Object.entries(findingTexts))('%s of the doctor says the same as the English one', (_, finding) => {
    for (const part of parts) compare(finding[language][part], finding.en[part], language)
  })
})

describe('the findings of ehealth doctor', () => {
  it('that are no codes of the catalogue are all told, and no others', () => {
    const folder = new URL('../../src/cli/commands/', import.meta.url)
    const sources = ['doctor.ts', ...readdirSync(new URL('doctor/', folder)).map((name) => `doctor/${name}`)]
    const given = sources
      .flatMap((name) => [...readFileSync(new URL(name, folder), 'utf8').matchAll(/'([a-z-]+\.[a-z-]+)'/g)])
      .map(([, name]) => name!)
    const own = new Set(given.filter((name) => !Object.hasOwn(errorCatalogue, name)))
    expect(Object.keys(findingTexts).sort()).toEqual([...own].sort())
  })
})

describe('the texts of errors in two languages', () => {
  it('are not each other', async () => {
    const [french, dutch] = await Promise.all([loadErrorTexts('fr'), loadErrorTexts('nl')])
    const same = codes.filter((code) => parts.some((part) => french[code]![part] === dutch[code]![part]))
    expect(same).toEqual([])
  })
})

describe('the rule of French typography', () => {
  it.each([': x', 'x : y', 'x!', '«x\u00a0»', 'a\u00a0b'])('finds what is wrong in %j', (text) => {
    expect(text).toMatch(misplacedInFrench)
  })

  it.each(['x\u00a0: y', 'vu\u00a0?', '«\u00a0x\u00a0»', 'rien.'])('lets %j pass', (text) => {
    expect(text).not.toMatch(misplacedInFrench)
  })
})
