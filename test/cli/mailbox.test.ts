import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { ehealth, program, start, startSimulatorProcess, workplace, type RunningSimulator } from './run.js'

// many commands, each a process
vi.setConfig({ testTimeout: 180_000 })

const file = workplace()
let simulator: RunningSimulator
let numbers: Record<string, { ssin?: string; nihii: string }>
beforeAll(async () => {
  simulator = await startSimulatorProcess(['--port', '0', '--dir', file('sim')])
  const { personas } = JSON.parse(readFileSync(file('sim/personas.json'), 'utf8')) as {
    personas: { name: string; ssin?: string; nihii: string }[]
  }
  numbers = Object.fromEntries(personas.map(({ name, ...rest }) => [name, rest]))
  writeFileSync(file('body.txt'), 'Dear colleague')
  writeFileSync(file('scan.bin'), Buffer.alloc(300_000, 7))
})
afterAll(() => simulator.stop())

const as = (name: string): string[] => ['--simulator', file('sim'), '--persona', name]
const toNurse = () => `NURSE:SSIN:${numbers['nurse']!.ssin}`
const toPhysician = () => `DOCTOR:SSIN:${numbers['physician']!.ssin}`

/** Runs a command as a persona; gives its JSON. */
async function run<T = Record<string, unknown>>(who: string, parameters: string[], code = 0): Promise<T> {
  const outcome = await ehealth(['ehbox', ...parameters, ...as(who), '--json'])
  expect(outcome, outcome.stderr).toMatchObject({ code })
  return outcome.json<T>()
}
const send = (title: string, ...more: string[]) =>
  run<{ id: string; outcome: string; recipients: { id: string }[] }>('physician', [
    'send',
    '--to',
    toNurse(),
    '--title',
    title,
    '--body',
    file('body.txt'),
    ...more,
  ])
const list = (...more: string[]) => run<{ id: string; title: string }[]>('nurse', ['list', ...more])

