import { inspect } from 'node:util'
import { describe, expect, expectTypeOf, it } from 'vitest'

import type { Ehbox } from '../../src/business/ehbox/index.js'
import { connect, EHealthError, type Connection } from '../../src/index.js'
import {
  customProfession,
  nurse,
  offers,
  patient,
  physician,
  professionNames,
  type Profession,
} from '../../src/professions/index.js'
import { businessServiceNames, servicesOf } from '../../src/professions/services.js'

const ssin = '90010199794'
const common = {
  environment: 'acceptance' as const,
  keystore: { file: 'there-is-no-such-file.p12', password: '' },
}

/** What asking for a service throws. */
function refusalOf(me: Connection<never>, service: string): EHealthError {
  try {
    void (me as unknown as Record<string, unknown>)[service]
  } catch (error) {
    expect(error).toBeInstanceOf(EHealthError)
    return error as EHealthError
  }
  throw new Error('not refused')
}

describe('the services of a connection', () => {
  it('are those of the profession, for the compiler', async () => {
    await using me = await connect({ ...common, as: nurse({ ssin }) })
    expectTypeOf(me.ehbox).toEqualTypeOf<Ehbox>()
    await using citizen = await connect({ ...common, as: patient({ ssin }) })
    expectTypeOf<'ehbox' extends keyof typeof citizen ? true : false>().toEqualTypeOf<false>()
    // @ts-expect-error a patient has no eHealthBox
    expect(() => citizen.ehbox).toThrow()
  })

  it('are those of the profession, at run time', async () => {
    await using me = await connect({ ...common, as: nurse({ ssin }) })
    expect(me).toHaveProperty('ehbox')
    await using citizen = await connect({ ...common, as: patient({ ssin }) })
    expect(Object.keys(citizen).sort()).toEqual([
      'access',
      'close',
      'consent',
      'exclusions',
      'session',
      'technical',
      'therlink',
    ])
    expect('ehbox' in citizen).toBe(false)
  })

  it('that the profession does not have say why, and who may', async () => {
    await using me = await connect({ ...common, as: patient({ ssin }) })
    const refusal = refusalOf(me, 'ehbox')
    expect(refusal).toMatchObject({
      code: 'service.not-offered',
      origin: 'client',
      message: 'eHealthBox is not offered to the profession patient',
      details: { service: 'ehbox', profession: 'patient' },
    })
    expect(refusal.details!['offeredTo']).toEqual(expect.arrayContaining(['physician', 'hospital']))
    expect(refusal.details!['offeredTo']).not.toContain('patient')
    expect(refusal.hint).toMatch(/^Offered to: physician, .*hospital.*customProfession/)
  })

  it('that the profession may use but nobody has built say so', async () => {
    const unbuilt = Object.entries(offers).find(
      ([name, { confirmed }]) =>
        (confirmed as readonly string[]).includes('physician') &&
        !businessServiceNames.some((built) => built === name),
    )
    if (unbuilt === undefined)
      throw new Error('every service of a physician has a connector: choose another one')
    await using me = await connect({ ...common, as: physician({ ssin, nihii: '10000106004' }) })
    expect(refusalOf(me, unbuilt[0])).toMatchObject({
      code: 'service.no-connector',
      details: { service: unbuilt[0], profession: 'physician' },
    })
  })

  it('leave everything else as of any object: printing, JSON, spreading, awaiting, unknown names', async () => {
    const me = await connect({ ...common, as: patient({ ssin }) })
    const awaited: unknown = await Promise.resolve(me)
    expect(awaited).toBe(me)
    const services = ['access', 'consent', 'exclusions', 'therlink']
    expect(Object.keys({ ...me }).sort()).toEqual([...services, 'close', 'session', 'technical'].sort())
    const { session, ...rest } = me
    expect(session.closed).toBe(false)
    expect(Object.keys(rest).sort()).toEqual([...services, 'close', 'technical'].sort())
    expect(inspect(me)).toMatch(/^Connection \{[\s\S]*patient/)
    expect(inspect(me, { showHidden: true, depth: 5, getters: true })).not.toContain(ssin)
    expect(JSON.parse(JSON.stringify(me))).toMatchObject({ session: { profession: 'patient' } })
    expect(JSON.stringify(me)).not.toContain(ssin)
    expect(`${Object.prototype.toString.call(me)}`).toBe('[object Object]')
    const anything = me as unknown as Record<string | symbol, unknown>
    for (const name of ['then', 'toJSON', 'whatever', 'constructor', Symbol.iterator])
      expect(() => anything[name]).not.toThrow()
    expect(anything['then']).toBeUndefined()
    expect(me).toEqual(me)
    await me[Symbol.asyncDispose]()
    expect(session.closed).toBe(true)
  })
})

describe('the table of offers', () => {
  it.each(Object.entries(offers))('names each profession once, and only professions: %s', (_, offer) => {
    const names: readonly string[] = [...offer.confirmed, ...offer.inferred]
    expect(new Set(names).size).toBe(names.length)
    for (const name of names) expect(professionNames).toContain(name)
  })

  it('is what the professions have', () => {
    expect(servicesOf('physician')).toContain('ehbox')
    expect(servicesOf('patient')).not.toContain('ehbox')
    for (const name of professionNames)
      for (const service of servicesOf(name)) {
        const { confirmed, inferred }: { confirmed: readonly string[]; inferred: readonly string[] } =
          offers[service]
        expect([...confirmed, ...inferred]).toContain(name)
      }
  })
})

describe('a custom profession', () => {
  const attribute = {
    name: 'urn:example:osteopath:boolean',
    namespace: 'urn:be:fgov:certified-namespace:ehealth',
  }
  const options = { profession: 'osteopath', ssin: '90.01.01-997.94', attributes: [attribute] }

  it('has the services that it is given, for the compiler as well', async () => {
    const as = customProfession({ ...options, services: ['ehbox'], demanded: [attribute.name] })
    expectTypeOf(as).toEqualTypeOf<Profession<'ehbox'>>()
    expect(as).toEqual({
      profession: 'osteopath',
      quality: '',
      certificateType: 'SSIN',
      services: ['ehbox'],
      attributes: [attribute],
      demanded: [attribute.name],
      ssin,
    })
    await using me = await connect({ ...common, as })
    expectTypeOf(me.ehbox).toEqualTypeOf<Ehbox>()
    expect(me.ehbox).toHaveProperty('send')
  })

  it('has none by default, and says so', async () => {
    const as = customProfession(options)
    expectTypeOf(as).toEqualTypeOf<Profession<never>>()
    await using me = await connect({ ...common, as })
    expect(refusalOf(me, 'ehbox')).toMatchObject({
      code: 'service.not-offered',
      message: 'eHealthBox is not among the services of the profession osteopath',
    })
  })

  it('may be another one with other services', async () => {
    await using me = await connect({
      ...common,
      as: { ...physician({ ssin, nihii: '10000106004' }), services: [] },
    })
    expect(refusalOf(me as Connection<never>, 'ehbox')).toMatchObject({ code: 'service.not-offered' })
  })

  it.each<[string, Record<string, unknown>, string]>([
    ['an option that is unknown', { ssn: ssin }, 'as.ssn'],
    ['no name', { profession: undefined }, 'as.profession'],
    ['an empty name', { profession: '' }, 'as.profession'],
    ['attributes that are no list', { attributes: {} }, 'as.attributes'],
    ['a service that is none', { services: ['ehbox', 'telephone'] }, 'as.services[1]'],
    ['something demanded that is not asked for', { demanded: ['urn:other'] }, 'as.demanded[0]'],
    ['a quality that is no text', { quality: 1 }, 'as.quality'],
  ])('refuses %s', (_, changes, path) => {
    expect(() => customProfession({ ...options, ...changes })).toThrowError(
      expect.objectContaining({ code: 'configuration.invalid', path }),
    )
  })

  it('has its numbers checked', () => {
    expect(() => customProfession({ ...options, nihii: '1' })).toThrowError(
      expect.objectContaining({ code: 'identifier.length', path: 'as.nihii' }),
    )
  })
})
