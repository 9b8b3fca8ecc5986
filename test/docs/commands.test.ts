/** The examples of the pages and of the help run as they stand, with the built command, against one simulator. */
import { once } from 'node:events'
import { rmSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { examples } from '../../src/cli/examples.js'
import { progressOf } from '../../src/cli/progress.js'
import { commandAt, idleProgram } from './commandLine.js'
import { markdownFiles, readMarkdown } from './markdown.js'
import { parseShell } from './shell.js'
import { emptyStage, furnish, type Placeholders, type Ran } from './stage.js'

/** What cannot run here: a reason, and what in the line shows it. */
const elsewhere: readonly [reason: string, sign: RegExp][] = [
  ['asks the acceptance environment', /--environment acceptance/],
  ['needs an identity card in a reader', /--pkcs11 libbeidpkcs11/],
  ['is for another shell', /\| source$/],
]

/** What ends with another exit code than 0, because it says no. */
const denials: Readonly<Record<string, number>> = { 'may-read': 1 }

/** What goes on until somebody ends it. */
const lasting = ['simulator', 'ehbox watch', 'timestamp serve']

interface Example {
  /** Where it stands. */
  readonly page: string
  /** As it is typed. */
  readonly line: string
  /** The command in it: `ehbox list`. */
  readonly command: string
}

const program = await idleProgram()

function linesOf(page: string, text: string): Example[] {
  const commands = parseShell(text)
  return commands.flatMap(({ text: line, words }, index) => {
    const [first, ...more] = words[0] === 'npx' ? words.slice(1) : words
    if (first !== 'ehealth') return []
    const command = more.slice(0, commandAt(program, more).depth).join(' ')
    const piped = commands[index + 1]?.words[0] === 'source' ? ' | source' : ''
    return [{ page, line: line + piped, command }]
  })
}

/** Each line once, in the order of the pages; the help after them. */
const all: Example[] = [
  ...markdownFiles.flatMap((page) =>
    readMarkdown(page)
      .fences.filter(({ info }) => info === 'sh')
      .flatMap(({ text }) => linesOf(page, text)),
  ),
  ...Object.values(examples).flatMap((lines) => lines.flatMap((line) => linesOf('help', `ehealth ${line}`))),
]

const seen = new Set<string>()
const shown = all.filter(({ line }) => !seen.has(line) && seen.add(line))
const runnable = shown.filter(({ line }) => !elsewhere.some(([, sign]) => sign.test(line)))

/** What depends on one another runs one after the other; the rest beside it. */
const lanes: Readonly<Record<string, RegExp>> = {
  sealed: /^(seal|unseal|kgss|etk|keystore|demo|token)/,
  mailbox: /^(ehbox|addressbook|person|card|init)/,
  rest: /./,
}
const laneOf = ({ command }: Example): string =>
  Object.entries(lanes).find(([, names]) => names.test(command))![0]

describe('the examples', () => {
  const stage = emptyStage()
  const { at, run, start } = stage
  const outcomes = new Map<string, Ran>()
  let platform: Awaited<ReturnType<typeof start>>
  let placeholders: Placeholders
  let secretKey = ''

  /** The line with what its placeholders stand for. */
  async function real({ page, line, command }: Example): Promise<string> {
    const today = new Date().toISOString().slice(0, 10)
    const message = command === 'ehbox absence delete' ? await absence() : placeholders.message
    const ours = line
      .replaceAll('5F3PCVS8CBTMJ', message)
      .replaceAll('7H2QDWT9DCUNK', placeholders.sent)
      .replaceAll('12345125888271@1709806500250', placeholders.stamp)
      .replaceAll('tsa_0999000129_01', 'tsa_71997358_01')
      .replaceAll('--secret-key-id ID', `--secret-key-id ${secretKey}`)
      .replaceAll('2026-03-02', today)
      .replaceAll(/--port (8443|8080)/g, '--port 0')
      .replaceAll('--dir platform', '--dir another')
      .replaceAll('--covers _b1', '--covers _blob-a-1')
    if (command === 'verify' && line.includes('envelope')) return ours.replace('root.pem', 'wss.pem')
    return page === 'docs/prescription-archive.md' ? ours.replace('ehealth.json', 'hospital.json') : ours
  }

  async function absence(): Promise<string> {
    const { stdout } = await run('ehealth ehbox absence list --json --simulator platform --persona nurse')
    return (JSON.parse(stdout) as { id: string }[])[0]?.id ?? ''
  }

  async function play(example: Example): Promise<void> {
    // it is fetched on another machine, and written to none that has it
    if (example.command === 'kgss get-key') rmSync(at('key.bin'), { force: true })
    const ran = await run(await real(example), { once: lasting.includes(example.command) })
    outcomes.set(example.line, ran)
    if (example.command === 'kgss new-key') secretKey = /^id +(\S+)/.exec(ran.stdout)?.[1] ?? ''
  }

  beforeAll(async () => {
    platform = await start('ehealth simulator --port 0 --dir platform')
    placeholders = await furnish(stage)
    const examplesOf = (lane: string) => runnable.filter((example) => laneOf(example) === lane)
    await Promise.all(
      Object.keys(lanes).map(async (lane) => {
        for (const example of examplesOf(lane)) await play(example)
      }),
    )
  }, 300_000)

  afterAll(async () => {
    const closed = once(platform.child, 'close')
    platform.child.kill('SIGTERM')
    await closed
    rmSync(at('.'), { recursive: true })
  })

  it('are found, and few of them cannot run here', () => {
    expect(runnable.length).toBeGreaterThan(60)
    const left = shown.filter((example) => !runnable.includes(example))
    for (const [reason, sign] of elsewhere)
      expect(
        left.some(({ line }) => sign.test(line)),
        reason,
      ).toBe(true)
    expect(left.length).toBeLessThan(8)
    const commands = new Set(shown.map(({ command }) => command))
    expect([...Object.keys(denials), ...lasting].filter((command) => !commands.has(command))).toEqual([])
  })

  it.each(runnable.map(({ line, command, page }) => [line, command, page]))('%s', (line, command) => {
    const { code, stdout, stderr } = outcomes.get(line)!
    expect({ code, stdout, stderr }).toMatchObject({ code: denials[command] ?? 0 })
    expect(stderr).not.toMatch(/^error /m)
  })

  describe('show', () => {
    const blocks = markdownFiles.flatMap((page) =>
      readMarkdown(page).fences.filter(({ info }) => info === 'text'),
    )
    const shape = (text: string): string =>
      text
        .replaceAll(/\b[A-Z0-9]{13}\b/g, 'ID')
        .replaceAll(/\d+/g, '#')
        .replaceAll(/ +/g, ' ')
        .trim()

    it('in the pages what they show here', () => {
      const judged = blocks.map(({ place, text }) => {
        const page = place.split(':')[0]
        if (page === 'CONTRIBUTING.md') return 'test/package/layers.test.ts'
        if (text.startsWith('✓')) {
          const { stdout } = outcomes.get('npx ehealth demo')!
          expect(
            shape(
              stdout.slice(0, stdout.lastIndexOf('✓') + stdout.slice(stdout.lastIndexOf('✓')).indexOf('\n')),
            ),
          ).toBe(shape(text))
          return 'demo'
        }
        if (text.startsWith('{"ready"')) {
          expect(shape(text)).toBe(shape(platform.shown.stdout))
          return 'simulator'
        }
        expect(text.trim(), place).toBe(barLike(text))
        return 'bar'
      })
      expect(judged.sort()).toEqual(['bar', 'demo', 'simulator', 'test/package/layers.test.ts'])
    })
  })
})

/** The bar of the same numbers. */
function barLike(text: string): string | undefined {
  const [, done, total, speed] = /(\d+)\/(\d+) MiB (\d+) MiB\/s/.exec(text)!.map(Number)
  const lines: string[] = []
  let now = 0
  const stream = { isTTY: true, columns: 120, write: (line: string) => lines.push(line) > 0 }
  const progress = progressOf('sealed', total! * 2 ** 20, 'octets', {
    stream,
    environment: {},
    now: () => now,
  })
  now = (done! / speed!) * 1000
  progress.update(done! * 2 ** 20)
  progress.end()
  return lines[0]?.replace('\r\u001b[K', '')
}
