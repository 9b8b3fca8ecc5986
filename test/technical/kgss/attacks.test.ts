import { createPrivateKey } from 'node:crypto'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import type { Connection } from '../../../src/index.js'
import { startSimulator, type Simulator } from '../../../src/simulator/index.js'
import type { KgssKey } from '../../../src/technical/kgss/index.js'
import { readers } from '../../../src/technical/kgss/index.js'
import { openKeystore, softwareCredential, type Keystore } from '../../../src/technical/keystore/index.js'
import { Certificate } from '../../../src/technical/pki/index.js'
import { seal, unseal } from '../../../src/technical/seal/index.js'
import { createWire, open, sealedIn, withSealed, type Wire } from './people.js'

let directory: string
let simulator: Simulator
let wire: Wire
let ada: Connection<'ehbox'>
let noor: Connection<'ehbox'>
/** Keys of the KGSS itself: what it seals here is right in everything but what the test makes wrong. */
let kgss: Keystore
/** A key of the physician's for nurses. */
let made: KgssKey

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'kgss-'))
  simulator = await startSimulator({ dir: directory })
  const passwords = JSON.parse(await readFile(join(directory, 'pki/passwords.json'), 'utf8')) as {
    kgss: string
  }
  kgss = await openKeystore({ file: join(directory, 'pki/kgss.p12') }, { password: passwords.kgss })
  wire = createWire(simulator)
  ada = await open(simulator, 'physician', { transport: wire })
  noor = await open(simulator, 'nurse', { transport: wire })
  made = await ada.technical.kgss.newKey({ allowed: [readers.nurse()] })
})
afterAll(async () => {
  await Promise.all([ada.close(), noor.close()])
  wire.close()
  await simulator.close()
  await rm(directory, { recursive: true })
})
afterEach(() => {
  wire.answer = undefined
  wire.request = undefined
  simulator.faults.clear()
})

const newKey = () => ada.technical.kgss.newKey({ allowed: [readers.nurse()] })
const getKey = (answerFor: 'token' | 'one-time-key' = 'token') =>
  noor.technical.kgss.getKey(made.id, { answerFor })

/** Answers with this XML, sealed by whoever is given, so much later or earlier, for the token of whoever asks. */
function answerWith(inner: (xml: string) => string, by: Keystore = kgss, later = 0): void {
  wire.answer = async (text) => {
    const me = text.includes('GetNewKeyResponse') ? ada : noor
    const { runtime } = simulator
    const { decryptionKeys } = await me.session.keystore()
    const { signers } = me.session.trust
    const opened = await unseal(sealedIn(text), { keys: decryptionKeys, trust: signers, now: runtime })
    const content = Buffer.from(inner(Buffer.from(opened.content).toString()))
    const sealed = await seal(content, {
      credential: by.authentication,
      recipients: [await me.technical.etk.own()],
      runtime: { ...runtime, now: () => new Date(runtime.now().getTime() + later) },
    })
    return withSealed(text, sealed)
  }
}

