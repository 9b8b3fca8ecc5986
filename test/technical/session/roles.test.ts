import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { connect } from '../../../src/index.js'
import { hospital } from '../../../src/professions/index.js'
import type { Simulator } from '../../../src/simulator/index.js'
import { checkOwnToken, etkDepot } from '../../../src/technical/etk/index.js'
import type { DecryptionKey } from '../../../src/technical/keystore/index.js'
import { sealAs, unsealAs, type SessionOptions } from '../../../src/technical/session/index.js'
import { cardHolder, environmentOf, listener, opener, startWorld, vectors } from './people.js'

let simulator: Simulator
beforeAll(async () => {
  simulator = await startWorld()
})
afterAll(() => simulator.close())
const { open, persona, closeAll } = opener(() => simulator)
afterEach(closeAll)

const card = async () => (await vectors.keystore('eid-like', 'Authentication')).authentication
const locked = (name: string, alias = 'authentication') => ({
  bytes: vectors.read(`keystores/${name}.p12`),
  password: 'etee-alpha',
  alias,
})
const userSession = 'urn:be:fgov:ehealth:1.0:certificateholder:person:ssin:usersession:boolean'
const withUserSession = {
  ...cardHolder,
  attributes: [
    ...cardHolder.attributes.filter(({ name }) => name !== userSession),
    { name: userSession, namespace: 'urn:be:fgov:certified-namespace:ehealth' },
  ],
}

describe('a session can be made from', () => {
  const challenged = async (options: Omit<SessionOptions, 'environment'>) => {
    const before = simulator.calls('sts', 'Challenge')
    const session = open(options)
    const token = await session.token()
    return { session, token, challenges: simulator.calls('sts', 'Challenge') - before }
  }

  it('a keystore alone: it identifies, holds and opens', async () => {
    const { session, token, challenges } = await challenged({
      actor: withUserSession,
      keystore: locked('sender'),
    })
    expect(challenges).toBe(0)
    expect(token.values(userSession)).toEqual(['false'])
    const { authentication, decryptionKeys } = await session.keystore()
    expect(
      authentication.certificate.equals((await vectors.keystore('sender')).authentication.certificate),
    ).toBe(true)
    expect(decryptionKeys.length).toBeGreaterThan(0)
  })

  it('a card alone: it identifies and holds, and opens nothing', async () => {
    const { session, token, challenges } = await challenged({
      actor: withUserSession,
      identification: await card(),
    })
    expect(challenges).toBe(0)
    expect(token.values(userSession)).toEqual(['true'])
    const { authentication, decryptionKeys, identity } = await session.keystore()
    expect(authentication.certificate.equals((await card()).certificate)).toBe(true)
    expect(decryptionKeys).toEqual([])
    expect(identity).toMatchObject({ type: 'SSIN', kind: 'person' })
  })

  it('a card for the key of a keystore: the card identifies, the key of the keystore holds', async () => {
    const { session, token, challenges } = await challenged({
      actor: withUserSession,
      identification: await card(),
      keystore: locked('sender'),
    })
    expect(challenges).toBe(1)
    expect(token.values(userSession)).toEqual(['true'])
    const { authentication } = await session.keystore()
    expect(authentication.certificate.equals((await card()).certificate)).toBe(false)
  })

  it('a card in a file, opened by its own alias', async () => {
    const { token, challenges } = await challenged({
      actor: withUserSession,
      identification: locked('eid-like', 'Authentication'),
      holderOfKey: locked('sender'),
    })
    expect([challenges, token.values(userSession)]).toEqual([1, ['true']])
  })

  it('three keys for the three roles', async () => {
    const { session, challenges } = await challenged({
      actor: withUserSession,
      identification: await card(),
      holderOfKey: (await vectors.keystore('sender')).authentication,
      encryption: locked('recipient-a'),
    })
    expect(challenges).toBe(1)
    const { authentication, decryptionKeys, identity } = await session.keystore()
    const { decryptionKeys: expected } = await vectors.keystore('recipient-a')
    expect(identity.type).toBe('SSIN')
    expect(
      authentication.certificate.equals((await vectors.keystore('sender')).authentication.certificate),
    ).toBe(true)
    expect(decryptionKeys.map(({ certificate }) => certificate.fingerprint)).toEqual(
      expected.map(({ certificate }) => certificate.fingerprint),
    )
    // what others seal for is the token of whoever owns the keys that open
    expect(await session.keys.owner()).toMatchObject({ type: 'NIHII-HOSPITAL', value: '99990172' })
    const { encryptionCertificate } = await etkDepot(session).own()
    expect(encryptionCertificate.equals(expected[0]!.certificate)).toBe(true)
  })

  it('none of them: that is told at once', () => {
    expect(() => open({ actor: cardHolder })).toThrow(
      expect.objectContaining({ code: 'configuration.invalid', path: 'keystore' }),
    )
  })

  it.each([
    ['holderOfKey', { file: 'x.p12' }],
    ['encryption', [{}]],
    ['identification', { bytes: new Uint8Array(3), password: 3 }],
  ])('not from an impossible %s', (name, value) => {
    expect(() => open({ actor: cardHolder, keystore: locked('sender'), [name]: value as never })).toThrow(
      expect.objectContaining({
        code: 'configuration.invalid',
        path: expect.stringContaining(name) as string,
      }),
    )
  })

  it('a keystore that was not there, once it is', async () => {
    const session = open({ actor: cardHolder, keystore: { file: '/nowhere/sender.p12', password: 'x' } })
    await expect(session.keystore()).rejects.toMatchObject({ code: 'keystore.not-found' })
    await expect(session.keystore()).rejects.toMatchObject({ code: 'keystore.not-found' })
  })
})

