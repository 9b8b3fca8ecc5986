import { readdirSync, readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { pageTexts, renderErrorsPage, situations } from '../../scripts/errors-doc.mjs'
import { findingTexts } from '../../src/cli/language/errors/findings.js'
import { loadErrorTexts } from '../../src/cli/language/errors/index.js'
import { settingsByPath } from '../../src/configuration/settings.js'
import { errorCatalogue } from '../../src/errors.js'
import { platformCodes } from '../../src/technical/soap/index.js'

const root = new URL('../../', import.meta.url)
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8')
const languages = ['en', 'fr', 'nl'] as const
const textsIn = async (language: (typeof languages)[number]) =>
  language === 'en' ? errorCatalogue : await loadErrorTexts(language)

const families = new Set(Object.keys(errorCatalogue).map((code) => code.split('.')[0]!))

const findings: ReadonlySet<string> = new Set(Object.keys(findingTexts))

/** Names of functions, options and properties of the library that look like codes. */
const members = new Set(
  'session.call session.runtime session.trust etk.get etk.search ehbox.watch keystore.authentication therlink.maxrows'.split(
    ' ',
  ),
)

function filesIn(folder: string): string[] {
  return readdirSync(new URL(folder, root)).map((name) => `${folder}${name}`)
}

describe.each(languages)('the page on errors in %s', (language) => {
  const page = read(pageTexts[language].file)

  it('is what `npm run docs:errors` makes of the catalogue', async () => {
    expect(page).toBe(renderErrorsPage(errorCatalogue, language, await textsIn(language)))
  })

  it('has the same anchors for families as the others', () => {
    for (const family of families) expect(page).toContain(`\n## ${family}\n`)
  })

  it('has a row for everything that newcomers meet, in its own words', () => {
    for (const { symptom, todo } of situations) {
      expect(page.replaceAll('\u00a0', ' ')).toContain(`| ${symptom[language]} |`)
      expect(todo[language]).toMatch(/[.?]$/)
      for (const other of languages.filter((one) => one !== language)) {
        expect(symptom[language]).not.toBe(symptom[other])
        const quoted = (text: string) => (text.match(/`[^`]*`|\]\([^)]*\)/g) ?? []).sort()
        expect(quoted(todo[language])).toEqual(quoted(todo[other]))
      }
    }
  })

  it('keeps to the no-break spaces of the language', () => {
    const prose = page.replaceAll(/```[\s\S]*?```|`[^`]*`|<!--.*?-->|\]\([^)]*\)/g, '')
    expect(prose).not.toMatch(language === 'fr' ? / [:;?!»]|« / : /\u00a0/)
  })
})

describe('what newcomers meet first', () => {
  const names = situations.flatMap(({ codes }) => codes)

  it.each([...new Set(names)])('names %s, which exists', (name) => {
    const known =
      Object.hasOwn(errorCatalogue, name) || Object.hasOwn(platformCodes, name) || findings.has(name)
    expect(known || /^(ERR_[A-Z_]+|TS\d{4}|SyntaxError)$/.test(name)).toBe(true)
  })

  it('is some twenty things, each told once', () => {
    expect(situations.length).toBeGreaterThanOrEqual(20)
    expect(new Set(situations.map(({ symptom }) => symptom.en)).size).toBe(situations.length)
  })
})

describe('codes that pages name', () => {
  const pages = [
    'README.md',
    'CHANGELOG.md',
    'SECURITY.md',
    // fields of documents have names like codes, too
    ...filesIn('docs/').filter((path) => path.endsWith('.md') && path !== 'docs/json-output.md'),
    ...filesIn('docs/decisions/'),
  ]
  /** Codes, or names like them, of families that exist. */
  const namedIn = (text: string): string[] =>
    [...text.matchAll(/`([a-z]+(?:-[a-z]+)*)\.([a-z0-9]+(?:-[a-z0-9]+)*)`/g)]
      .filter(([, family, reason]) => families.has(family!) && reason !== 'ts')
      .map(([name]) => name.slice(1, -1))
  const unknownIn = (text: string): string[] =>
    namedIn(text).filter(
      (name) =>
        !Object.hasOwn(errorCatalogue, name) &&
        !findings.has(name) &&
        !settingsByPath.has(name) &&
        !members.has(name),
    )

  it.each(pages)('exist: %s', (page) => {
    expect(unknownIn(read(page))).toEqual([])
  })

  it('are noticed when they do not', () => {
    expect(unknownIn('`keystore.password` `keystore.pasword` `etk.get` `meta.raw`')).toEqual([
      'keystore.pasword',
    ])
  })

  it('and the other names are all in use', () => {
    const named = new Set(pages.flatMap((page) => namedIn(read(page))))
    expect([...members].filter((name) => !named.has(name))).toEqual([])
  })
})

describe('the renderer', () => {
  it('groups codes by family, sorted, and survives the signs of a table', () => {
    const text = renderErrorsPage({
      'b.two': { origin: 'client', meaning: 'A | B.', hint: 'Choose.', retryable: true },
      'a.one': { origin: 'partner', meaning: 'One.', hint: 'Wait.' },
    })
    expect(text).toContain('2 codes in 2 families: [a](#a), [b](#b).')
    expect(text).toContain('| `a.one` | partner | no | One. | Wait. |')
    expect(text).toContain('| `b.two` | client | yes | A \\| B. | Choose. |')
  })
})

describe('the catalogue of errors', () => {
  it.each(Object.entries(errorCatalogue))('%s is complete', (code, entry) => {
    expect(code).toMatch(/^[a-z]+(-[a-z]+)*\.[a-z0-9]+(-[a-z0-9]+)*$/)
    expect(entry.meaning).toMatch(/^[A-Z0-9`].*\.$/)
    expect(entry.hint).toMatch(/^[A-Z0-9`].*\.$/)
  })
})