describe('an answer', () => {
  it('that is only sealed again by the KGSS is as good as before', async () => {
    answerWith((xml) => xml)
    expect((await newKey()).key).toHaveLength(16)
    expect(Buffer.from((await getKey()).key)).toEqual(Buffer.from(made.key))
  })

  it('signed by somebody else is refused, however good his certificate', async () => {
    answerWith((xml) => xml, await noor.session.keystore())
    await expect(newKey()).rejects.toMatchObject({ code: 'kgss.signer' })
    answerWith((xml) => xml, await ada.session.keystore())
    await expect(getKey()).rejects.toMatchObject({ code: 'kgss.signer' })
  })

  it('signed by an authority of the platform that is no actor is refused', async () => {
    const pem = (name: string) => readFile(join(directory, `pki/${name}.pem`), 'utf8')
    const authentication = softwareCredential({
      certificate: Certificate.from(await pem('registrationAuthority')),
      chain: [],
      privateKey: createPrivateKey(await pem('registrationAuthority.key')),
    })
    answerWith((xml) => xml, { ...kgss, authentication })
    await expect(newKey()).rejects.toMatchObject({ code: 'kgss.signer' })
  })

  it('signed by a KGSS of that name under another authority is refused', async () => {
    const other = await mkdtemp(join(tmpdir(), 'kgss-'))
    await (await startSimulator({ dir: other })).close()
    const { kgss: password } = JSON.parse(await readFile(join(other, 'pki/passwords.json'), 'utf8')) as {
      kgss: string
    }
    answerWith((xml) => xml, await openKeystore({ file: join(other, 'pki/kgss.p12') }, { password }))
    await expect(newKey()).rejects.toMatchObject({
      code: 'kgss.answer',
      details: { code: 'unseal.refused', errors: ['OUTER_CERTIFICATE_CHAIN_NOT_TRUSTED'] },
    })
    await rm(other, { recursive: true })
  })

  it('that was changed on the way is refused', async () => {
    for (const at of [40, 1500, -300]) {
      wire.answer = (text) => {
        const sealed = sealedIn(text)
        sealed[at < 0 ? sealed.length + at : at]! ^= 1
        return withSealed(text, sealed)
      }
      for (const attempt of [newKey, getKey, () => getKey('one-time-key')])
        await expect(attempt()).rejects.toMatchObject({ code: 'kgss.answer' })
    }
  })

  it.each([0, 1, 100, 2000])('cut down to %i octets is refused', async (length) => {
    wire.answer = (text) => withSealed(text, sealedIn(text).subarray(0, length))
    for (const attempt of [newKey, getKey])
      await expect(attempt()).rejects.toMatchObject({ code: 'kgss.answer' })
  })

  it('to an earlier request for a new key is refused: others may read that key', async () => {
    await newKey()
    const earlier = wire.seen.at(-1)!.answer
    wire.answer = () => earlier
    await expect(newKey()).rejects.toMatchObject({ code: 'kgss.answer' })
  })

  it('signed long ago is refused', async () => {
    answerWith((xml) => xml, kgss, -3_600_000)
    await expect(newKey()).rejects.toMatchObject({
      code: 'kgss.answer',
      details: { warnings: ['SIGNING_TIME_EXPIRED'] },
    })
  })

  it('for another key id opens nothing: bound to its request by the one-time key, useless otherwise', async () => {
    const other = await newKey()
    const content = Buffer.from('for nurses')
    const sealed = await ada.technical.seal(content, { secretKey: made })
    await noor.technical.kgss.getKey(other.id, { answerFor: 'token' })
    const answerForOther = wire.seen.at(-1)!.answer
    wire.answer = () => answerForOther
    await expect(getKey('one-time-key')).rejects.toMatchObject({ code: 'kgss.answer' })
    await expect(noor.technical.kgss.unseal(sealed)).rejects.toMatchObject({ code: 'unseal.not-addressed' })
    wire.answer = undefined
    expect(Buffer.from((await noor.technical.kgss.unseal(sealed)).content)).toEqual(content)
  })
})

describe('XML inside of an answer', () => {
  const content =
    (inside: string, root = 'GetNewKeyResponseContent', attributes = '') =>
    () =>
      `<k:${root} xmlns:k="urn:be:fgov:ehealth:etee:kgss:1_0:protocol"${attributes}>${inside}</k:${root}>`
  const id = '<k:NewKeyIdentifier>QUJD</k:NewKeyIdentifier>'
  const key = (octets: number) => `<k:NewKey>${Buffer.alloc(octets, 1).toString('base64')}</k:NewKey>`

  it('is taken in any form that means the same', async () => {
    answerWith(() => `<?xml version="1.0"?>\n${content(`\n ${id}\n <!-- - -->${key(16)}`)()}\n`)
    expect(await newKey()).toMatchObject({ id: 'QUJD' })
  })

  it.each<[string, string, () => string]>([
    ['no XML', 'xml.malformed', () => 'a key'],
    ['nothing', 'xml.malformed', () => ''],
    ['half a document', 'xml.malformed', () => content(id + key(16))().slice(0, 150)],
    ['far too much', 'xml.limit', () => content(`${id}${key(16)}`)().replace('QUJD', 'QUJD'.repeat(20_000))],
    ['a bomb of elements', 'xml.limit', content('<k:a/>'.repeat(2000))],
    ['a document type', 'xml.doctype', () => `<!DOCTYPE a [<!ENTITY b "c">]>${content(id + key(16))()}`],
    ['another element', 'contract.unreadable', content('', 'GetKeyResponseContent')],
    ['no key', 'contract.unreadable', content('')],
    ['an identifier alone', 'contract.unreadable', content(id)],
    ['a key alone', 'contract.unreadable', content(key(16))],
    ['two keys', 'contract.unreadable', content(id + key(16) + key(16))],
    ['no base64', 'contract.unreadable', content(`${id}<k:NewKey>###</k:NewKey>`)],
    ['an empty identifier', 'kgss.unusable-key', content(`<k:NewKeyIdentifier/>${key(16)}`)],
    ['an empty key', 'kgss.unusable-key', content(`${id}<k:NewKey/>`)],
    ['a key of 15 octets', 'kgss.unusable-key', content(id + key(15))],
    ['a key of 256 bits, which nobody can open', 'kgss.unusable-key', content(id + key(32))],
  ])('that is %s is refused: %s', async (_, code, xml) => {
    answerWith(xml)
    await expect(newKey()).rejects.toMatchObject({ code })
  })

  it('without the key that was asked for is refused', async () => {
    answerWith(content('', 'GetKeyResponseContent'))
    await expect(getKey()).rejects.toMatchObject({
      code: 'contract.unreadable',
      path: 'GetKeyResponseContent.Key',
    })
  })
})

