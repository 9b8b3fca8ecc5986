import { describe, expect, it } from 'vitest'

import * as entry from '../../src/professions/index.js'
import {
  careProfessional,
  dentist,
  ehealthPartner,
  enterprise,
  hospital,
  hospitalPharmacy,
  mandatary,
  midwife,
  nurse,
  patient,
  pharmacist,
  pharmacy,
  physician,
  podologist,
  practicalNurse,
  professionNames,
  professionOf,
  professions,
  type Profession,
} from '../../src/professions/index.js'
import { qualities } from '../../src/business/ehbox/qualities.js'
import { identifierTypes } from '../../src/technical/identifiers/index.js'
import { claimsOf } from '../../src/technical/sts/claims.js'
import { chapterFacts, chapterNames } from './names.js'

const ssin = '90010199794'
const otherSsin = '90010199893'
const holder = 'urn:be:fgov:ehealth:1.0:certificateholder:'
const person = 'urn:be:fgov:person:ssin:ehealth:1.0:'
const organisation = 'urn:be:fgov:ehealth:1.0:'
const identification = 'urn:be:fgov:identification-namespace'
const certified = 'urn:be:fgov:certified-namespace:ehealth'

describe('the tables of the professions', () => {
  it.each(professionNames)('ask for what the chapter says, in its order, with its doubts: %s', (name) => {
    expect(
      professions[name].attributes.map(({ name: attribute, value, evidence }) => ({
        name: attribute,
        asserted: value !== undefined,
        evidence,
      })),
    ).toEqual(chapterNames(name))
  })

  it.each(professionNames)('have certificate type, KMEHR code and quality of the chapter: %s', (name) => {
    const { certificateType, kmehr, quality, inferred = [] } = professions[name]
    const fact = (key: 'certificateType' | 'kmehr' | 'quality', value: string | undefined) =>
      `${value ?? '–'}${inferred.includes(key) ? '?' : ''}`
    expect(
      [fact('certificateType', certificateType), fact('kmehr', kmehr), fact('quality', quality)].join(' '),
    ).toBe(chapterFacts[name])
    expect(identifierTypes.map(({ etk }) => etk)).toContain(certificateType)
    if (quality !== undefined && !inferred.includes('quality')) expect(qualities).toHaveProperty(quality)
  })

  it.each(professionNames)('name a source for every certified name that is not a guess: %s', (name) => {
    const common = [`${person}givenname`, `${person}surname`, `${holder}person:ssin:usersession:boolean`]
    for (const { name: attribute, namespace, evidence, sources } of professions[name].attributes)
      if (namespace === 'certified' && !common.includes(attribute))
        expect(sources.length > 0, attribute).toBe(evidence === 'confirmed')
  })

  it('have a factory of the same name each', () => {
    const factories: Record<string, unknown> = { ...entry }
    for (const name of professionNames) expect(factories[name], name).toBeTypeOf('function')
  })
})

describe('a physician', () => {
  it('asserts the SSIN twice and asks for what the platform certifies', () => {
    const actor = physician({ ssin: '90.01.01-997.94', nihii: '1-00001-06-004' })
    expect(actor).toMatchObject({
      profession: 'physician',
      quality: 'DOCTOR',
      kmehr: 'persphysician',
      certificateType: 'SSIN',
      ssin,
      nihii: '10000106004',
    })
    expect(claimsOf(actor.attributes)).toEqual([
      { Uri: `${holder}person:ssin`, Value: ssin },
      { Uri: 'urn:be:fgov:person:ssin', Value: ssin },
      { Uri: 'urn:be:fgov:person:ssin:doctor:boolean' },
      { Uri: `${person}doctor:nihii11` },
      { Uri: `${person}fpsph:doctor:boolean` },
      { Uri: `${person}givenname` },
      { Uri: `${person}surname` },
      { Uri: `${holder}person:ssin:usersession:boolean` },
    ])
    expect(new Set(actor.attributes.slice(0, 2).map(({ namespace }) => namespace))).toEqual(
      new Set([identification]),
    )
    expect(new Set(actor.attributes.slice(2).map(({ namespace }) => namespace))).toEqual(new Set([certified]))
  })

  it('is of no use to the platform when not recognised as one', () => {
    expect(physician({ ssin, nihii: '10000106' }).demanded).toEqual([
      'urn:be:fgov:person:ssin:doctor:boolean',
      `${person}doctor:nihii11`,
    ])
  })
})

describe('a professional', () => {
  it('needs no NIHII number where the profession may be without, and then none must come back', () => {
    expect(nurse({ ssin })).toMatchObject({
      quality: 'NURSE',
      demanded: ['urn:be:fgov:person:ssin:nurse:boolean'],
    })
    expect(nurse({ ssin })).not.toHaveProperty('nihii')
    expect(nurse({ ssin, nihii: '49997263401' }).demanded).toContain(`${person}nihii:nurse:nihii11`)
    expect(midwife({ ssin }).demanded).toEqual([`${person}professional:midwife:boolean`])
  })

  it('who is known by the number alone must come back with it', () => {
    expect(podologist({ ssin, nihii: '60000141000' }).demanded).toEqual([`${person}nihii:podologist:nihii11`])
  })

  it('without number tells his quality', () => {
    expect(careProfessional({ ssin, quality: 'SOCIAL_WORKER' })).toMatchObject({
      quality: 'SOCIAL_WORKER',
      demanded: [],
    })
    for (const quality of [undefined, '', 'social worker'])
      expect(() => careProfessional({ ssin, quality: quality as string })).toThrowError(
        expect.objectContaining({ code: 'configuration.invalid', path: 'as.quality' }),
      )
  })
})

