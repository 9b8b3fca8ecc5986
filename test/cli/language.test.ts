import { readdirSync } from 'node:fs'

import { Command } from 'commander'
import { afterEach, beforeAll, describe, expect, it } from 'vitest'

import {
  languageOf,
  speak,
  t,
  translated,
  english,
  noted,
  type Language,
} from '../../src/cli/language/index.js'
import { speakCommander } from '../../src/cli/language/commander.js'
import { commanderTexts } from '../../src/cli/language/texts/commander.js'
import { allTexts } from '../../src/cli/language/texts/index.js'
import { commandTree } from '../../src/cli/program.js'
import { commanderMessages, librarySays, loadedAtOnce, scan, type Found } from './language/scan.js'

const texts = scan()
const others = ['fr', 'nl'] as const
const entries = Object.entries(allTexts)

/** What is no text for a person although it looks like one. */
const apart = new Set([
  '-----BEGIN PUBLIC KEY-----',
  '{0}npm install && npm test',
  // parts of descriptions, which are looked up as a whole
  'who may read it: {0}, or NAMESPACE,NAME[,VALUE]',
  'the questions, one a line: key and SSIN with a tab between them, or JSON; - for stdin. ',
  'Without it, answers to what was asked before',
  'parts of an envelope that must be signed',
  // reasons of a decision
  'no-consent, no-link',
  // the letter that the demonstration sends
  'Discharge letter',
  'Dear colleague,\n\nplease find the report attached. The next visit is in two weeks.\n',
  'Report of the stay',
  // stands in a verdict that is JSON
  'the certificate of a signer is among those named as revoked',
])

/** What scripts read without `--json`, and names. */
const codes = new Set([
  'yes',
  'no',
  'created  {0}',
  'id {0}',
  '  eHealthBox {0}',
  '{0}  {1} (id {2}), {3}, {4}, {5}',
])

/** Texts that the command makes of parts, or takes from the library. */
const composed = ['trust: sts', 'trust: signers', 'trust: servers', 'card', 'cardNumber']
const library = [
  librarySays('business/access/words.ts').texts,
  librarySays('configuration/files.ts').texts.filter((text) => !/^(Give|too) /.test(text)),
  ...Object.entries({
    'simulator/server.ts': /^Another program/,
    'simulator/ownDirectory.ts': /^Stop that one/,
    'technical/soap/http/transportError.ts': /^Nothing listens/,
    'technical/keystore/entries.ts': /^Is the environment/,
    'technical/sts/options.ts': /^Give the certificate with/,
  }).map(([file, hint]) => librarySays(file).texts.filter((text) => hint.test(text))),
  librarySays('technical/identifiers/describe.ts').titles,
  librarySays('technical/identifiers/describe.ts').facts,
].flat()

/** Every description below a command with the place where it is shown. */
function descriptionsOf(command: Command, path = ''): Found[] {
  const here = `${path} ${command.name()}`.trim()
  return [
    { text: command.description(), place: here },
    ...command.registeredArguments.map((argument) => ({
      text: argument.description,
      place: `${here} ${argument.name()}`,
    })),
    ...command.options.map(({ description, flags }) => ({ text: description, place: `${here} ${flags}` })),
    ...command.commands.flatMap((below) => descriptionsOf(below, here)),
  ]
}

let descriptions: Found[] = []
beforeAll(async () => {
  descriptions = descriptionsOf(await commandTree())
})
afterEach(() => speak('en'))

const untranslated = (found: readonly Found[]): string[] =>
  found.filter(({ text }) => !Object.hasOwn(allTexts, text)).map(({ text, place }) => `${place}: ${text}`)

const placesIn = (text: string): string[] => [...text.matchAll(/\{\d+\}/g)].map(([place]) => place).sort()

describe('every text of the command', () => {
  it('is found in its sources', () => {
    expect(texts.tagged.length).toBeGreaterThan(150)
    expect(texts.labels.length).toBeGreaterThan(50)
    expect(descriptions.length).toBeGreaterThan(500)
  })

  it('is translated where it is tagged', () => {
    expect(untranslated(texts.tagged)).toEqual([])
  })

  it('is translated where the help shows it', () => {
    expect(descriptions.filter(({ text }) => text === '')).toEqual([])
    expect(untranslated(descriptions)).toEqual([])
  })

  it('is translated where it names a field', () => {
    expect(untranslated(texts.labels)).toEqual([])
  })

  it('is translated wherever else it stands', () => {
    expect(untranslated(texts.bare.filter(({ text }) => !apart.has(text)))).toEqual([])
    expect(library.concat(composed).filter((text) => !Object.hasOwn(allTexts, text))).toEqual([])
  })

  it('has a tag where it is shown', () => {
    expect(texts.shown.filter(({ text }) => !codes.has(text))).toEqual([])
  })

  it('is still said: the catalogue holds no other', () => {
    const said = new Set([
      ...[...texts.tagged, ...texts.labels, ...descriptions].map(({ text }) => text),
      ...texts.all,
      ...library,
      ...composed,
      ...Object.keys(commanderTexts),
      'Example',
      'Examples',
    ])
    expect(Object.keys(allTexts).filter((text) => !said.has(text))).toEqual([])
    const seen = new Set([...texts.bare, ...texts.shown].map(({ text }) => text))
    expect([...apart, ...codes].filter((text) => !seen.has(text))).toEqual([])
  })
})

