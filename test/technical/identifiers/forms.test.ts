import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  cardSupportTypes,
  civilStates,
  formatForService,
  isCardNumber,
  isNsso,
  namingSystems,
  padNihiiForMyCareNet,
  parseCardNumber,
  parseIsiBarcode,
  parseNsso,
  parseSite,
  sameLanguage,
  serviceForms,
  type ServiceFamily,
} from '../../../src/technical/identifiers/index.js'

const code = (expected: string): Error => expect.objectContaining({ code: expected }) as Error
const families = Object.keys(serviceForms) as ServiceFamily[]

describe('the form that a service wants', () => {
  it.each<[ServiceFamily, 'person' | 'organisation', string, string]>([
    ['etk', 'person', '10000106004', '10000106'],
    ['etk', 'organisation', '71009938000', '71009938'],
    ['ehbox', 'person', '10000106004', '10000106004'],
    ['ehbox', 'organisation', '71009938', '71009938'],
    ['myCareNet', 'organisation', '71009938', '71009938000'],
    ['myCareNet', 'person', '1-00001-06-004', '10000106004'],
    ['kmehr', 'organisation', '71009938', '71009938000'],
    ['samlNumber', 'organisation', '71009938', '71009938000'],
    ['hub', 'organisation', '71009938000', '71009938'],
    ['hub', 'person', '10000106004', '10000106004'],
    ['rnConsult', 'organisation', '71009938000', '71009938'],
  ])('%s, %s: %s becomes %s', (family, of, nihii, expected) => {
    expect(formatForService(family, { nihii, of })).toBe(expected)
  })

  it.each(families)('never guesses the qualification of a person: %s', (family) => {
    const format = () => formatForService(family, { nihii: '10000106', of: 'person' })
    if (serviceForms[family].person === 11) expect(format).toThrow(code('identifier.length'))
    else expect(format()).toBe('10000106')
  })

  it.each(families)('is 11 digits of an SSIN and 10 of a CBE number, zeros included: %s', (family) => {
    expect(formatForService(family, { ssin: '04.03.15-998.44' })).toBe('04031599844')
    expect(formatForService(family, { cbe: '999999922' })).toBe('0999999922')
    expect(() => formatForService(family, { ssin: '4031599844' })).toThrow(code('identifier.length'))
  })

  it('pads an institution as the rule of MyCareNet does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 700_000, max: 999_999 }), (six) => {
        const nihii = `${six}${String(97 - (six % 97)).padStart(2, '0')}`
        expect(formatForService('myCareNet', { nihii, of: 'organisation' })).toBe(padNihiiForMyCareNet(nihii))
        expect(formatForService('etk', { nihii: padNihiiForMyCareNet(nihii), of: 'organisation' })).toBe(
          nihii,
        )
      }),
    )
  })
})

describe('cards', () => {
  it('of Belgians are checked, those of foreigners pass through', () => {
    expect(parseCardNumber('599-0000001-32')).toEqual({
      normalized: '599000000132',
      formatted: '599-0000001-32',
      card: 'belgian',
      checked: true,
    })
    expect(parseCardNumber('B 1234567 89')).toEqual({
      normalized: 'B123456789',
      formatted: 'B123456789',
      card: 'other',
      checked: false,
    })
  })

  it('are refused when they are neither', () => {
    expect(() => parseCardNumber('599000000133')).toThrow(code('identifier.check-digit'))
    for (const length of ['', '59900000013', `B${'1'.repeat(20)}`])
      expect(() => parseCardNumber(length)).toThrow(code('identifier.length'))
    expect(() => parseCardNumber('B/123')).toThrow(code('identifier.format'))
    expect(isCardNumber('599000000132')).toBe(true)
    expect(isCardNumber('1')).toBe(false)
  })

  it('with a barcode are passed through as they were read', () => {
    expect(parseIsiBarcode(' AB<12>')).toBe(' AB<12>')
    expect(() => parseIsiBarcode('')).toThrow(code('identifier.length'))
    expect(() => parseIsiBarcode('x'.repeat(1001))).toThrow(code('identifier.length'))
    expect(() => parseIsiBarcode('a\u0000b')).toThrow(code('identifier.format'))
    expect(cardSupportTypes.barcoded).toBe('urn:be:fgov:person:cardsupport:barcoded')
  })
})

describe('other numbers', () => {
  it('of sites have the length of their type', () => {
    expect(parseSite('0042')).toBe('0042')
    expect(parseSite('0000000042', 'SITESMUR')).toBe('0000000042')
    for (const wrong of ['42', '00042', '0000000042'])
      expect(() => parseSite(wrong)).toThrow(code('identifier.length'))
    expect(() => parseSite('004A')).toThrow(code('identifier.not-digits'))
    expect(() => parseSite('0042', 'SITEPIT')).toThrow(code('identifier.length'))
  })

  it('of employers start with 0, or with 51 for a while', () => {
    expect(parseNsso('0123456789')).toEqual({ normalized: '0123456789', temporary: false })
    expect(parseNsso('5112345678')).toEqual({ normalized: '5112345678', temporary: true })
    expect(() => parseNsso('5212345678')).toThrow(code('identifier.first-digit'))
    expect(isNsso('123')).toBe(false)
  })
})

describe('the lists of the services', () => {
  it('name the numbers in FHIR and as OID', () => {
    expect(namingSystems.ssin).toMatchObject({
      fhir: 'https://www.ehealth.fgov.be/standards/fhir/core/NamingSystem/ssin',
      oid: '2.16.840.1.113883.3.6777.5.1',
    })
    expect(namingSystems.ehp.oid).toBe('2.16.840.1.113883.3.6777.5.6')
  })

  it('compare languages by their first part, whatever the case', () => {
    expect(sameLanguage('fr-BE', 'FR')).toBe(true)
    expect(sameLanguage('nl', 'fr')).toBe(false)
  })

  it('know the civil states of the register', () => {
    expect(Object.keys(civilStates)).toHaveLength(12)
    expect(civilStates['41']).toBe('divorced since 1 October 1994')
  })
})