describe('keys that open', () => {
  const previous = () => vectors.read('sealed/previous-key/kib.cms')
  const current = () => vectors.read('sealed/one-recipient/kib.cms')
  const plain = () => vectors.read('plain/kib.bin')
  const reader = async (keys: readonly DecryptionKey[]) =>
    open({ actor: cardHolder, keystore: locked('sender'), encryption: keys })
  const options = () => ({ trust: vectors.trust, ocsp: 'none' as const })

  it('are loaded and unloaded while the session lives, older ones included', async () => {
    const session = await reader([])
    await expect(unsealAs(session, previous(), options())).rejects.toMatchObject({
      code: 'unseal.not-addressed',
    })
    const added = await session.keys.load(locked('recipient-a'))
    expect(added.length).toBeGreaterThan(1)
    for (const sealed of [previous(), current()])
      expect(Buffer.from((await unsealAs(session, sealed, options())).content).equals(plain())).toBe(true)

    // the newest goes, the older one stays
    const [newest] = await session.keys.all()
    await session.keys.unload([newest!.certificate])
    await expect(unsealAs(session, current(), options())).rejects.toMatchObject({
      code: 'unseal.not-addressed',
    })
    expect((await unsealAs(session, previous(), options())).content.length).toBe(plain().length)

    await session.keys.unload('all')
    expect(await session.keys.all()).toEqual([])
    await expect(unsealAs(session, previous(), options())).rejects.toMatchObject({
      code: 'unseal.not-addressed',
    })
  })

  it('are loaded once, and come newest first wherever they come from', async () => {
    const session = await reader([])
    const first = await session.keys.load(locked('recipient-a'))
    expect(await session.keys.load((await vectors.keystore('recipient-a')).decryptionKeys)).toEqual([])
    await session.keys.load(locked('recipient-b'))
    const begins = (await session.keys.all()).map(({ certificate }) => certificate.notBefore.getTime())
    expect(begins.length).toBeGreaterThan(first.length)
    expect(begins).toEqual(begins.toSorted((a, b) => b - a))
  })

  it('are of no use any more to whoever still has one in hand', async () => {
    const session = open({ actor: cardHolder, keystore: locked('recipient-a') })
    const [kept] = await session.keys.all()
    expect((await kept!.unwrapKey(new Uint8Array(256), 16)).length).toBe(16)
    await session.keys.unload([kept!.certificate])
    await expect(kept!.unwrapKey(new Uint8Array(256), 16)).rejects.toMatchObject({
      code: 'keystore.unloaded',
    })

    const [other] = await session.keys.all()
    await session.close()
    await expect(other!.unwrapKey(new Uint8Array(256), 16)).rejects.toMatchObject({
      code: 'keystore.unloaded',
    })
    await expect(session.keys.all()).rejects.toMatchObject({ code: 'configuration.closed' })
    await expect(session.keys.load([])).rejects.toMatchObject({ code: 'configuration.closed' })
    await expect(session.keys.unload('all')).rejects.toMatchObject({ code: 'configuration.closed' })
  })

  it('of the caller stay the caller’s: an open keystore works on after the session', async () => {
    const store = await vectors.keystore('recipient-a')
    const session = open({ actor: cardHolder, keystore: store })
    await session.keystore()
    await session.close()
    expect((await store.decryptionKeys[0]!.unwrapKey(new Uint8Array(256), 16)).length).toBe(16)
  })

  it('are those of the session alone', async () => {
    const [one, other] = [await reader([]), await reader([])]
    await one.keys.load(locked('recipient-a'))
    await expect(unsealAs(other, current(), options())).rejects.toMatchObject({
      code: 'unseal.not-addressed',
    })
  })

  it('that are loaded open a message that was sealed by the session itself', async () => {
    const session = persona('physician')
    const { decryptionKeys } = await vectors.keystore('recipient-b')
    const sealed = await sealAs(session, Buffer.from('to whom it may concern'), {
      recipients: [decryptionKeys[0]!.certificate],
    })
    await session.keys.load(decryptionKeys)
    expect(Buffer.from((await unsealAs(session, sealed)).content).toString()).toBe('to whom it may concern')
  })

  it('that cannot be read are told by the usual codes', async () => {
    const session = await reader([])
    await expect(session.keys.load({ ...locked('recipient-a'), password: 'wrong' })).rejects.toMatchObject({
      code: 'keystore.password',
    })
    await expect(session.keys.load({ file: '/nowhere.p12', password: '' })).rejects.toMatchObject({
      code: 'keystore.not-found',
    })
  })
})