/** What is the same in another language. */
const same: Readonly<Record<(typeof others)[number], readonly string[]>> = {
  fr: [
    ...[
      'application',
      'bits',
      'code',
      'configuration',
      'id',
      'keystore',
      'modulus',
      'note',
      'options',
      'publication',
    ],
    ...['qualification', 'services', 'type', '{0} octets'],
  ],
  nl: [
    ...['  platform: {0}', ' via {0}', 'bits', 'code', 'id', 'keystore', 'modulus', 'platform', 'register'],
    ...['simulator', 'status', 'token', 'type', '{0} bytes', '{0}:', '{0}: {1}', '{0}: {1} ({2})'],
  ],
}

/** Terms that the field uses in English. */
const terms = /break the glass|business continuity|HTTP|`[^`]*`|\{"[^}]*\}|--?[a-z][\w-]*/gi
const markers: Readonly<Record<(typeof others)[number], RegExp>> = {
  fr: /\b(the|and|with|which|from|by|when|where|each|this|that|not|are|is|of|only|for)\b/i,
  nl: /\b(the|and|with|which|from|by|when|where|each|this|that|not|are|only|for|cannot)\b/i,
}

describe.each(others)('the texts in %s', (language) => {
  const each = (wrong: (translation: string, english: string) => boolean): string[] =>
    entries
      .filter(([english, translation]) => wrong(translation[language], english))
      .map(([english, translation]) => `${english} => ${translation[language]}`)

  it('have the places of the values', () => {
    expect(each((text, english) => placesIn(text).join() !== placesIn(english).join())).toEqual([])
  })

  it('differ from the English ones, a few apart', () => {
    expect(
      entries
        .filter(([english, one]) => one[language] === english)
        .map(([english]) => english)
        .sort(),
    ).toEqual([...same[language]].sort())
  })

  it('hold no English', () => {
    expect(each((text) => markers[language].test(text.replaceAll(terms, '')))).toEqual([])
  })

  it('have the blanks, the capitals and the end of the English ones', () => {
    const shape = (text: string): string =>
      [
        /^ */.exec(text)![0],
        /^ *\p{Lu}\p{Ll}/u.test(text) ? 'capital' : '',
        (text.match(/(?<=\S) {2,}/g) ?? []).length,
        /([.?:]?)( *)$/.exec(text)![0],
      ].join('|')
    const exempt = /^(id|ids|to|SSIN|ssin|PIN|PKCS|FILE|vat|HTTP|Application|MessageId|EHP|NIHII|CBE|NIS)\b/
    expect(each((text, english) => !exempt.test(english) && shape(text) !== shape(english))).toEqual([])
  })

  it('have the apostrophes of print', () => {
    expect(each((text) => /\p{L}'\p{L}/u.test(text))).toEqual([])
  })
})

describe('French', () => {
  it('has a blank before : ; ? ! and inside « »', () => {
    const wrong = entries.filter(([, { fr }]) =>
      /[\p{L}\p{N})}`"][;?!»]|[\p{L}\p{N})}`]:( |$)|«[^ ]|[^ ]»/u.test(fr.replaceAll(/`[^`]*`/g, '``')),
    )
    expect(wrong.map(([, { fr }]) => fr)).toEqual([])
  })

  it('has it so that no line breaks there', async () => {
    await speak('fr')
    for (const [text, { fr }] of entries) {
      expect(translated(text)).not.toMatch(/ [:;?!»]|« /)
      expect(translated(text).replaceAll('\u00a0', ' ')).toBe(fr)
    }
    const help = new Command('x')
    await speakCommander(help)
    const word = 'm'.repeat(34)
    help.description('').option('-x', `${word} ${word}\u00a0: y`)
    expect(help.helpInformation()).toContain(`${word}\u00a0:`)
  })
})

