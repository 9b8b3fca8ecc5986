/** The daemon of a hospital and what is asked of its archive afterwards, as a shell does it. */
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import type { ArchiveStatus } from '../../src/business/prescriptionArchive/index.js'
import { main } from '../../src/cli/program.js'
import { assertSchema } from './jsonSchemas.js'
import { start, startSimulatorProcess, workplace, type RunningSimulator } from './run.js'

const path = workplace()
const token = 'token of the intake'
const archive = path('archive.db')
let simulator: RunningSimulator
const platform = ['--simulator', path('simulator'), '--persona', 'hospital']

beforeAll(async () => {
  simulator = await startSimulatorProcess(['--port', '0', '--dir', path('simulator')])
})
afterAll(() => simulator.stop())

/** Runs a command in this process: what it printed, and its exit code. */
async function run(...parameters: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  const shown = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    vi.spyOn(process[name], 'write').mockImplementation((chunk) => {
      shown[name] += String(chunk)
      return true
    })
  try {
    const code = await main(['timestamp', ...parameters])
    assertSchema(['timestamp', ...parameters], shown.stdout, code)
    return { code, ...shown }
  } finally {
    vi.restoreAllMocks()
  }
}

/** A daemon that is ready. */
async function serve(...more: string[]): Promise<{ child: ChildProcess; ready: Record<string, string> }> {
  const child = start(
    ['timestamp', 'serve', '--archive', archive, '--interval', '0.5', ...platform, ...more],
    {
      INTAKE: token,
    },
  )
  const [line] = (await once(child.stdout!.setEncoding('utf8'), 'data')) as [string]
  assertSchema(['timestamp', 'serve'], line, 0)
  return { child, ready: JSON.parse(line) as Record<string, string> }
}

async function ended(child: ChildProcess): Promise<number | null> {
  const closed = once(child, 'close') as Promise<[number | null]>
  child.kill('SIGTERM')
  return (await closed)[0]
}

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    if (await condition()) return
    await sleep(50)
  }
  throw new Error('it did not come true in ten seconds')
}

describe('ehealth timestamp serve', () => {
  it('takes prescriptions in by both ways, has them stamped, and stops cleanly', async () => {
    const incoming = path('incoming')
    mkdirSync(incoming)
    const { child, ready } = await serve('--port', '0', '--intake-token-env', 'INTAKE', '--watch', incoming)
    expect(ready).toMatchObject({ ready: true, watch: incoming, archive, pid: child.pid })
    const authorization = `Bearer ${token}`
    const posted = await fetch(`${ready['url']}/prescriptions`, {
      method: 'POST',
      headers: { authorization },
      body: 'by HTTP',
    })
    expect([posted.status, ((await posted.json()) as { ref: number }).ref]).toEqual([201, 1])
    writeFileSync(join(incoming, 'act-1'), 'by directory')
    await until(() => existsSync(join(incoming, 'done', 'act-1')))
    await until(async () => {
      const answer = await fetch(`${ready['url']}/health`, { headers: { authorization } })
      const { entries, staged, bags } = (await answer.json()) as ArchiveStatus
      return entries === 2 && staged === 0 && bags.ARCHIVED > 0 && bags.SEALED + bags.SENDING === 0
    })
    expect(await ended(child)).toBe(0)
  })

  it.each([
    [[], /give --port, --watch or both/],
    [['--port', '0'], /--intake-token-env/],
    [['--port', '0', '--intake-token-env', 'NOT_SET'], /NOT_SET is not set/],
    [['--watch', 'x', '--interval', '0'], /expected seconds/],
  ])('%o is wrong use', async (parameters, message) => {
    const { code, stderr } = await run('serve', '--archive', path('never.db'), ...platform, ...parameters)
    expect([code, existsSync(path('never.db'))]).toEqual([2, false])
    expect(stderr).toMatch(message)
  })
})

describe('ehealth timestamp prove', () => {
  it('shows what proves a file, for people and as JSON', async () => {
    writeFileSync(path('letter'), 'by HTTP')
    const shown = await run('prove', path('letter'), '--archive', archive, ...platform)
    expect(shown.code).toBe(0)
    expect(shown.stdout).toMatch(/^PROVEN:/m)
    const told = await run('prove', '--ref', '2', '--archive', archive, ...platform, '--json')
    expect(JSON.parse(told.stdout)).toMatchObject({
      outcome: 'proven',
      evidence: [{ entry: { ref: 2, sourceSystem: 'directory', sourceId: 'act-1' } }],
    })
  })

  it('ends with 1 for what is not there, and with 2 for an archive that is not', async () => {
    const unknown = await run('prove', '--digest', 'ab'.repeat(32), '--archive', archive, ...platform)
    expect([unknown.code, unknown.stdout]).toEqual([1, expect.stringMatching(/^UNKNOWN:/m)])
    const none = await run('prove', '--ref', '1', '--archive', path('no.db'), ...platform)
    expect([none.code, existsSync(path('no.db'))]).toEqual([2, false])
    const both = await run('prove', path('letter'), '--ref', '1', '--archive', archive, ...platform)
    expect(both.code).toBe(2)
  })
})

describe('ehealth timestamp audit', () => {
  it('compares with the platform and reports, as a table and as JSON', async () => {
    const hospital = hospitalOf()
    const span = ['--from', '2020-01-01', '--to', new Date(Date.now() + 60_000).toISOString()]
    const recent = ['--from', new Date(Date.now() - 3_600_000).toISOString(), ...span.slice(2)]
    const parameters = ['audit', '--archive', archive, '--hospital', hospital, ...recent, ...platform]
    const shown = await run(...parameters)
    expect([shown.code, shown.stdout]).toEqual([
      0,
      expect.stringMatching(/^Audit of the prescription archive: OK$/m),
    ])
    const told = await run(...parameters, '--json', '--documents', path('incoming/done'))
    expect(JSON.parse(told.stdout)).toMatchObject({
      verdict: 'OK',
      platform: [{ status: 'OK' }],
      documents: { count: 1, unknown: 0 },
    })
    const alone = await run('audit', '--archive', archive, '--offline', ...span, ...platform)
    expect([alone.code, alone.stdout]).toEqual([0, expect.stringMatching(/^Platform +not asked$/m)])
  })

  it('wants to know whose archive it asks about', async () => {
    expect((await run('audit', '--archive', archive, ...platform)).code).toBe(2)
  })
})

describe('ehealth timestamp export', () => {
  it('writes what can be verified elsewhere, once', async () => {
    const out = path('export')
    const parameters = ['export', '--archive', archive, '--out', out, '--json']
    const written = await run(...parameters)
    expect(JSON.parse(written.stdout)).toMatchObject({ written: { entries: 2, open: 0 } })
    expect(readdirSync(out)).toEqual([
      'README.txt',
      'bags',
      'certificates',
      'entries',
      'manifest.json',
      'stamps',
    ])
    expect((await run(...parameters)).code).toBe(2)
  })
})

/** As the simulator names it. */
function hospitalOf(): string {
  const { personas } = JSON.parse(readFileSync(path('simulator/personas.json'), 'utf8')) as {
    personas: { name: string; nihii: string }[]
  }
  return `tsa_${personas.find(({ name }) => name === 'hospital')!.nihii}_01`
}
