import type { EventEmitter } from 'node:events'

import { afterEach, describe, expect, it, vi } from 'vitest'

import { print, remark } from '../../src/cli/output.js'
import { progressOf, watched, type Progress, type Unit } from '../../src/cli/progress.js'

const erase = '\r\u001b[K'
const mebibyte = 2 ** 20

interface Watched {
  lines: string[]
  clock: { at: number }
  progress: Progress
}

function watchedBy(
  total: number | undefined,
  options: { isTTY?: boolean; columns?: number; unit?: Unit; environment?: Record<string, string> } = {},
): Watched {
  const { isTTY = true, columns = 80, unit = 'octets', environment = {} } = options
  const lines: string[] = []
  const clock = { at: 0 }
  const stream = { isTTY, columns, write: (line: string) => lines.push(line) > 0 }
  return {
    lines,
    clock,
    progress: progressOf('sealed', total, unit, { stream, environment, now: () => clock.at }),
  }
}

/** What is shown after some milliseconds. */
function shown(done: number, total: number | undefined, at: number, options = {}): string | undefined {
  const { lines, clock, progress } = watchedBy(total, options)
  clock.at = at
  progress.update(done)
  progress.end()
  return lines[0]?.replace(erase, '')
}

afterEach(() => vi.restoreAllMocks())