describe('what commander words', () => {
  const messages = commanderMessages()

  it('is known whole', () => {
    expect(messages.length).toBeGreaterThanOrEqual(15)
  })

  it.each(others)('is translated into %s', async (language) => {
    await speak(language)
    const program = new Command('x').exitOverride()
    await speakCommander(program)
    let shown = ''
    program.configureOutput({ writeErr: (text) => (shown = text) })
    for (const message of messages) {
      shown = ''
      expect(() => program.error(message)).toThrow()
      expect(shown, message).toMatch(
        language === 'fr' ? /^(erreur|\(Vouliez|Choix)/ : /^(fout|\(Bedoelde|Mogelijke)/,
      )
      expect(shown, message).not.toMatch(
        /\b(error|argument is|missing|invalid|unknown|cannot|Did you|Allowed)\b/,
      )
      expect(shown, message).not.toMatch(/\{\d\}/)
    }
  })

  it('keeps what was typed', async () => {
    await speak('nl')
    const program = new Command('x').exitOverride().allowUnknownOption(false)
    await speakCommander(program)
    let shown = ''
    program.configureOutput({ writeErr: (text) => (shown += text) })
    program.option('--folder <name>', 'f').action(() => undefined)
    expect(() => program.parse(['--foldr'], { from: 'user' })).toThrow()
    expect(shown).toBe("fout: onbekende optie '--foldr'\n(Bedoelde u --folder?)\n")
    shown = ''
    expect(() => program.parse(["--options: $& 'x {0}\n."], { from: 'user' })).toThrow()
    expect(shown).toBe("fout: onbekende optie '--options: $& 'x {0}\n.'\n")
  })
})

describe('the language', () => {
  it.each<[Record<string, string>, Language]>([
    [{}, 'en'],
    [{ LANG: 'fr_BE.UTF-8' }, 'fr'],
    [{ LANG: 'nl' }, 'nl'],
    [{ LANG: 'nl_BE', LC_MESSAGES: 'fr_BE@euro' }, 'fr'],
    [{ LANG: 'nl_BE', LC_MESSAGES: 'fr_BE', LC_ALL: 'C' }, 'en'],
    [{ LANG: 'nl_BE', LC_ALL: '' }, 'nl'],
    [{ LANG: 'de_BE.UTF-8' }, 'en'],
    [{ LANG: 'frp' }, 'en'],
    [{ LANG: 'POSIX' }, 'en'],
    [{ LC_CTYPE: 'fr_BE' }, 'en'],
  ])('of %j is %s', (environment, language) => {
    expect(languageOf(environment, 'linux', () => 'fr-BE')).toBe(language)
  })

  it('of Windows is that of the system, unless a variable says so', () => {
    expect(languageOf({}, 'win32', () => 'nl-BE')).toBe('nl')
    expect(languageOf({ LANG: 'fr_FR' }, 'win32', () => 'nl-BE')).toBe('fr')
    expect(languageOf({}, 'win32', () => 'de-BE')).toBe('en')
    expect(languageOf({}, 'darwin', () => 'nl-BE')).toBe('en')
  })
})

describe('the texts', () => {
  it('are loaded only where they are spoken', () => {
    const loaded = loadedAtOnce()
    expect(loaded.length).toBeGreaterThan(300)
    expect(loaded.filter(({ text }) => /\/(texts|fr|nl)\//.test(text))).toEqual([])
  })

  it('stand once each', async () => {
    const areas = readdirSync(new URL('../../src/cli/language/texts/', import.meta.url))
      .filter((name) => name !== 'index.ts')
      .map((name) => name.replace('.ts', ''))
    const modules = await Promise.all(
      areas.map(
        async (name) => (await import(`../../src/cli/language/texts/${name}.ts`)) as Record<string, object>,
      ),
    )
    const keys = modules.flatMap((module) => Object.values(module).flatMap((area) => Object.keys(area)))
    expect(keys.filter((text, index) => keys.indexOf(text) !== index)).toEqual([])
    expect(keys.length).toBe(entries.length)
  })
})

describe('a text', () => {
  it('stays English for programs and is translated for a person', async () => {
    await speak('nl')
    const message = english`cannot read ${'a {1} $& file'}: ${noted('it is a directory')}`
    expect(message).toBe('cannot read a {1} $& file: it is a directory')
    expect(translated(message)).toBe('kan a {1} $& file niet lezen: het is een map')
    expect(t`nothing in ${'INBOX'}`).toBe('niets in INBOX')
    await speak('en')
    expect(translated(message)).toBe(message)
  })

  it('does not translate values that happen to be words', async () => {
    await speak('fr')
    expect(translated(english`cannot read ${'keystore'}: ${'title'}`)).toBe(
      'impossible de lire keystore\u00a0: title',
    )
    expect(translated('constructor')).toBe('constructor')
  })
})
