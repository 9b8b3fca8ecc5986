/** Revocation on the command line, against a simulator in this process: it can be told to revoke. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { startSimulator, type Simulator } from '../../src/simulator/index.js'
import { ehealth, workplace, type Outcome } from './run.js'

const at = workplace()
let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ dir: at('sim') })
  mkdirSync(at('trust'))
  writeFileSync(at('trust/root.pem'), readFileSync(at('sim/pki/root.pem')))
  writeFileSync(at('trust/root.key.pem'), readFileSync(at('sim/pki/root.key.pem')))
  writeFileSync(at('letter.txt'), 'the letter')
})
afterAll(() => simulator.close())

const as = (name: string): string[] => ['--simulator', at('sim'), '--persona', name]
const keysOf = (name: 'physician' | 'nurse'): string[] => [
  '--keystore',
  at(`sim/personas/${name}.p12`),
  '--password-env',
  'P',
]
const run = (name: 'physician' | 'nurse', ...parameters: string[]): Promise<Outcome> =>
  ehealth(parameters, { env: { P: simulator.personas[name].password } })
const nurse = (): string[] => ['--type', 'SSIN', '--value', simulator.personas.nurse.ssin]

describe('--revocation', () => {
  it('shows the evidence of a token, looked up and from its file, with a directory of anchors', async () => {
    const got = await ehealth([
      'etk',
      'get',
      ...nurse(),
      '--out',
      at('n.etk'),
      '--revocation',
      'require',
      '--json',
      ...as('physician'),
    ])
    expect(got.code).toBe(0)
    const evidence = { source: 'ocsp', url: `${simulator.pkiUrl}/pki/ocsp`, fromCache: false }
    const revocation = {
      status: 'good',
      certificates: [
        { status: 'good', evidence: { ...evidence, signer: { subject: expect.stringContaining('OCSP') } } },
        { status: 'good', evidence },
      ],
    }
    expect(got.json()).toMatchObject({ verified: true, warnings: [], revocation })
    const inspect = ['etk', 'inspect', at('n.etk'), '--json', '--trust', at('trust')]
    const inspected = await ehealth([...inspect, '--revocation', 'require'])
    expect([inspected.code, inspected.json()]).toMatchObject([0, { revocation }])
    expect((await ehealth(inspect)).json()).toMatchObject({ verified: true, revocation: null })
  })

  it('takes lists of the caller, and asks nobody then', async () => {
    const lists: string[] = []
    for (const role of ['issuing', 'root']) {
      const list = await fetch(`${simulator.pkiUrl}/pki/${role}.crl`)
      writeFileSync(at(`${role}.crl`), Buffer.from(await list.arrayBuffer()))
      lists.push(at(`${role}.crl`))
    }
    const inspect = ['etk', 'inspect', at('n.etk'), '--json', '--trust', at('trust')]
    const { code, json } = await ehealth([...inspect, '--revocation', 'require', '--crl', ...lists])
    expect(code).toBe(0)
    expect(json()).toMatchObject({
      revocation: { certificates: [{ evidence: { source: 'crl', crlNumber: '1' } }, { status: 'good' }] },
    })
    expect(JSON.stringify(json())).not.toContain('"url"')
    for (const wrong of [
      ['--crl', at('issuing.crl')],
      ['--revocation', 'off', '--crl', at('issuing.crl')],
      ['--revocation', 'sometimes'],
      ['--revocation', 'require', '--crl', at('none.crl')],
    ])
      expect((await ehealth([...inspect, ...wrong])).code).toBe(2)
    const noList = await ehealth([...inspect, '--revocation', 'require', '--crl', at('letter.txt')])
    expect([noList.code, noList.json()]).toMatchObject([1, { error: { code: 'revocation.malformed' } }])
  })

  it('goes with the envelope of a sealed message, not with other kinds', async () => {
    const { code, stderr } = await ehealth([
      'verify',
      '--kind',
      'envelope',
      '--revocation',
      'prefer',
      at('letter.txt'),
    ])
    expect([code, stderr]).toEqual([2, expect.stringContaining('--revocation does not go with')])
  })

  it('refuses what a revoked certificate signs, and to seal for its owner', async () => {
    const sealed = ['--in', at('letter.txt'), '--out', at('letter.cms'), '--to', at('n.etk')]
    expect((await run('physician', 'seal', ...keysOf('physician'), ...sealed)).code).toBe(0)
    const open = ['unseal', ...keysOf('nurse'), '--trust', at('trust'), '--in', at('letter.cms')]
    const before = await run('nurse', ...open, '--revocation', 'require')
    expect([before.code, before.json()]).toMatchObject([
      0,
      { accepted: true, revocation: [{ layer: 'OUTER', status: 'good', certificates: [{}, {}] }] },
    ])
    const reason = 'keyCompromise'
    await simulator.revoke('physician', { at: new Date(Date.now() - 60_000), reason })
    const after = await run('nurse', ...open, '--revocation', 'prefer')
    expect([after.code, after.json()]).toMatchObject([
      1,
      {
        accepted: false,
        code: 'unseal.refused',
        errors: ['OUTER_CERTIFICATE_REVOKED'],
        revocation: [
          { layer: 'OUTER', status: 'revoked', certificates: [{ status: 'revoked', reason }, {}] },
        ],
      },
    ])
    expect((await run('nurse', ...open)).code).toBe(0)
    const judged = await ehealth([
      ...['verify', '--kind', 'sealed', '--trust', at('trust'), '--revocation', 'require', at('letter.cms')],
    ])
    expect([judged.code, judged.json()]).toMatchObject([
      1,
      { valid: false, errors: [{ code: 'OUTER_CERTIFICATE_REVOKED' }], revocation: { status: 'revoked' } },
    ])
    await simulator.revoke('nurse')
    const refused = await run(
      'physician',
      'seal',
      ...keysOf('physician'),
      ...sealed,
      '--revocation',
      'require',
    )
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('etk.revoked')])
    const got = await ehealth([
      'etk',
      'get',
      ...nurse(),
      '--revocation',
      'prefer',
      '--json',
      ...as('physician'),
    ])
    expect([got.code, got.json()]).toMatchObject([1, { error: { code: 'etk.revoked' } }])
  })
})
