/** The examples of the pages and of the help run as they stand, with the built command, against one simulator. */
import { once } from 'node:events'
import { existsSync, rmSync, writeFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { examples } from '../../src/cli/examples.js'
import { progressOf } from '../../src/cli/progress.js'
import { assertSchema } from '../cli/jsonSchemas.js'
import { markdownFiles, readMarkdown } from './markdown.js'
import { behindNpx, parseShell } from './shell.js'
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
  /** As it is typed. */
  readonly line: string
  /** Behind `ehealth`. */
  readonly words: readonly string[]
  /** The command in it: `ehbox list`. */
  readonly command: string
  /** Files and folders that it leaves. */
  readonly left: readonly string[]
}

/** Options that name what a command writes. */
const writing = ['--out', '--response', '--save', '--record', '--cursor', '--store']

function linesOf(text: string): Example[] {
  const commands = parseShell(text)
  return commands.flatMap(({ text: line, words: typed, redirections }, index) => {
    const [first, ...words] = typed[0] === 'npx' ? behindNpx(typed.slice(1)) : typed
    if (first !== 'ehealth') return []
    const command = [3, 2, 1]
      .map((depth) => words.slice(0, depth).join(' '))
      .find((name) => Object.hasOwn(examples, name))
    if (command === undefined) throw new Error(`no command has examples: ${line}`)
    const piped = commands[index + 1]?.words[0] === 'source' ? ' | source' : ''
    const left = [
      ...redirections.map(({ file }) => file),
      ...words.filter((_, position) => writing.includes(words[position - 1]!)),
    ]
    return [{ line: line + piped, words, command, left }]
  })
}

/** Each command once, in the order of the pages; the help after them. */
const all: Example[] = [
  ...markdownFiles.flatMap((page) =>
    readMarkdown(page)
      .fences.filter(({ info }) => info === 'sh')
      .flatMap(({ text }) => linesOf(text)),
  ),
  ...Object.values(examples).flatMap((lines) => lines.flatMap((line) => linesOf(`ehealth ${line}`))),
]
const keyOf = ({ words, left }: Example): string => [...words, '>', ...left].join(' ')
const shown = all.filter((example, index) => all.findIndex((one) => keyOf(one) === keyOf(example)) === index)
const runnable = shown.filter(({ line }) => !elsewhere.some(([, sign]) => sign.test(line)))

/** What depends on one another runs one after the other; the two lanes beside each other. */
const laneOf = ({ command }: Example): string =>
  /^(seal|unseal|kgss|etk|keystore|demo|token|ehbox|init|person|card)/.test(command) ? 'letters' : 'rest'

