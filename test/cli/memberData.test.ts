import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  memberDataFaultPatients,
  memberStories,
  startSimulator,
  type Simulator,
} from '../../src/simulator/index.js'
import { ehealth } from './run.js'

const dir = mkdtempSync(join(tmpdir(), 'member-data-'))
let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ dir })
})
afterAll(async () => {
  await simulator.close()
  rmSync(dir, { recursive: true })
})

const get = (...options: string[]) =>
  ehealth(['member-data', 'get', ...options, '--simulator', dir, '--persona', 'physician'])

describe('ehealth member-data get', () => {
  it('tells who insures a patient, until when, with which rights', async () => {
    const { code, stdout } = await get(
      '--patient',
      memberStories.allRights,
      '--facet',
      'insurability',
      '--facet',
      'chronicCondition',
      '--invoicing',
    )
    expect(code).toBe(0)
    expect(stdout).toMatch(/^complete: insured, \S+ \S+$/m)
    expect(stdout).toMatch(
      /^\d{4}-\d\d-\d\d until before \d{4}-\d\d-\d\d {2}mutuality \d{3} {2}111\/111 {2}approval [0-9A-F]{30}$/m,
    )
    expect(stdout).toMatch(/^chronic condition: \d{4}, \d{4}$/m)
  })

  it('gives JSON without envelopes, and seals', async () => {
    const { code, stdout } = await get(
      '--patient',
      memberStories.notInOrder,
      '--encrypt',
      '--region',
      'iriscarenet',
      '--json',
    )
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: 'complete',
      insurability: { state: 'not-in-order' },
      sealedBy: { application: 'IRISCARENET' },
    })
    expect(stdout).not.toContain('Envelope')
  })

  it('ends with 1 and the code of the insurers when there are no facts', async () => {
    const { code, stdout } = await get('--patient', memberDataFaultPatients.BO_EXCEPTION)
    expect(code).toBe(1)
    expect(stdout).toBe('unavailable\nBO_EXCEPTION (IO-BE-300): the insurer failed\n')
  })

  it.each([
    [[]],
    [['--member', '1']],
    [['--patient', memberStories.closed, '--facet', 'hospitalisation']],
    [['--patient', memberStories.closed, '--facet', 'palliativeStatus', '--invoicing']],
  ])('is used wrongly with %j', async (options) => {
    expect((await get(...options)).code).toBe(2)
  })
})
