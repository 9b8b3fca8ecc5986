import { inspect } from 'node:util'

import { describe, expect, it } from 'vitest'

import { startSimulator } from '../../../src/simulator/index.js'
import { keysOf } from '../../../src/simulator/services/kgss/store.js'
import { kgssOperations } from '../../../src/technical/kgss/contract.js'
import { seal } from '../../../src/technical/seal/index.js'
import { buildEnvelope } from '../../../src/technical/soap/envelope.js'
import { open } from '../../technical/kgss/people.js'
import { faultIn, sendEnvelope } from '../support.js'
import { doctorNumber, keyXml, kgssOwner, noKeyFound, reader, Surroundings } from './support.js'

const kgss = new Surroundings()

describe('a request that is not in order', () => {
  const refusal = async (promise: Promise<unknown>, particulars: string) => {
    await expect(promise).rejects.toMatchObject({
      code: 'fault.content',
      platform: { code: 'SOA-03007', messages: [{ text: expect.stringContaining(particulars) as string }] },
    })
  }
  const kek = (octets: number) => ({ KeyEncryptionKey: new Uint8Array(octets) })

  it('names the token of another actor: refused, nothing is made', async () => {
    const before = keysOf(kgss.simulator.world).size
    await refusal(
      kgss.sendNewKey(await kgss.sealedXml(await kgss.newKeyXml({ ETK: await kgss.etkOf('nurse') }))),
      'etk.subject',
    )
    expect(keysOf(kgss.simulator.world).size).toBe(before)
    const { id } = await kgss.makeKey()
    const foreign = keyXml(id, { ETK: await kgss.etkOf('physician') })
    await refusal(kgss.sendKey(await kgss.sealedXml(foreign, { by: 'nurse' })), 'etk.subject')
  })

  it('names a token that has ended, or none at all', async () => {
    const { ssin } = kgss.simulator.personas.nurse
    const older = kgss.simulator.world.tokens.find(
      ({ value, replaced }) => value === ssin && replaced === true,
    )!
    await refusal(
      kgss.sendNewKey(await kgss.sealedXml(await kgss.newKeyXml({ ETK: older.etk }), { by: 'nurse' })),
      'etk.expired',
    )
    await refusal(
      kgss.sendNewKey(await kgss.sealedXml(await kgss.newKeyXml({ ETK: Buffer.from('x') }))),
      'etk.malformed',
    )
  })

  it.each([0, 1, 15, 17, 24, 32])('brings a key of %i octets for the answer', async (octets) => {
    const { id } = await kgss.makeKey()
    await refusal(
      kgss.sendKey(await kgss.sealedXml(keyXml(id, kek(octets)), { by: 'nurse' })),
      'KeyEncryptionKey',
    )
  })

  it('brings nothing to seal the answer with, or a key without a name where it gives one', async () => {
    const { id } = await kgss.makeKey()
    await refusal(kgss.sendKey(await kgss.sealedXml(keyXml(id, {}), { by: 'nurse' })), 'neither')
    const empty = { ...kek(16), KeyEncryptionKeyIdentifier: new Uint8Array() }
    await refusal(
      kgss.sendKey(await kgss.sealedXml(keyXml(id, empty), { by: 'nurse' })),
      'KeyEncryptionKeyIdentifier',
    )
  })

  it('was changed on the way', async () => {
    const sealed = await kgss.sealedXml(await kgss.newKeyXml())
    for (const at of [50, 900, 3000, sealed.length - 300]) {
      const changed = Uint8Array.from(sealed)
      changed[at]! ^= 1
      await refusal(kgss.sendNewKey(changed), 'unseal.')
    }
    await refusal(kgss.sendNewKey(sealed.subarray(0, 2000)), 'unseal.malformed')
    await refusal(kgss.sendNewKey(new Uint8Array()), 'unseal.malformed')
  })

  it('is sealed for somebody else, or by somebody whom nobody knows', async () => {
    const to = [await kgss.people.physician.technical.etk.own()]
    await refusal(
      kgss.sendNewKey(await kgss.sealedXml(await kgss.newKeyXml(), { to })),
      'unseal.not-addressed',
    )
    await using other = await startSimulator()
    const stranger = await open(other, 'physician')
    const { authentication: unknown } = await stranger.session.keystore()
    const sealed = await seal(Buffer.from(await kgss.newKeyXml()), {
      credential: unknown,
      recipients: [await kgss.people.physician.technical.etk.get(kgssOwner)],
      runtime: kgss.simulator.runtime,
    })
    await refusal(kgss.sendNewKey(sealed), 'unseal.refused')
    await stranger.close()
  })

  it.each<[string, (xml: string) => string, string]>([
    ['no XML', () => 'a new key, please', 'xml.malformed'],
    ['half a document', (xml) => xml.slice(0, xml.length / 2), 'xml.malformed'],
    ['a document type', (xml) => `<!DOCTYPE a [<!ENTITY b "c">]>${xml}`, 'xml.doctype'],
    [
      'another request',
      (xml) => xml.replaceAll('GetNewKeyRequestContent', 'GetKeyRequestContent'),
      'contract.invalid',
    ],
    [
      'no reader',
      (xml) => xml.replace(/<kgss:AllowedReader>.*<\/kgss:AllowedReader>/, ''),
      'contract.invalid',
    ],
    ['the right spelling', (xml) => xml.replaceAll('ExludedReader', 'ExcludedReader'), 'contract.invalid'],
    [
      'a strategy that says something',
      (xml) => xml.replace('</kgss:ETK>', '</kgss:ETK><kgss:DeletionStrategy>now</kgss:DeletionStrategy>'),
      'contract.invalid',
    ],
    [
      'another order',
      (xml) =>
        xml.replace(/(<kgss:AllowedReader>.*<\/kgss:ExludedReader>)(<kgss:ETK>.*<\/kgss:ETK>)/, '$2$1'),
      'contract.invalid',
    ],
    ['an element more', (xml) => xml.replace('</kgss:ETK>', '</kgss:ETK><kgss:Extra/>'), 'contract.invalid'],
  ])('has %s inside', async (_, change, reason) => {
    const xml = await kgss.newKeyXml({ ExludedReader: [reader(doctorNumber)] })
    await refusal(kgss.sendNewKey(await kgss.sealedXml(change(xml))), reason)
    expect(kgss.refused.at(-1)).toMatchObject({ service: 'kgss', operation: 'GetNewKey', reason })
  })

  it('has a token and a key for the answer', async () => {
    const { id } = await kgss.makeKey()
    const xml = keyXml(id, kek(16)).replace(
      '<kgss:KeyEncryptionKey>',
      '<kgss:ETK>QUJD</kgss:ETK><kgss:KeyEncryptionKey>',
    )
    await refusal(kgss.sendKey(await kgss.sealedXml(xml, { by: 'nurse' })), 'contract.invalid')
  })

  it('is old: refused after ten minutes', async () => {
    const xml = await kgss.newKeyXml()
    expect(
      (await kgss.sendNewKey(await kgss.sealedXml(xml, { late: 9 * 60_000 }))).SealedNewKeyResponse,
    ).toBeDefined()
    await refusal(kgss.sendNewKey(await kgss.sealedXml(xml, { late: 11 * 60_000 })), 'SIGNING_TIME_EXPIRED')
  })

  it('is sent a second time: a reading counts once, a new key is another one and for its author alone', async () => {
    const { id } = await kgss.makeKey()
    const SealedContent = await kgss.sealedXml(keyXml(id, { ETK: await kgss.etkOf('nurse') }), {
      by: 'nurse',
    })
    const envelope = await buildEnvelope({
      security: await kgss.tokenOf('nurse'),
      body: { declaration: kgssOperations.getKey.request, value: { SealedKeyRequest: { SealedContent } } },
      runtime: kgss.simulator.runtime,
    })
    expect((await sendEnvelope(kgss.simulator, 'kgss', envelope)).status).toBe(200)
    expect(faultIn(await sendEnvelope(kgss.simulator, 'kgss', envelope))).toMatchObject({ code: 'SOA-01001' })
    // Somebody else's reading, sent with one's own token: judged by that token, and sealed for the other.
    expect(await kgss.sendKey(SealedContent, 'physician')).toEqual(noKeyFound)

    const request = await kgss.sealedXml(await kgss.newKeyXml())
    const answers = [await kgss.sendNewKey(request), await kgss.sendNewKey(request)]
    const ids = answers.map(async ({ SealedNewKeyResponse }) => {
      const sealed = SealedNewKeyResponse!.SealedContent
      await expect(kgss.openAs('nurse', sealed)).rejects.toMatchObject({ code: 'unseal.not-addressed' })
      return Buffer.from((await kgss.openAs('physician', sealed)).content).toString()
    })
    const [one, two] = await Promise.all(ids)
    expect(one).not.toBe(two)
  })

  it('is a reading without token, or with a certificate alone', async () => {
    const { id } = await kgss.makeKey()
    const SealedContent = await kgss.sealedXml(keyXml(id, { ETK: await kgss.etkOf('nurse') }), {
      by: 'nurse',
    })
    const { authentication: credential } = kgss.keystores.nurse
    for (const security of [{ kind: 'none' }, { kind: 'x509', credential }] as const) {
      const envelope = await buildEnvelope({
        security,
        body: { declaration: kgssOperations.getKey.request, value: { SealedKeyRequest: { SealedContent } } },
        runtime: kgss.simulator.runtime,
      })
      expect(faultIn(await sendEnvelope(kgss.simulator, 'kgss', envelope))).toMatchObject({
        code: 'SOA-01001',
      })
    }
  })

  it('is told nothing of what was in it', async () => {
    const secret = 'urn:be:fgov:a-reader-that-nobody-may-know'
    const xml = (await kgss.newKeyXml({ AllowedReader: [reader(secret)] })).replace(
      '</kgss:ETK>',
      '</kgss:ETK><kgss:Extra/>',
    )
    const outcome = await kgss.sendNewKey(await kgss.sealedXml(xml)).catch((error: unknown) => error)
    expect(outcome).toMatchObject({ code: 'fault.content' })
    expect(inspect([outcome, kgss.refused], { depth: 9 })).not.toContain(secret)
  })
})