describe('a citizen', () => {
  it('has nothing certified that could be demanded', () => {
    expect(patient({ ssin })).toMatchObject({ kmehr: 'patient', quality: 'CITIZEN', demanded: [] })
  })

  it('under a mandate names what it is for', () => {
    const { attributes, demanded } = mandatary({ ssin })
    expect(claimsOf(attributes)).toContainEqual({
      Uri: `${organisation}servicename:external`,
      Value: 'insurability',
    })
    expect(demanded).toEqual([`${person}recognisedmandatary:boolean`])
  })
})

describe('a pharmacist', () => {
  const holderOf = (actor: Profession) =>
    claimsOf(actor.attributes).find(({ Uri }) => Uri === `${person}pharmacy-holder`)?.Value
  const flags = [
    `${organisation}pharmacy:nihii-number:recognisedpharmacy:boolean`,
    `${organisation}pharmacy:nihii-number:person:ssin:ehealth:1.0:pharmacy-holder:boolean`,
  ]

  it('is the holder of the pharmacy, or its deputy', () => {
    const asHolder = pharmacist({ ssin, pharmacy: '20011197' })
    const asDeputy = pharmacist({ ssin: otherSsin, pharmacy: '20011197', holder: ssin })
    expect([holderOf(asHolder), holderOf(asDeputy)]).toEqual([ssin, ssin])
    for (const actor of [asHolder, asDeputy]) {
      expect(actor).toMatchObject({ quality: 'PHARMACIST', kmehr: 'perspharmacist', demanded: flags })
      expect(actor).not.toHaveProperty('nihii')
    }
    expect([asHolder.ssin, asDeputy.ssin]).toEqual([ssin, otherSsin])
  })

  it('alone asks for nothing of a pharmacy', () => {
    const { attributes, demanded } = pharmacist({ ssin })
    expect(attributes.filter(({ name }) => name.includes('pharmacy'))).toEqual([])
    expect(demanded).toEqual([])
  })

  it('calls for the pharmacy with its certificate, in the order of the official client', () => {
    const actor = pharmacy({ nihii: '20011197', ssin: otherSsin, holder: ssin })
    expect(actor).toMatchObject({ nihii: '20011197', ssin: otherSsin, demanded: flags, quality: 'PHARMACY' })
    expect(claimsOf(actor.attributes).slice(0, 4)).toEqual([
      { Uri: `${holder}person:ssin`, Value: otherSsin },
      { Uri: 'urn:be:fgov:person:ssin', Value: otherSsin },
      { Uri: `${organisation}pharmacy:nihii-number`, Value: '20011197' },
      { Uri: `${person}pharmacy-holder`, Value: ssin },
    ])
  })

  it('of a hospital shows that the hospital is one', () => {
    expect(hospitalPharmacy({ nihii: '71009938', ssin }).demanded).toContain(
      `${holder}hospital:nihii-number:recognisedhospital:boolean`,
    )
  })
})

describe('an organisation', () => {
  it('asserts its 8-digit number twice', () => {
    const actor = hospital({ nihii: '71997358000' })
    expect(actor).toMatchObject({ quality: 'HOSPITAL', nihii: '71997358' })
    expect(claimsOf(actor.attributes).slice(0, 2)).toEqual([
      { Uri: 'urn:be:fgov:ehealth:1.0:hospital:nihii-number', Value: '71997358' },
      { Uri: `${holder}hospital:nihii-number`, Value: '71997358' },
    ])
    expect(actor.demanded).toEqual([
      'urn:be:fgov:ehealth:1.0:hospital:nihii-number:recognisedhospital:boolean',
    ])
  })

  it('names the campus when it is told', () => {
    const site = `${organisation}campus:site-number`
    expect(hospital({ nihii: '71009938' }).attributes.map(({ name }) => name)).not.toContain(site)
    const actor = hospital({ nihii: '71009938', site: '0042' })
    expect(claimsOf(actor.attributes)).toContainEqual({ Uri: site, Value: '0042' })
    expect(actor.demanded).toContain(`${site}:recognisedsite:boolean`)
  })

  it('brings the attributes of its user, who answers for his flags', () => {
    const user = physician({ ssin, nihii: '10000106004' })
    const actor = hospital({ nihii: '71009938', user })
    expect(actor.attributes.slice(0, user.attributes.length)).toEqual(user.attributes)
    expect(actor).toMatchObject({ ssin, nihii: '71009938', quality: 'HOSPITAL' })
    expect(actor.demanded).toEqual([
      'urn:be:fgov:person:ssin:doctor:boolean',
      `${organisation}hospital:nihii-number:recognisedhospital:boolean`,
    ])
    for (const wrong of [hospital({ nihii: '71009938' }), 'physician', null])
      expect(() => hospital({ nihii: '71009938', user: wrong as never })).toThrowError(
        expect.objectContaining({ code: 'configuration.invalid', path: 'as.user' }),
      )
  })

  it('is known by an enterprise number or one of the platform', () => {
    expect(enterprise({ cbe: 'BE 0999.999.922' })).toMatchObject({
      cbe: '0999999922',
      certificateType: 'CBE',
    })
    expect(ehealthPartner({ ehp: '1990009933' })).toMatchObject({ ehp: '1990009933', certificateType: 'EHP' })
  })
})

