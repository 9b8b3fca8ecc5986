import { writeFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { ehealth, startSimulatorProcess, workplace, type RunningSimulator } from './run.js'

const at = workplace()
let simulator: RunningSimulator
beforeAll(async () => {
  simulator = await startSimulatorProcess(['--port', '0', '--dir', at('simulator')])
})
afterAll(() => simulator.stop())

describe('a recording of a command that has a hole', () => {
  it('is told on stderr and by the exit code; the work is done all the same', async () => {
    writeFileSync(at('occupied'), '')
    const { code, stdout, stderr } = await ehealth([
      'ehbox',
      'list',
      '--simulator',
      at('simulator'),
      '--persona',
      'nurse',
      '--record',
      at('occupied'),
      '--json',
    ])
    expect(JSON.parse(stdout)).toEqual([])
    expect(stderr).toContain(
      'the recording is incomplete: ehboxConsultation getMessagesList (recording.failed)',
    )
    expect(code).toBe(1)
  })
})
