import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import type { Connection } from '../../../src/index.js'
import { startSimulator, type PersonaName, type Simulator } from '../../../src/simulator/index.js'
import { createKgss, KgssKey, readers, type Reader } from '../../../src/technical/kgss/index.js'
import { openKeystore } from '../../../src/technical/keystore/index.js'
import { readRecipients, unseal, unsealStream } from '../../../src/technical/seal/index.js'
import { keysOf } from '../../../src/simulator/services/kgss/store.js'
import { open } from './people.js'

let simulator: Simulator
const people = {} as Record<PersonaName, Connection<'ehbox'>>
beforeAll(async () => {
  simulator = await startSimulator()
  for (const name of ['physician', 'nurse', 'hospital'] as const) people[name] = await open(simulator, name)
})
afterAll(async () => {
  await Promise.all(Object.values(people).map((person) => person.close()))
  await simulator.close()
})
afterEach(() => simulator.faults.clear())

const content = Buffer.from('For whoever is a nurse')
const nurses = { allowed: [readers.nurse()] }

async function sealedFor(...allowed: Reader[]): Promise<{ sealed: Uint8Array; id: string }> {
  const { technical } = people.physician
  const key = await technical.kgss.newKey({ allowed })
  const sealed = await technical.seal(content, { secretKey: key })
  return { sealed, id: key.id }
}

describe('a message for readers who are not known', () => {
  it('is opened by whoever the access list means, and by nobody else', async () => {
    const { sealed, id } = await sealedFor(readers.nurse())
    expect(readRecipients(sealed)).toEqual({ serialNumbers: [], keyIdentifiers: [], secretKeyIds: [id] })
    const opened = await people.nurse.technical.kgss.unseal(sealed)
    expect(Buffer.from(opened.content)).toEqual(content)
    expect(opened).toMatchObject({
      author: { type: 'SSIN', value: simulator.personas.physician.ssin },
      errors: [],
      warnings: [],
    })
    for (const name of ['physician', 'hospital'] as const)
      await expect(people[name].technical.kgss.unseal(sealed)).rejects.toMatchObject({
        code: 'kgss.key-not-found',
        origin: 'partner',
        platform: { code: 'NO_KEY_FOUND', messages: [{ text: 'No key found', language: 'EN' }] },
      })
  })

  it('that is addressed as well is opened with the private key, without a word to the KGSS', async () => {
    const { technical } = people.physician
    const to = [await technical.etk.get({ type: 'SSIN', value: simulator.personas.nurse.ssin })]
    const sealed = await technical.seal(content, {
      to,
      secretKey: await technical.kgss.newKey({ allowed: [readers.anyDoctor()] }),
    })
    const before = simulator.calls('kgss', 'GetKey')
    expect(Buffer.from((await people.nurse.technical.kgss.unseal(sealed)).content)).toEqual(content)
    expect(simulator.calls('kgss', 'GetKey')).toBe(before)
    expect(Buffer.from((await people.physician.technical.kgss.unseal(sealed)).content)).toEqual(content)
    expect(simulator.calls('kgss', 'GetKey')).toBe(before + 1)
    await expect(people.hospital.technical.kgss.unseal(sealed)).rejects.toMatchObject({
      code: 'kgss.key-not-found',
    })
  })

  it('that names no key at all is not addressed to whoever has no key for it', async () => {
    const { technical } = people.physician
    const sealed = await technical.seal(content, { to: [await technical.etk.own()] })
    await expect(people.nurse.technical.kgss.unseal(sealed)).rejects.toMatchObject({
      code: 'unseal.not-addressed',
    })
    await expect(people.nurse.technical.kgss.unseal(content)).rejects.toMatchObject({
      code: 'unseal.malformed',
    })
  })

  it('is opened as a stream, its key asked for once it has named it', async () => {
    const { sealed } = await sealedFor(readers.nurse())
    const trust = people.nurse.session.trust.signers
    const openStream = (name: PersonaName) =>
      unsealStream(Readable.from([sealed.subarray(0, 100), sealed.subarray(100)]), {
        secretKey: people[name].technical.kgss.lookUp,
        trust,
        now: simulator.runtime,
      })
    const before = simulator.calls('kgss', 'GetKey')
    const opened = await openStream('nurse')
    expect(await buffer(opened.content)).toEqual(content)
    expect(simulator.calls('kgss', 'GetKey')).toBe(before + 1)
    await expect(openStream('hospital')).rejects.toMatchObject({ code: 'kgss.key-not-found' })
    await expect(people.nurse.technical.kgss.lookUp([])).rejects.toMatchObject({ code: 'kgss.key-id' })
  })

  it('is refused when it was changed, whatever the key', async () => {
    const { sealed } = await sealedFor(readers.nurse())
    const changed = Uint8Array.from(sealed)
    changed[changed.length - 20]! ^= 1
    await expect(people.nurse.technical.kgss.unseal(changed)).rejects.toMatchObject({
      code: 'unseal.refused',
    })
  })
})