describe('progress', () => {
  it('shows a person how far a long piece of work is, and takes the line away at the end', () => {
    const { lines, clock, progress } = watchedBy(200 * mebibyte)
    progress.update(1)
    clock.at = 999
    progress.update(2)
    expect(lines).toEqual([])
    clock.at = 2000
    progress.update(100 * mebibyte)
    expect(lines).toEqual([
      `${erase}sealed [###############...............] 50 % 100/200 MiB 50 MiB/s 2 s left`,
    ])
    clock.at = 2100
    progress.update(110 * mebibyte)
    expect(lines).toHaveLength(1)
    clock.at = 4000
    progress.update(200 * mebibyte)
    expect(lines[1]).toBe(`${erase}sealed [${'#'.repeat(30)}] 100 % 200/200 MiB 50 MiB/s 0 s left`)
    progress.end()
    progress.end()
    expect(lines.slice(2)).toEqual([erase])
  })

  it.each([
    [0, 10, 2000, 'count', 'sealed [..............................] 0 % 0/10'],
    [4, 10, 2000, 'count', 'sealed [############..................] 40 % 4/10 3 s left'],
    [1, 100, 2000, 'count', 'sealed [..............................] 1 % 1/100 4 min left'],
    [12, 10, 2000, 'count', 'sealed [##############################] 100 % 12/10 0 s left'],
    [
      1.5 * mebibyte,
      6 * mebibyte,
      1500,
      'octets',
      'sealed [########......................] 25 % 1.5/6.0 MiB 1.0 MiB/s 5 s left',
    ],
    [512, 1023, 2000, 'octets', 'sealed [###############...............] 50 % 512/1023 B 256 B/s 2 s left'],
    [
      3 * 2 ** 30,
      12 * 2 ** 30,
      3e5,
      'octets',
      'sealed [########......................] 25 % 3/12 GiB 10 MiB/s 15 min left',
    ],
  ] as [number, number, number, Unit, string][])(
    'shows %s of %s after %s ms (%s)',
    (done, total, at, unit, line) => {
      expect(shown(done, total, at, { unit })).toBe(line)
    },
  )

  it('counts with a turning mark where nobody knows how much there is', () => {
    const { lines, clock, progress } = watchedBy(undefined)
    for (let turn = 0; turn < 5; turn += 1) {
      clock.at = 2000 + 1000 * turn
      progress.update(20 * mebibyte)
    }
    progress.end()
    expect(lines.map((line) => line.replace(erase, ''))).toEqual([
      '| sealed 20 MiB 10 MiB/s',
      '/ sealed 20 MiB 6.7 MiB/s',
      '- sealed 20 MiB 5.0 MiB/s',
      '\\ sealed 20 MiB 4.0 MiB/s',
      '| sealed 20 MiB 3.3 MiB/s',
      '',
    ])
    expect(shown(7, undefined, 2000, { unit: 'count' })).toBe('| sealed 7')
    expect(shown(7, 0, 2000, { unit: 'count' })).toBe('| sealed 7')
  })

  it('may learn only later how much there is', () => {
    const { lines, clock, progress } = watchedBy(undefined, { unit: 'count' })
    clock.at = 2000
    progress.update(5, 10)
    expect(lines[0]).toContain('] 50 % 5/10 2 s left')
    progress.end()
  })

  it.each([0, 1, 10, 20, 40, 55, 60, 79, 80, 200])(
    'is never wider than a terminal of %s columns',
    (columns) => {
      for (const total of [undefined, 200 * mebibyte]) {
        const line = shown(100 * mebibyte, total, 2000, { columns })!
        // the last column stays free: some terminals wrap there
        expect(line.length).toBeLessThan(columns === 0 ? 80 : Math.max(1, columns))
        if (total !== undefined) expect(line.includes('[#')).toBe(columns === 0 || columns >= 55)
      }
    },
  )

  it.each([
    ['where nobody watches', { isTTY: false }],
    ['on a terminal that cannot take a line away', { environment: { TERM: 'dumb' } }],
  ])('is silent %s', (_, options) => {
    expect(shown(1, 2, 5000, options)).toBeUndefined()
  })

  it('gives way to what is printed, and comes back', () => {
    const { lines, clock, progress } = watchedBy(4, { unit: 'count' })
    const printed = (chunk: unknown) => lines.push(String(chunk)) > 0
    vi.spyOn(process.stdout, 'write').mockImplementation(printed)
    vi.spyOn(process.stderr, 'write').mockImplementation(printed)
    clock.at = 2000
    progress.update(1)
    print('result')
    remark('remark')
    clock.at = 3000
    progress.update(2)
    progress.end()
    print('last')
    expect(lines.map((line) => (line.startsWith(`${erase}s`) ? 'bar' : line))).toEqual([
      ...['bar', erase, 'result\n', 'remark\n', 'bar', erase, 'last\n'],
    ])
  })

  it('goes when the process is interrupted, which then ends as it would have, and listens no longer than it stands', () => {
    const before = (['SIGINT', 'SIGTERM', 'SIGHUP', 'exit'] as const).map((name) =>
      process.listenerCount(name),
    )
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true)
    const { lines, clock, progress } = watchedBy(4)
    clock.at = 2000
    progress.update(1)
    expect(process.listenerCount('SIGINT')).toBe(before[0]! + 1)
    const others = process.listeners('SIGINT').slice(0, -1)
    others.forEach((listener) => process.off('SIGINT', listener))
    ;(process as EventEmitter).emit('SIGINT', 'SIGINT')
    others.forEach((listener) => process.on('SIGINT', listener))
    expect(lines.at(-1)).toBe(erase)
    expect(kill.mock.calls).toEqual([[process.pid, 'SIGINT']])
    expect(
      (['SIGINT', 'SIGTERM', 'SIGHUP', 'exit'] as const).map((name) => process.listenerCount(name)),
    ).toEqual(before)
  })

  it('leaves the end to whoever else listens for it', () => {
    const kill = vi.spyOn(process, 'kill').mockReturnValue(true)
    const own = vi.fn()
    process.once('SIGTERM', own)
    const { clock, progress } = watchedBy(4)
    clock.at = 2000
    progress.update(1)
    const second = () => undefined
    process.on('SIGTERM', second)
    ;(process as EventEmitter).emit('SIGTERM', 'SIGTERM')
    process.off('SIGTERM', second)
    expect(own).toHaveBeenCalledOnce()
    expect(kill).not.toHaveBeenCalled()
  })

  it('passes pieces on as they are', async () => {
    async function* pieces() {
      yield Buffer.from('a')
      yield Buffer.from('bc')
    }
    const taken: string[] = []
    for await (const piece of watched('read', { pieces: pieces() })) taken.push(Buffer.from(piece).toString())
    expect(taken).toEqual(['a', 'bc'])
  })
})