describe('what an answer says of itself', () => {
  const status = (code: string) => (text: string) => text.replace('<Code>200<', `<Code>${code}<`)
  const error = (code: string) => (text: string) =>
    text.replace(
      '</Status>',
      `</Status><Error><Code>${code}</Code><Message Lang="FR">Non</Message><Message>No</Message></Error>`,
    )

  it.each(['100', '200'])('is success with status %s', async (code) => {
    wire.answer = status(code)
    expect((await getKey()).key).toHaveLength(16)
    expect((await newKey()).key).toHaveLength(16)
  })

  it.each(['300', '404', '500', '', 'a sentence about somebody'])(
    'is a refusal with status %j',
    async (code) => {
      wire.answer = status(code)
      const refusal = await getKey().catch((caught: unknown) => caught)
      expect(refusal).toMatchObject({
        code: 'kgss.refused',
        platform: { code, messages: [{ text: 'Success' }] },
      })
      expect((refusal as Error).message).not.toContain('somebody')
    },
  )

  it('is a refusal with an Error, whatever the status, and a key beside it', async () => {
    wire.answer = error('UNKNOWN_REASON')
    await expect(newKey()).rejects.toMatchObject({
      code: 'kgss.refused',
      platform: { code: 'UNKNOWN_REASON', messages: [{ text: 'Non', language: 'FR' }, { text: 'No' }] },
    })
    wire.answer = error('NO_KEY_FOUND')
    await expect(getKey()).rejects.toMatchObject({ code: 'kgss.key-not-found' })
  })

  it('is unreadable without status, and without sealed content', async () => {
    wire.answer = (text) => text.replace(/<Status>.*<\/Status>/, '')
    await expect(getKey()).rejects.toMatchObject({ code: 'contract.unreadable' })
    wire.answer = (text) => text.replace(/<kgss:Sealed(NewKey|Key)Response>.*<\/kgss:Sealed\1Response>/, '')
    await expect(getKey()).rejects.toMatchObject({ path: 'GetKeyResponse.SealedKeyResponse' })
    await expect(newKey()).rejects.toMatchObject({ path: 'GetNewKeyResponse.SealedNewKeyResponse' })
  })

  it('may be a fault in the words of the KGSS', async () => {
    const fault = (code: string, detail: string) => (text: string) =>
      text.replace(
        /<S:Body>.*<\/S:Body>/,
        `<S:Body><S:Fault><faultcode>${code}</faultcode><faultstring>-</faultstring>${detail}</S:Fault></S:Body>`,
      )
    wire.answer = fault(
      'S:Server',
      '<detail><e:ApplicationErrors xmlns:e="urn:be:fgov:ehealth:etee:commons:1_0:etee" FaultId="F-1">' +
        '<Code>KGSS-1</Code><Message Lang="EN">No</Message></e:ApplicationErrors></detail>',
    )
    await expect(newKey()).rejects.toMatchObject({
      code: 'fault.business',
      platform: { code: 'KGSS-1', id: 'F-1', messages: [{ text: 'No', language: 'EN' }] },
    })
    // A token that is refused is asked for anew, once.
    const before = simulator.calls('sts')
    wire.answer = fault('wsse:InvalidSecurity', '')
    await expect(getKey()).rejects.toMatchObject({ code: 'fault.not-authenticated' })
    expect(simulator.calls('sts')).toBe(before + 1)
  })
})