describe('ehealth ehbox', () => {
  it('shows the box, lists with filters, saves, moves, deletes, and tells the sender what became of it', async () => {
    const { id: sentId } = await send('Report', '--annex', file('scan.bin'), '--encrypt')
    await send('Urgent', '--important')
    await send('Closed on Friday', '--news', '--publication-id', 'NEWS1')
    await send('Closed on Monday', '--news', '--publication-id', 'NEWS1')
    expect(await run('nurse', ['info'])).toMatchObject({ state: 'room', messagesInStandBy: 0 })
    const shown = await ehealth(['ehbox', 'info', ...as('nurse')])
    expect(shown.stdout).toMatch(/^box +NURSE:INSS:\d+$/m)

    expect((await list()).map(({ title }) => title)).toEqual(['Closed on Monday', 'Urgent', 'Report'])
    expect((await list('--type', 'NEWS')).map(({ title }) => title)).toEqual(['Closed on Monday'])
    expect((await list('--important')).map(({ title }) => title)).toEqual(['Urgent'])
    expect((await list('--title', 'repo')).map(({ title }) => title)).toEqual(['Report'])
    expect(await list('--since', '9999-01-01')).toEqual([])
    expect(await list('--all-boxes')).toHaveLength(3)
    expect(await list('--box', toNurse(), '--limit', '1')).toHaveLength(1)

    const id = (await list('--title', 'Report'))[0]!.id
    const read = await run<{ annexes: { file: string; bytes: number; sha256: string }[] }>('nurse', [
      'read',
      id,
      '--save',
      file('saved'),
    ])
    expect(readdirSync(file('saved')).toSorted()).toEqual([`${id}-annex-1.bin`, `${id}-body.txt`])
    expect(read.annexes[0]).toMatchObject({ file: file(`saved/${id}-annex-1.bin`), bytes: 300_000 })
    expect(readFileSync(read.annexes[0]!.file)).toEqual(Buffer.alloc(300_000, 7))

    const rows = await run<{ read?: string }[]>('physician', ['ack', sentId])
    expect(rows).toMatchObject([{ recipient: { quality: 'NURSE' }, read: expect.any(String) as string }])
    const told = await ehealth(['ehbox', 'ack', sentId, ...as('physician')])
    expect(told.stdout).toMatch(/^NURSE:INSS:\d+ {2}read \d{4}-/m)

    expect(await run('nurse', ['move', id])).toEqual({ done: [id], failed: [] })
    expect((await list('--folder', 'BININBOX')).map((each) => each.id)).toEqual([id])
    await run('nurse', ['move', id, '--from', 'BININBOX'])
    await run('nurse', ['move', id])
    expect(await run('nurse', ['delete', id])).toEqual({ done: [id], failed: [] })
    expect(await list('--folder', 'BININBOX')).toEqual([])
  })

  it('declares absences, and sends to substitutes where that is said', async () => {
    const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
    const period = ['--from', day(-1), '--to', day(1)]
    const refused = await run<{ refused: unknown[] }>(
      'nurse',
      ['absence', 'insert', ...period, '--substitute', `HOSPITAL:NIHII:${numbers['hospital']!.nihii}`],
      1,
    )
    expect(refused.refused).toHaveLength(1)
    const { id } = await run<{ id: string }>('nurse', [
      'absence',
      'insert',
      ...period,
      '--substitute',
      toPhysician(),
    ])
    expect(await run('nurse', ['absence', 'list'])).toMatchObject([{ id, from: day(-1), to: day(1) }])
    const letter = ['send', '--to', toNurse(), '--title', 'T', '--body', file('body.txt'), '--encrypt']
    const held = await run<{ outcome: string }>('hospital', letter, 1)
    expect(held.outcome).toBe('out-of-office')
    const sent = await run<{ outcome: string; recipients: { id: string }[] }>('hospital', [
      ...letter,
      '--to-substitutes',
    ])
    expect(sent).toMatchObject({ outcome: 'sent', recipients: [{ id: numbers['physician']!.ssin }] })
    const both = await run<{ recipients: unknown[] }>('hospital', [
      ...letter,
      '--to-substitutes',
      '--deliver-anyway',
    ])
    expect(both.recipients).toHaveLength(2)
    expect(await run('nurse', ['absence', 'delete', id, 'NOSUCHPERIOD'], 1)).toEqual({
      done: [id],
      notFound: ['NOSUCHPERIOD'],
    })
  })

  it('watches: every message once, saved, given to a program, moved to the bin', async () => {
    for (const { id } of await list()) await run('nurse', ['delete', id, '--folder', 'INBOX'])
    await send('first', '--annex', file('scan.bin'), '--encrypt')
    await send('second')
    writeFileSync(
      file('program'),
      `#!${process.execPath}\nlet t='';process.stdin.on('data',d=>t+=d).on('end',()=>{const m=JSON.parse(t);` +
        `require('fs').appendFileSync(${JSON.stringify(file('log'))}, process.env.EHEALTH_MESSAGE_KEY+' '+m.title+' '+m.annexes.length+'\\n');` +
        `process.exit(m.title==='second'?3:0)})\n`,
    )
    chmodSync(file('program'), 0o755)
    const watching = ['ehbox', 'watch', '--cursor', file('cursor'), '--once', '--json', '--tries', '2']
    const options = ['--save', file('inbox'), '--exec', file('program')]
    const first = await ehealth([...watching, ...options, ...as('nurse')])
    expect(first, first.stderr).toMatchObject({ code: 0 })
    const lines = first.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { title: string; id: string })
    expect(lines).toMatchObject([{ title: 'first', attempt: 1 }])
    expect(readdirSync(file('inbox')).filter((name) => name.startsWith(lines[0]!.id))).toHaveLength(2)
    expect((await list()).map(({ title }) => title)).toEqual(['second'])
    const second = await ehealth([...watching, ...options, ...as('nurse')])
    expect(second.stderr).toMatch(/was set aside after 2 tries: handler/)
    const log = readFileSync(file('log'), 'utf8').trim().split('\n')
    expect(log).toEqual([
      `${lines[0]!.id} first 1`,
      expect.stringMatching(/ second 0$/) as string,
      expect.stringMatching(/ second 0$/) as string,
    ])
  })

  it('watches until it is told to stop, and lets nobody else watch with the same cursor', async () => {
    const running = start([
      'ehbox',
      'watch',
      '--cursor',
      file('other'),
      '--every',
      '0.2',
      '--after',
      'leave',
      ...as('physician'),
    ])
    let output = ''
    running.stdout!.setEncoding('utf8').on('data', (chunk: string) => (output += chunk))
    await run('nurse', ['send', '--to', toPhysician(), '--title', 'Noticed', '--body', file('body.txt')])
    while (!output.includes('Noticed')) await new Promise((resolve) => setTimeout(resolve, 50))
    const second = await ehealth(['ehbox', 'watch', '--cursor', file('other'), '--once', ...as('physician')])
    expect(second.code).toBe(1)
    expect(second.stderr).toMatch(/ehbox\.cursor-locked/)
    const closed = once(running, 'close') as Promise<[number | null]>
    running.kill('SIGTERM')
    expect((await closed)[0]).toBe(0)
    expect(existsSync(file('other.lock'))).toBe(false)
  })

  it.each([
    [['send', '--to', 'NURSE', '--title', 't', '--body', '-'], 2],
    [['list', '--all-boxes', '--box', 'NURSE:SSIN:84112399460'], 2],
    [['list', '--type', 'LETTER'], 2],
    [['info', '--box', 'NURSE'], 2],
    [['watch'], 2],
    [['watch', '--cursor', 'x', '--every', '0'], 2],
    [['absence', 'insert', '--from', 'today', '--to', 'tomorrow'], 1],
    [['read', 'short'], 1],
  ] as [string[], number][])('refuses %j with %d', async (parameters, code) => {
    const outcome = await ehealth(['ehbox', ...parameters, ...as('nurse')])
    expect(outcome, outcome.stderr).toMatchObject({ code })
  })

  it('says which file it cannot read without a call', async () => {
    const child = spawn(
      process.execPath,
      [program, 'ehbox', 'send', '--to', toNurse(), '--title', 'T', '--body', file('body.txt')].concat(
        ['--annex', file('nowhere.pdf')],
        as('physician'),
      ),
      { stdio: ['ignore', 'ignore', 'pipe'] },
    )
    const [stderr, [code]] = await Promise.all([
      text(child.stderr),
      once(child, 'close') as Promise<[number]>,
    ])
    expect([code, stderr]).toEqual([
      2,
      expect.stringMatching(/annexes\[0\]\.content: cannot be read \(ENOENT\)/),
    ])
  })
})
