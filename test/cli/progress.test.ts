import { describe, expect, it } from 'vitest'

import { progressOf } from '../../src/cli/progress.js'

function watched(isTTY: boolean): {
  lines: string[]
  clock: { at: number }
  progress: ReturnType<typeof progressOf>
} {
  const lines: string[] = []
  const clock = { at: 0 }
  const stream = { isTTY, write: (line: string) => lines.push(line) > 0 }
  return { lines, clock, progress: progressOf('sealed', 200 * 2 ** 20, stream, () => clock.at) }
}

describe('progress', () => {
  it('shows a person how far a long piece of work is, and takes the line away at the end', () => {
    const { lines, clock, progress } = watched(true)
    progress.update(1)
    expect(lines).toEqual([])
    clock.at = 2000
    progress.update(100 * 2 ** 20)
    expect(lines).toEqual(['\r\u001b[Ksealed 50 % 100 MiB, 50 MiB/s'])
    clock.at = 2100
    progress.update(110 * 2 ** 20)
    expect(lines).toHaveLength(1)
    progress.end()
    expect(lines.at(-1)).toBe('\r\u001b[K')
  })

  it('is silent where nobody watches', () => {
    const { lines, clock, progress } = watched(false)
    clock.at = 5000
    progress.update(1)
    progress.end()
    expect(lines).toEqual([])
  })
})
