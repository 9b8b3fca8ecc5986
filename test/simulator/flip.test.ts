import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { consultationOperations } from '../../src/business/ehbox/contract.js'
import { connect } from '../../src/index.js'
import { physician } from '../../src/professions/index.js'
import { startSimulator, type Simulator } from '../../src/simulator/index.js'
import { servicePaths, type ServiceName } from '../../src/technical/environment/environment.js'
import { buildEnvelope } from '../../src/technical/soap/envelope.js'
import { credentialOf, faultIn, tokenEnvelope, tokenRequest } from './support.js'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startSimulator({ http: true })
})
afterAll(() => simulator.close())

/** Octets of the named elements, every `step`th; not where base64 has bits that mean nothing. */
function* positions(envelope: string, names: readonly string[], step: number): Generator<number> {
  for (const name of names) {
    const match = new RegExp(`<(?:\\w+:)?${name}[ >].*?</(?:\\w+:)?${name}>`, 's').exec(envelope)
    if (match === null) throw new Error(`no ${name} in the envelope`)
    for (let at = match.index; at < match.index + match[0].length; at += step)
      if (!/^[A-Za-z0-9+/]=/.test(envelope.slice(at, at + 2))) yield at
  }
}

/** Over plain HTTP on open connections: hundreds of handshakes would test nothing more. */
async function sendEnvelope(service: ServiceName, body: Uint8Array<ArrayBuffer> | string) {
  const response = await fetch(simulator.url + servicePaths[service], {
    method: 'POST',
    headers: { 'content-type': 'text/xml; charset=utf-8' },
    body,
  })
  return { status: response.status, headers: {}, text: await response.text() }
}

async function refusesEveryFlip(service: ServiceName, envelope: string, names: readonly string[]) {
  let flips = 0
  for (const at of positions(envelope, names, 29)) {
    const octets = Buffer.from(envelope)
    octets[at]! ^= 1
    const answer = await sendEnvelope(service, octets)
    expect([at, answer.status]).toEqual([at, 500])
    expect(faultIn(answer).code).toMatch(/^SOA-0(1001|300[1-5])$/)
    flips += 1
  }
  expect(flips).toBeGreaterThan(100)
  // The message as it was is good: nothing but the flip was at fault.
  expect((await sendEnvelope(service, envelope)).status).toBe(200)
}

describe('one wrong bit', () => {
  it('in Body, Timestamp, certificate or signature of an X.509 message is refused', async () => {
    const credential = await credentialOf(simulator, 'physician')
    const { ssin } = simulator.personas.physician
    const envelope = await tokenEnvelope(credential, tokenRequest([['urn:be:fgov:person:ssin', ssin]]))
    await refusesEveryFlip('sts', envelope, [
      'Body',
      'Timestamp',
      'BinarySecurityToken',
      'SignedInfo',
      'SignatureValue',
    ])
  })

  it('in Body, Timestamp, token or signature of a holder-of-key message is refused', async () => {
    const { ssin, nihii, keystore, password } = simulator.personas.physician
    await using me = await connect({
      environment: simulator.environment,
      keystore: { bytes: keystore, password },
      as: physician({ ssin: ssin, nihii: nihii }),
    })
    const token = await me.technical.token()
    const envelope = await buildEnvelope({
      security: {
        kind: 'saml-hok',
        credential: await credentialOf(simulator, 'physician'),
        assertion: { id: token.id, xml: token.xml },
      },
      body: { declaration: consultationOperations.getBoxInfo.request, value: {} },
      runtime: simulator.runtime,
    })
    await refusesEveryFlip('ehboxConsultation', envelope, ['Body', 'Timestamp', 'Assertion'])
  })
})
