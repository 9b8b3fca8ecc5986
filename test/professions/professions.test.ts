import { describe, expect, it } from 'vitest'

import {
  hospital,
  hospitalData,
  nurse,
  nurseData,
  physician,
  physicianData,
  type Profession,
} from '../../src/professions/index.js'
import { claimsOf } from '../../src/technical/sts/claims.js'

const ssin = '90010199794'
const holder = 'urn:be:fgov:ehealth:1.0:certificateholder:'
const person = 'urn:be:fgov:person:ssin:ehealth:1.0:'
const identification = 'urn:be:fgov:identification-namespace'
const certified = 'urn:be:fgov:certified-namespace:ehealth'

describe('a physician', () => {
  it('asserts the SSIN twice and asks for what the platform certifies', () => {
    const actor = physician({ ssin: '90.01.01-997.94', nihii: '1-00001-06-004' })
    expect(actor).toMatchObject({
      profession: 'physician',
      quality: 'DOCTOR',
      kmehr: 'persphysician',
      services: ['ehbox'],
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

  it('may bring further attributes', () => {
    const more = { name: 'urn:example', namespace: certified }
    expect(physician({ ssin, nihii: '10000106', attributes: [more] }).attributes.at(-1)).toBe(more)
  })
})

describe('a nurse', () => {
  it('needs no NIHII number, and then none must come back', () => {
    expect(nurse({ ssin })).toMatchObject({
      quality: 'NURSE',
      demanded: ['urn:be:fgov:person:ssin:nurse:boolean'],
    })
    expect(nurse({ ssin })).not.toHaveProperty('nihii')
    expect(nurse({ ssin, nihii: '49997263401' }).demanded).toContain(`${person}nihii:nurse:nihii11`)
  })
})

describe('a hospital', () => {
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
  ])('are checked at the door: %s', (_, make, path, rule) => {
    expect(make).toThrowError(expect.objectContaining({ code: `identifier.${rule}`, path }))
    expect(make).not.toThrowError(/\d{8}/)
  })

  it('come with names that are known', () => {
    expect(() => physician({ ssin, nihii: '10000106', nihi: '1' } as never)).toThrowError(
      expect.objectContaining({ code: 'configuration.invalid', path: 'as.nihi' }),
    )
  })
})

describe('the tables of the professions', () => {
  it.each([physicianData, nurseData, hospitalData])(
    'say of every name how it is known: $profession',
    (data) => {
      expect(data.certified.length).toBeGreaterThan(2)
      for (const { name, evidence } of data.certified) {
        expect(name).toMatch(/^urn:be:fgov:.*:(boolean|nihii11)$/)
        expect(['confirmed', 'inferred']).toContain(evidence)
      }
    },
  )
})