describe('the check of the own encryption token', () => {
  const connected = (options: Partial<Parameters<typeof connect<'ehbox'>>[0]>) =>
    connect({
      environment: environmentOf(simulator),
      runtime: simulator.runtime,
      as: cardHolder,
      keystore: locked('sender'),
      ...options,
    })

  it('passes when one of the keys fits, without a login', async () => {
    const before = simulator.calls('sts')
    await using me = await connected({ checkOwnToken: 'require' })
    const token = await checkOwnToken(me.session)
    const keys = await me.session.keys.all()
    expect(keys.some(({ certificate }) => certificate.equals(token.encryptionCertificate))).toBe(true)
    expect(simulator.calls('sts')).toBe(before)
  })

  it('refuses to connect with keys of before the last renewal', async () => {
    const keys = (await vectors.keystore('recipient-a')).decryptionKeys
    const old = keys.slice(1)
    const asHospital = {
      as: hospital({ nihii: '99990172' }),
      keystore: locked('recipient-a'),
      checkOwnToken: 'require' as const,
    }
    await expect(connect({ ...base(), ...asHospital, encryption: old })).rejects.toMatchObject({
      code: 'etk.own-key',
      origin: 'client',
      details: { keys: 1 },
    })
    await using me = await connect({ ...base(), ...asHospital, encryption: keys })
    expect(me.session.closed).toBe(false)
  })
  const base = () => ({ environment: environmentOf(simulator), runtime: simulator.runtime })

  it('refuses when nothing is published', async () => {
    await expect(
      connected({ checkOwnToken: 'require', encryption: locked('recipient-b') }),
    ).rejects.toMatchObject({ code: 'etk.not-found' })
  })

  it('only warns where that was asked for', async () => {
    const { events, on } = listener()
    await using me = await connected({ checkOwnToken: 'warn', encryption: [], on })
    expect(events).toContainEqual(
      expect.objectContaining({ type: 'etk', ownerType: 'own', code: 'etk.own-key' }),
    )
    expect((await me.session.token()).id).toBeTruthy()
  })

  it('takes no other word', async () => {
    await expect(connected({ checkOwnToken: 'maybe' as never })).rejects.toMatchObject({
      code: 'configuration.invalid',
      path: 'checkOwnToken',
    })
  })
})