describe('GetNewKey', () => {
  it('needs no token: the sealed content proves its author', async () => {
    await using ada = await open(simulator, 'physician')
    const before = simulator.calls('sts')
    const key = await ada.technical.kgss.newKey({
      allowed: [readers.person(simulator.personas.nurse.ssin), readers.doctor()],
      excluded: [readers.anyPharmacy()],
      deletionStrategy: true,
    })
    expect(simulator.calls('sts')).toBe(before)
    expect(key).toBeInstanceOf(KgssKey)
    expect([key.key.length, Buffer.from(key.id, 'base64').length]).toEqual([16, 24])
    expect(keysOf(simulator.world).get(key.id)).toMatchObject({
      key: Buffer.from(key.key),
      author: `SSIN=${simulator.personas.physician.ssin}`,
      deletionStrategy: true,
      allowed: [
        { Name: 'urn:be:fgov:person:ssin', Value: [simulator.personas.nurse.ssin] },
        { Name: 'urn:be:fgov:person:ssin:ehealth:1.0:doctor:nihii11', Value: [] },
      ],
      excluded: [{ Name: readers.anyPharmacy().name, Value: ['true'] }],
    })
  })

  it('gives another key each time', async () => {
    const { kgss } = people.physician.technical
    const [one, two] = await Promise.all([kgss.newKey(nurses), kgss.newKey(nurses)])
    expect(one.id).not.toBe(two.id)
    expect(Buffer.from(one.key)).not.toEqual(Buffer.from(two.key))
  })

  it.each<[string, unknown, string]>([
    ['allowed', {}, 'kgss.reader'],
    ['allowed', { allowed: [] }, 'kgss.reader'],
    ['allowed', { allowed: readers.nurse() }, 'kgss.reader'],
    ['allowed[0]', { allowed: [null] }, 'kgss.reader'],
    ['allowed[0].namespace', { allowed: [{ name: 'n' }] }, 'kgss.reader'],
    ['allowed[1].name', { allowed: [readers.nurse(), { namespace: 'n', name: 'a b' }] }, 'kgss.reader'],
    ['allowed[0].values', { allowed: [{ namespace: 'n', name: 'm', values: [1] }] }, 'kgss.reader'],
    ['excluded[0].name', { ...nurses, excluded: [{ namespace: 'n', name: '' }] }, 'kgss.reader'],
    ['readers', { readers: [] }, 'configuration.invalid'],
  ])('refuses %s of %j before anything is sent', async (path, options, code) => {
    const before = simulator.calls('kgss') + simulator.calls('etkDepot')
    await expect(people.nurse.technical.kgss.newKey(options as never)).rejects.toMatchObject({ code, path })
    expect(simulator.calls('kgss') + simulator.calls('etkDepot')).toBe(before)
  })

  it('refuses a keystore whose published token is of another one: nobody could open the answer', async () => {
    const { keystore, password } = simulator.personas.physician
    const opened = await openKeystore({ bytes: keystore }, { password })
    const foreign = await openKeystore(
      { bytes: simulator.personas.nurse.keystore },
      { password: simulator.personas.nurse.password },
    )
    await using renewed = await open(simulator, 'physician', {
      keystore: { ...opened, decryptionKeys: foreign.decryptionKeys },
    })
    const before = simulator.calls('kgss')
    await expect(renewed.technical.kgss.newKey(nurses)).rejects.toMatchObject({ code: 'kgss.own-token' })
    await using without = await open(simulator, 'physician', { keystore: { ...opened, decryptionKeys: [] } })
    await expect(without.technical.kgss.newKey(nurses)).rejects.toMatchObject({ code: 'kgss.own-token' })
    expect(simulator.calls('kgss')).toBe(before)
  })
})