describe('the examples', () => {
  const stage = emptyStage()
  const { at, run, start } = stage
  const outcomes = new Map<string, Ran>()
  let platform: Awaited<ReturnType<typeof start>>
  let placeholders: Placeholders
  let secretKey = ''

  /** The line with what its placeholders stand for. */
  async function real({ line, command }: Example): Promise<string> {
    const ours = line
      .replaceAll(
        '5F3PCVS8CBTMJ',
        command === 'ehbox absence delete' ? await absence() : placeholders.message,
      )
      .replaceAll('7H2QDWT9DCUNK', placeholders.sent)
      .replaceAll('12345125888271@1709806500250', placeholders.stamp)
      .replaceAll('tsa_0999000129_01', 'tsa_71997358_01')
      .replaceAll('--secret-key-id ID', `--secret-key-id ${secretKey}`)
      .replaceAll('2026-03-02', dayIn(command === 'timestamp consult' ? 'UTC' : 'Europe/Brussels'))
      .replaceAll('2026-12-31', '2099-12-31')
      .replaceAll(/--port (8443|8080)/g, '--port 0')
      .replaceAll('--covers _b1', '--covers _blob-a-1')
    return command === 'verify' && line.includes('envelope') ? ours.replace('root.pem', 'wss.pem') : ours
  }

  async function absence(): Promise<string> {
    const { stdout } = await run('ehealth ehbox absence list --json --simulator platform --persona nurse')
    return (JSON.parse(stdout) as { id: string }[])[0]?.id ?? ''
  }

  /** The stamps of the day, as the archive of the platform misses them in an empty list. */
  async function listStamps(line: string): Promise<void> {
    writeFileSync(at('day.json'), '[]')
    const { stdout } = await run(`${line} --json`)
    const { missing = [] } = JSON.parse(stdout) as { missing?: unknown[] }
    writeFileSync(at('day.json'), JSON.stringify(missing))
  }

  async function play(example: Example): Promise<void> {
    // it is fetched on another machine, and written to none that has it
    if (example.command === 'kgss get-key') rmSync(at('key.bin'), { force: true })
    const line = await real(example)
    if (line.includes('day.json')) await listStamps(line)
    const ran = await run(line, { once: lasting.includes(example.command) })
    outcomes.set(example.line, ran)
    if (example.command === 'kgss new-key') secretKey = /^id +(\S+)/.exec(ran.stdout)?.[1] ?? ''
  }

  async function playAll(some: readonly Example[]): Promise<void> {
    for (const example of some) await play(example)
  }

  async function endPlatform(): Promise<void> {
    const closed = once(platform.child, 'close')
    if (platform.child.exitCode !== null || !platform.child.kill('SIGTERM')) return
    await closed
  }

  beforeAll(async () => {
    platform = await start('ehealth simulator --port 0 --dir platform')
    placeholders = await furnish(stage)
    // a directory belongs to one simulator at a time
    const [simulators, others] = [true, false].map((one) =>
      runnable.filter(({ command }) => (command === 'simulator') === one),
    )
    await Promise.all(
      ['letters', 'rest'].map((lane) => playAll(others!.filter((example) => laneOf(example) === lane))),
    )
    await endPlatform()
    await playAll(simulators!)
  }, 300_000)

  afterAll(async () => {
    await endPlatform()
    rmSync(at('.'), { recursive: true })
  })

  it('are found, and few of them cannot run here', () => {
    expect(runnable.length).toBeGreaterThan(60)
    const rest = shown.filter((example) => !runnable.includes(example))
    for (const [reason, sign] of elsewhere)
      expect(
        rest.some(({ line }) => sign.test(line)),
        reason,
      ).toBe(true)
    expect(rest.length).toBeLessThan(8)
    const commands = new Set(shown.map(({ command }) => command))
    expect([...Object.keys(denials), ...lasting].filter((command) => !commands.has(command))).toEqual([])
    expect(writing.filter((option) => !shown.some(({ words }) => words.includes(option)))).toEqual([])
  })

  it.each(runnable.map((example) => [example.line, example] as const))('%s', (line, example) => {
    const { words, command, left } = example
    const { code, stdout, stderr } = outcomes.get(line)!
    expect(code, `${stdout}${stderr}`).toBe(denials[command] ?? 0)
    expect(stderr).not.toMatch(/^error /m)
    assertSchema(words, stdout, code)
    for (const name of left) expect(existsSync(at(name.replace('~', 'home'))), name).toBe(true)
  })

  describe('show', () => {
    // the layers in CONTRIBUTING.md are those of test/package/layers.test.ts
    const blocks = markdownFiles
      .flatMap((page) => readMarkdown(page).fences.filter(({ info }) => info === 'text'))
      .filter(({ place }) => !place.startsWith('CONTRIBUTING.md:'))
    const shape = (text: string): string =>
      text
        .replaceAll(/\b[A-Z0-9]{13}\b/g, 'ID')
        .replaceAll(/\d+/g, '#')
        .replaceAll(/ +/g, ' ')
        .trim()

    const judges: Readonly<Record<string, (text: string) => { here: string; there: string }>> = {
      'bar of progress': (text) => ({ here: barLike(text), there: text.trim() }),
      'steps of the demonstration': (text) => {
        const { line } = runnable.find(({ command }) => command === 'demo')!
        const steps = outcomes
          .get(line)!
          .stdout.split('\n')
          .filter((one) => one.startsWith('✓'))
        return { here: shape(steps.join('\n')), there: shape(text) }
      },
      'ready line of the simulator': (text) => ({ here: shape(platform.shown.stdout), there: shape(text) }),
    }
    const kindOf = (text: string): string => {
      if (text.startsWith('✓')) return 'steps of the demonstration'
      return text.startsWith('{"ready"') ? 'ready line of the simulator' : 'bar of progress'
    }

    it('three kinds of blocks', () => {
      expect(blocks.map(({ text }) => kindOf(text)).sort()).toEqual(Object.keys(judges).sort())
    })

    it.each(blocks.map(({ place, text }) => [kindOf(text), place, text]))(
      'the %s in %s as it is here',
      (kind, _, text) => {
        const { here, there } = judges[kind]!(text)
        expect(there).toBe(here)
      },
    )
  })
})

/** Today, as a calendar shows it there. */
const dayIn = (timeZone: string): string => new Date().toLocaleDateString('sv-SE', { timeZone })

/** The bar of the same numbers. */
function barLike(text: string): string {
  const [, done, total, speed] = (/(\d+)\/(\d+) MiB (\d+) MiB\/s/.exec(text) ?? []).map(Number)
  if (done === undefined) return 'nobody judges this block'
  const lines: string[] = []
  let now = 0
  const stream = { isTTY: true, columns: 120, write: (line: string) => lines.push(line) > 0 }
  const progress = progressOf('sealed', total! * 2 ** 20, 'octets', {
    stream,
    environment: {},
    now: () => now,
  })
  now = (done / speed!) * 1000
  progress.update(done * 2 ** 20)
  progress.end()
  return lines[0]!.replace('\r\u001b[K', '')
}
