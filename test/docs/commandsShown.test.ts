/** Every command that a page shows is one that there is, with options that it takes. */
import { afterEach, describe, expect, it, vi } from 'vitest'

import * as offered from '../../src/cli/console/browser/commands.js'
import type { ConsoleState } from '../../src/cli/console/contract.js'
import { examples } from '../../src/cli/examples.js'
import { main } from '../../src/cli/program.js'
import { filesOf } from './blocks.js'
import { complaintAbout, demandOperand, otherPrograms } from './commandLine.js'
import { markdownFiles, readMarkdown, textOf } from './markdown.js'
import { parseShell, type ShellCommand } from './shell.js'

const pages = markdownFiles.map((page) => ({ page, ...readMarkdown(page) }))
const blocks = pages.flatMap(({ fences }) => fences.filter(({ info }) => info === 'sh'))

/** Names of spans and texts of log records that look like commands, and what stands for any command. */
const noCommands = ['ehealth call ended', String.raw`ehealth … \| head`]

/** `ehealth kgss new-key|get-key` speaks of two commands. */
const spokenOf = (text: string): string[] => {
  const [, before = '', choices, after = ''] =
    /^((?:[\w-]+ )+)([a-z-]+(?:\|[a-z-]+)+)( .*)?$/.exec(text) ?? []
  return choices === undefined ? [text] : choices.split('|').map((choice) => `${before}${choice}${after}`)
}
const mentions = pages
  .flatMap(({ inline }) => inline)
  .filter(({ text }) => /^(?:npx )?ehealth |^np[mx] |^node \S+\.\w+/.test(text))
  .filter(({ place, text }) => !noCommands.includes(text) && !isSynopsis(place))

function isSynopsis(place: string): boolean {
  const [page, line] = place.split(':')
  return page === 'docs/cli.md' && textOf(page).split('\n')[Number(line) - 1]!.startsWith('### ')
}

/** Files that the lines of a page made up to a block: what a redirection or `--out` leaves. */
const madeBy = (commands: readonly ShellCommand[]): Set<string> =>
  new Set(
    commands.flatMap(({ words, redirections }) => [
      ...redirections.filter(({ operator }) => operator.includes('>')).map(({ file }) => file),
      ...words.filter((_, index) => words[index - 1] === '--out'),
    ]),
  )

async function complaintsIn(block: string, before: readonly ShellCommand[] = []): Promise<string[]> {
  const commands = parseShell(block)
  const complaints: string[] = []
  for (const [index, command] of commands.entries()) {
    const made = madeBy([...before, ...commands.slice(0, index)])
    const complaint = await complaintAbout(command, { made })
    if (complaint !== undefined) complaints.push(`line ${command.line}: ${complaint}`)
  }
  return complaints
}

afterEach(() => vi.restoreAllMocks())

describe('commands that the pages show', () => {
  it('are found, in all of them', () => {
    const files = [...new Set(blocks.map(({ place }) => place.split(':')[0]))]
    expect(files).toEqual(
      expect.arrayContaining(['README.md', 'CONTRIBUTING.md', 'docs/cli.md', 'docs/demarrage.md']),
    )
    expect(blocks.length).toBeGreaterThan(60)
    expect(mentions.length).toBeGreaterThan(80)
  })

  it.each(blocks.map(({ place, text }) => [place, text]))('%s is understood', async (_, text) => {
    expect(await complaintsIn(text)).toEqual([])
  })

  it.each(mentions.map(({ place, text }) => [text, place]))(
    '%s (%s) speaks of what there is',
    async (text) => {
      for (const one of spokenOf(text)) {
        const [first, ...more] = parseShell(one)
        expect(await complaintAbout(first!, { named: true })).toBeUndefined()
        for (const command of more) expect(await complaintAbout(command, { named: true })).toBeUndefined()
      }
    },
  )

  it.each(Object.entries(examples))('examples of %s in the help are understood', async (command, lines) => {
    for (const line of lines) {
      expect(line.startsWith(`${command} `)).toBe(true)
      expect(await complaintsIn(`ehealth ${line}`), line).toEqual([])
    }
  })

  it('need no program of others but those', () => {
    const used = blocks.flatMap(({ text }) => parseShell(text).map(({ words: [program] }) => program))
    const ofHelp = Object.values(examples)
      .flat()
      .flatMap((line) => parseShell(`ehealth ${line}`).map(({ words: [program] }) => program))
    expect(otherPrograms.filter((name) => ![...used, ...ofHelp].includes(name))).toEqual([])
    const texts = pages.flatMap(({ inline }) => inline.map(({ text }) => text))
    expect(noCommands.filter((name) => !texts.includes(name))).toEqual([])
  })
})