describe('GetKey', () => {
  it.each(['token', 'one-time-key', undefined] as const)('answers for %s', async (answerFor) => {
    const { sealed, id } = await sealedFor(readers.nurse())
    const key = await people.nurse.technical.kgss.getKey(id, answerFor === undefined ? {} : { answerFor })
    expect(key.id).toBe(id)
    const { content: opened } = await unseal(sealed, {
      secretKey: key,
      trust: people.nurse.session.trust.signers,
      now: simulator.runtime,
    })
    expect(Buffer.from(opened)).toEqual(content)
  })

  it('serves a reader without encryption key, as with an eID alone', async () => {
    const { id } = await sealedFor(readers.nurse())
    const { keystore, password } = simulator.personas.nurse
    const opened = await openKeystore({ bytes: keystore }, { password })
    await using noor = await open(simulator, 'nurse', { keystore: { ...opened, decryptionKeys: [] } })
    const before = simulator.calls('etkDepot')
    expect((await noor.technical.kgss.getKey(id)).key).toHaveLength(16)
    // the token of the KGSS, and no other
    expect(simulator.calls('etkDepot')).toBe(before + 1)
    await expect(noor.technical.kgss.getKey(id, { answerFor: 'token' })).rejects.toMatchObject({
      code: 'kgss.own-token',
    })
  })

  it('takes the identifier as octets, too', async () => {
    const { id } = await sealedFor(readers.nurse())
    const key = await people.nurse.technical.kgss.getKey(Buffer.from(id, 'base64'))
    expect(key.id).toBe(id)
  })

  it('does not tell an unknown key from one that is not for the caller', async () => {
    const { id } = await sealedFor(readers.anyDoctor())
    const unknown = Buffer.alloc(24, 7)
    const errors = await Promise.all(
      [id, unknown].map((asked) =>
        people.nurse.technical.kgss.getKey(asked).catch((error: unknown) => error),
      ),
    )
    expect(errors[0]).toMatchObject({ code: 'kgss.key-not-found' })
    expect(JSON.stringify(errors[0])).toBe(JSON.stringify(errors[1]))
  })

  it.each(['', 'not base64!', 'QQ', 7, new Uint8Array(), new Uint8Array(2000)])(
    'refuses the identifier %j before anything is sent',
    async (id) => {
      const before = simulator.calls('kgss')
      await expect(people.nurse.technical.kgss.getKey(id as string)).rejects.toMatchObject({
        code: 'kgss.key-id',
        path: 'id',
      })
      expect(simulator.calls('kgss')).toBe(before)
    },
  )

  it('refuses options that there are not', async () => {
    const { kgss } = people.nurse.technical
    for (const options of [{ answerfor: 'token' }, { answerFor: 'me' }])
      await expect(kgss.getKey('QUJD', options as never)).rejects.toMatchObject({
        code: 'configuration.invalid',
      })
  })

  it('asks for a new token once where the platform refuses the old one', async () => {
    const { id } = await sealedFor(readers.nurse())
    simulator.faults.add({ kind: 'soa', code: 'SOA-01001', service: 'kgss', operation: 'GetKey' })
    const before = simulator.calls('sts')
    expect((await people.nurse.technical.kgss.getKey(id)).id).toBe(id)
    expect(simulator.calls('sts')).toBe(before + 1)
  })
})

describe('a client of the KGSS', () => {
  it('seals for another KGSS, and sends another security header, where that is asked for', async () => {
    const other = createKgss(people.nurse.session, {
      identifier: { type: 'CBE', value: '0809394427', application: 'KGSS-2' },
    })
    await expect(other.newKey(nurses)).rejects.toMatchObject({ code: 'etk.not-found' })
    // This KGSS ignores a header that it does not need, and demands the token for GetKey.
    for (const security of ['saml-hok', 'x509'] as const)
      expect((await createKgss(people.physician.session, { security }).newKey(nurses)).key).toHaveLength(16)
    const { id } = await sealedFor(readers.nurse())
    expect((await createKgss(people.nurse.session, { security: 'saml-hok' }).getKey(id)).id).toBe(id)
    await expect(
      createKgss(people.nurse.session, { security: { getNewKey: 'none', getKey: 'x509' } }).getKey(id),
    ).rejects.toMatchObject({ code: 'fault.not-authenticated' })
  })

  it.each<[string, unknown]>([
    ['security', { security: 'constructor' }],
    ['security.getKey', { security: { getNewKey: 'none', getKey: 'saml' } }],
    ['keyCache', { keyCache: 'on' }],
    ['keyCache.lifetime', { keyCache: { lifetime: 0 } }],
    ['keyCache.maxKeys', { keyCache: { lifetime: 1, maxKeys: 0.5 } }],
    ['cache', { cache: 'off' }],
  ])('refuses the option %s of %j', (path, options) => {
    expect(() => createKgss(people.nurse.session, options as never)).toThrow(
      expect.objectContaining({ code: 'configuration.invalid', path }) as Error,
    )
  })

  it('ends with its session', async () => {
    const noor = await open(simulator, 'nurse')
    await noor.close()
    await expect(noor.technical.kgss.getKey('QUJD')).rejects.toMatchObject({ code: 'configuration.closed' })
    await expect(noor.technical.kgss.newKey(nurses)).rejects.toMatchObject({ code: 'configuration.closed' })
  })
})
