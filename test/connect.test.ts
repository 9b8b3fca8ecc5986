import { inspect } from 'node:util'
import { describe, expect, expectTypeOf, it } from 'vitest'

import { connect, EHealthError, type Connection } from '../src/index.js'
import type { Ehbox } from '../src/business/ehbox/index.js'
import { nurse, physician } from '../src/professions/index.js'

const password = 'never to be shown'
const ssin = '90010199794'
const options = {
  environment: 'acceptance' as const,
  keystore: { file: 'there-is-no-such-file.p12', password },
  as: physician({ ssin, nihii: '10000106004' }),
}

const refused = async (changes: Record<string, unknown>): Promise<EHealthError> => {
  const error: unknown = await connect({ ...options, ...changes }).then(
    () => new Error('was accepted'),
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(EHealthError)
  return error as EHealthError
}

describe('connect', () => {
  it('opens no file and makes no call', async () => {
    const events: unknown[] = []
    const me = await connect({ ...options, on: (event) => events.push(event) })
    expect(events).toEqual([])
    await me.close()
  })

  it('gives the services of the profession, and the compiler knows which', async () => {
    await using me = await connect(options)
    expectTypeOf(me).toEqualTypeOf<
      Connection<
        | 'ehbox'
        | 'eh2ebox'
        | 'addressBook'
        | 'consent'
        | 'therlink'
        | 'access'
        | 'idSupport'
        | 'memberData'
        | 'genericAsync'
        | 'memberDataAsync'
        | 'registration'
        | 'rnConsult'
        | 'ssinHistory'
      >
    >()
    expectTypeOf(me.ehbox).toEqualTypeOf<Ehbox>()
    expect(Object.keys(me).sort()).toEqual([
      'access',
      'addressBook',
      'close',
      'consent',
      'eh2ebox',
      'ehbox',
      'genericAsync',
      'idSupport',
      'memberData',
      'memberDataAsync',
      'registration',
      'rnConsult',
      'session',
      'ssinHistory',
      'technical',
      'therlink',
    ])
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['an option with a typing error', { time0ut: 1 }, 'time0ut'],
    [
      'an option of the keystore with a typing error',
      { keystore: { ...options.keystore, pasword: 'x' } },
      'keystore.pasword',
    ],
    ['a keystore without source', { keystore: { password } }, 'keystore'],
    ['a keystore with two sources', { keystore: { file: 'a', bytes: Buffer.of(1), password } }, 'keystore'],
    ['a password that is no text', { keystore: { file: 'a', password: 1 } }, 'keystore.password'],
    ['no keystore', { keystore: undefined }, 'keystore'],
    ['no environment', { environment: undefined }, 'environment'],
    ['an environment that nobody knows', { environment: 'acpt' }, 'environment'],
    ['no profession', { as: undefined }, 'as'],
    ['a profession that is a mere word', { as: 'physician' }, 'as'],
    ['a lifetime of nothing', { validity: 0 }, 'validity'],
    ['a timeout that is no number', { timeout: '30s' }, 'timeout'],
    ['an empty directory name', { record: '' }, 'record'],
    ['trust of a kind that is unknown', { trust: { st: [] } }, 'trust.st'],
    ['trust without certificates', { trust: { sts: ['-----BEGIN NOTHING-----'] } }, 'trust.sts[0]'],
    ['trust that is no list', { trust: { signers: 'pem' } }, 'trust.signers'],
    [
      'an eID with a typing error',
      { identification: { file: 'a', password, allias: '' } },
      'identification.allias',
    ],
  ])('refuses %s', async (_, changes, path) => {
    const error = await refused(changes)
    expect(error).toMatchObject({ code: 'configuration.invalid', path })
    expect(JSON.stringify(error)).not.toContain(password)
  })

  it('says how a profession is given, by the name of the one that was meant', async () => {
    for (const as of ['nurse', nurse])
      expect(await refused({ as })).toMatchObject({
        message: 'as: expected a profession, for instance nurse({ ssin, nihii })',
        hint: expect.stringContaining('Call the function of ehealth-connectors/professions') as string,
      })
    expect(await refused({ as: 'nobody' })).toMatchObject({
      message: expect.stringContaining('physician({') as string,
    })
  })

  it('says which certificate of the trust material is damaged', async () => {
    expect(await refused({ trust: { sts: [Buffer.from('300a', 'hex')] } })).toMatchObject({
      code: 'certificate.malformed',
      path: 'trust.sts[0]',
    })
  })

  it('tells that the keystore is missing when it is needed, every time', async () => {
    await using me = await connect(options)
    for (const attempt of [1, 2])
      await expect(me.session.keystore(), `attempt ${attempt}`).rejects.toMatchObject({
        code: 'keystore.not-found',
      })
  })

  it('shows neither password nor numbers in logs', async () => {
    await using me = await connect(options)
    for (const shown of [
      inspect(me, { depth: 10 }),
      inspect(me.session, { depth: 10, showHidden: true }),
      JSON.stringify(me.session),
    ]) {
      expect(shown).toContain('physician')
      expect(shown).not.toContain(password)
      expect(shown).not.toContain(ssin)
    }
  })

  it('is over after close: everything says so', async () => {
    const me = await connect(options)
    await me.close()
    await me.close()
    const closed = { code: 'configuration.closed' }
    await expect(me.session.keystore()).rejects.toMatchObject(closed)
    await expect(me.technical.token()).rejects.toMatchObject(closed)
    await expect(me.technical.etk.own()).rejects.toMatchObject(closed)
    await expect(me.technical.etk.get({ type: 'SSIN', value: ssin })).rejects.toMatchObject(closed)
    await expect(me.technical.seal(Buffer.of(1), { to: [] })).rejects.toMatchObject(closed)
    await expect(me.technical.unseal(Buffer.of(1))).rejects.toMatchObject(closed)
  })
})