describe('commands in sources and examples', () => {
  const named = [...filesOf('src', '.ts'), ...filesOf('examples', '.ts')].flatMap((file) =>
    [...textOf(file).matchAll(/(?<!\/\*\* )\\?`((?:npx )?ehealth [a-z][^`$\\…[|]*)\\?`/g)].map(([, text]) => [
      text!,
      file,
    ]),
  )

  it('are found', () => expect(named.length).toBeGreaterThan(3))

  it.each(named)('%s (%s) is one that there is', async (text) => {
    expect(await complaintAbout(parseShell(text)[0]!, { named: true })).toBeUndefined()
  })
})

describe('commands that the console offers', () => {
  const state = { dir: 'my platform', personas: [{ name: 'nurse', ssin: '84112399460' }] }

  it.each(Object.entries(offered))('%s is one that there is', async (_, line) => {
    const text = line(state as ConsoleState)
    const [command] = parseShell(text).filter(({ words }) => words[0] === 'ehealth')
    expect(await complaintAbout(command!), text).toBeUndefined()
    expect(command!.words).toContain('my platform')
  })
})

describe('a command that a page would show in vain', () => {
  it.each([
    ['ehealth sael --in letter.pdf', /unknown command 'sael'/],
    ['ehealth etk fetch', /unknown command 'fetch'/],
    ['ehealth token --simulator platform --personna nurse', /unknown option '--personna'/],
    ['ehealth ehbox list --folder ATTIC --simulator platform --persona nurse', /invalid|ATTIC/],
    ['ehealth verify --kind seeled letter.cms', /'seeled' is invalid/],
    ['ehealth verify letter.cms', /required option '--kind/],
    ['ehealth ehbox move --simulator platform --persona nurse', /missing required argument/],
    ['ehealth etk inspect --trust root.pem', /missing operand/],
    ['ehealth identifier 0999.999.922 71997358', /too many arguments/],
    ['ehealth seal --keystore', /argument missing/],
    ['ehealth simulator --port many --dir platform', /expected 0 to 65535/],
    ['ehealth etk', /outputHelp|help/],
    ['npm run nothing', /no script nothing/],
    ['npm run demo --json', /-- is missing/],
    ['npm run demo -- --jsno', /unknown option '--jsno'/],
    ['npm install left', /no package of ours/],
    ['npm start', /not among the known/],
    ['npx typedoc', /npx typedoc/],
    ['npx -p other ehealth demo', /npx -p other/],
    ['npx -p ehealth-connectors ehealth dmo', /unknown command 'dmo'/],
    ['node dist/nothing.js', /there is no dist\/nothing.js/],
    ['wget https://example.org', /nobody knows wget/],
  ])('%s', async (line, complaint) => {
    expect(await complaintsIn(line)).toEqual([expect.stringMatching(complaint)])
  })

  it.each(demandOperand)('is ehealth %s without operand: the command says so', async (command) => {
    const told: string[] = []
    vi.spyOn(process.stderr, 'write').mockImplementation((text) => told.push(String(text)) > 0)
    const needed = command === 'verify' ? ['--kind', 'sealed'] : []
    expect(await main([...command.split(' '), ...needed])).toBe(2)
    expect(told.join('')).toMatch(/^error usage: missing the /)
    expect(await complaintsIn(`ehealth ${[command, ...needed].join(' ')}`)).toEqual([
      'line 1: missing operand',
    ])
  })

  it('is a mention of what there is not, too', async () => {
    const about = (line: string) => complaintAbout(parseShell(line)[0]!, { named: true })
    expect(await about('ehealth verify --kind sealed')).toBeUndefined()
    expect(await about('ehealth etk')).toBeUndefined()
    expect(await about('ehealth verify --kind seeled')).toMatch(/'seeled' is invalid/)
    expect(await about('ehealth etk fetch')).toMatch(/unknown command/)
    expect(await about('ehealth call service.wsdl')).toBeUndefined()
    expect(await about('ehealth verify letter.cms')).toMatch(/required option/)
  })
})

describe('the reader of shell', () => {
  it('knows quotes, continued lines, lists, pipes, variables, redirections and comments', () => {
    const [first, second, third, ...more] = parseShell(
      `A=1 ehealth 'one two' "three \\"four\\"" fi\\ ve \\\n  --six > out.txt && npm ci # done\ncat x | sort\n`,
    )
    expect(first).toEqual({
      line: 1,
      variables: ['A=1'],
      words: ['ehealth', 'one two', 'three "four"', 'fi ve', '--six'],
      redirections: [{ operator: '>', file: 'out.txt' }],
      text: `A=1 ehealth 'one two' "three \\"four\\"" fi\\ ve --six > out.txt`,
    })
    expect(second).toMatchObject({ line: 2, words: ['npm', 'ci'], text: 'npm ci' })
    expect(third).toMatchObject({ line: 3, words: ['cat', 'x'] })
    expect(more).toEqual([expect.objectContaining({ line: 3, words: ['sort'] })])
  })

  it.each(["echo 'open", 'echo $(date)', 'echo `date`', 'cat <<END', 'diff <(a)', 'echo >'])(
    'refuses %s',
    (text) => {
      expect(() => parseShell(text)).toThrow()
    },
  )

  it('counts lines of the block', () => {
    expect(parseShell('a \\\n  b \\\n  c\nd\n\n# e\nf').map(({ line, words }) => [line, words[0]])).toEqual([
      [1, 'a'],
      [4, 'd'],
      [7, 'f'],
    ])
  })
})
