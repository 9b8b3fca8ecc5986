/** Archives in a directory that goes with the test file, and a clock that a test moves. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll } from 'vitest'

import { systemRuntime, type Runtime } from '../../../src/technical/environment/runtime.js'

/** Names of files in a directory of this test file. */
export function workplace(): (name: string) => string {
  const directory = mkdtempSync(join(tmpdir(), 'ehealth-archive-'))
  afterAll(() => rmSync(directory, { recursive: true }))
  return (name) => join(directory, name)
}

/** A runtime whose clock stands until it is moved. */
export function heldRuntime(
  start = '2026-03-02T10:00:00.000Z',
): Runtime & { advance(milliseconds: number): void } {
  let now = new Date(start).getTime()
  return {
    ...systemRuntime,
    now: () => new Date(now),
    advance: (milliseconds) => {
      now += milliseconds
    },
  }
}