describe('the numbers of a profession', () => {
  it.each<[string, () => Profession, string, string]>([
    [
      'a typing error in the SSIN',
      () => physician({ ssin: '90010199795', nihii: '10000106' }),
      'as.ssin',
      'check-digit',
    ],
    ['a typing error in the NIHII', () => physician({ ssin, nihii: '10000107' }), 'as.nihii', 'check-digit'],
    ['a physician without NIHII', () => physician({ ssin } as never), 'as.nihii', 'length'],
    ['a number that is no text', () => nurse({ ssin: 90010199794 } as never), 'as.ssin', 'format'],
    ['a NIHII cut short', () => hospital({ nihii: '719973' }), 'as.nihii', 'length'],
    [
      'a holder who is none',
      () => pharmacist({ ssin, pharmacy: '20011197', holder: '1' }),
      'as.holder',
      'length',
    ],
    [
      'a pharmacy that is none',
      () => pharmacist({ ssin, pharmacy: '20011198' }),
      'as.pharmacy',
      'check-digit',
    ],
    ['a site of three digits', () => hospital({ nihii: '71009938', site: '042' }), 'as.site', 'length'],
    ['a typing error in the CBE', () => enterprise({ cbe: '0999999923' }), 'as.cbe', 'check-digit'],
    ['an EHP cut short', () => ehealthPartner({ ehp: '199000993' }), 'as.ehp', 'length'],
  ])('are checked at the door: %s', (_, make, path, rule) => {
    expect(make).toThrowError(expect.objectContaining({ code: `identifier.${rule}`, path }))
    expect(make).not.toThrowError(/\d{8}/)
  })

  it('come with names that are known', () => {
    expect(() => physician({ ssin, nihii: '10000106', nihi: '1' } as never)).toThrowError(
      expect.objectContaining({ code: 'configuration.invalid', path: 'as.nihi' }),
    )
    expect(() => patient(undefined as never)).toThrowError(
      expect.objectContaining({ code: 'configuration.invalid', path: 'as' }),
    )
  })
})

describe('what a caller changes', () => {
  const guess = `${person}professional:practicalnurse:boolean`
  const right = `${person}professional:practical-nurse:boolean`

  it('adds further attributes at the end', () => {
    const more = { name: 'urn:example', namespace: certified }
    expect(physician({ ssin, nihii: '10000106', attributes: [more] }).attributes.at(-1)).toBe(more)
  })

  it('corrects a guessed name, which stays in its place and demanded', () => {
    const before = practicalNurse({ ssin })
    const after = practicalNurse({ ssin, names: { [guess]: right } })
    expect(after.attributes.map(({ name }) => name)).toEqual(
      before.attributes.map(({ name }) => (name === guess ? right : name)),
    )
    expect(after.demanded).toEqual([right])
  })

  it('leaves out what the platform does not know', () => {
    const { attributes, demanded } = practicalNurse({ ssin, names: { [guess]: false } })
    expect(attributes.map(({ name }) => name)).not.toContain(guess)
    expect(demanded).toEqual([])
  })

  it.each<[string, Record<string, unknown>]>([
    ['a name that is not asked for', { 'urn:be:fgov:person:ssin:doctor:boolean': false }],
    ['a number of the caller', { 'urn:be:fgov:person:ssin': false }],
    ['a correction that is no name', { [guess]: 'practicalnurse' }],
    ['a correction that is no text', { [guess]: true }],
  ])('is refused for %s', (_, names) => {
    expect(() => practicalNurse({ ssin, names: names as Record<string, string> })).toThrowError(
      expect.objectContaining({ code: 'configuration.invalid', path: 'as.names' }),
    )
  })
})

describe('a profession named in settings', () => {
  it('is the one of its factory', () => {
    expect(professionOf('dentist', { ssin })).toEqual(dentist({ ssin }))
    expect(professionOf('hospital', { nihii: '71009938', site: '0042' })).toEqual(
      hospital({ nihii: '71009938', site: '0042' }),
    )
    expect(professionOf('careProfessional', { ssin, quality: 'NURSE' }).quality).toBe('NURSE')
  })

  it.each(['', 'doctor', 'constructor', 'toString'])('must be one: %j', (name) => {
    expect(() => professionOf(name, { ssin })).toThrowError(
      expect.objectContaining({ code: 'configuration.invalid', path: 'as.profession' }),
    )
  })
})
