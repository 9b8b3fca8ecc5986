import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { EHealthError } from '../../../src/errors.js'
import {
  describeIdentifier,
  identifierKinds,
  parseSsin,
  qualificationOf,
  ssinCheckDigits,
} from '../../../src/technical/identifiers/index.js'

const asOf = new Date('2024-05-06T12:00:00Z')
const kindsOf = (input: string) => describeIdentifier(input, { asOf }).readings.map(({ kind }) => kind)
const factsOf = (input: string, kind: string) =>
  describeIdentifier(input, { asOf }).readings.find((reading) => reading.kind === kind)?.facts

describe('what a number is', () => {
  it.each<[string, string[]]>([
    ['90010199794', ['ssin']],
    ['90.01.01-997.94', ['ssin']],
    ['10000106004', ['nihii']],
    ['10000106', ['nihii']],
    ['0999999922', ['cbe']],
    ['BE 0999.999.922', ['cbe']],
    ['1990009933', ['cbe', 'ehp']],
    ['599-0000001-32', ['card']],
    ['21004', ['municipality']],
    ['1000', ['postal', 'site']],
    ['0042', ['site']],
    ['hello', []],
    ['', []],
  ])('%j: %j', (input, kinds) => {
    expect(kindsOf(input)).toEqual(kinds)
  })

  it('of a person: register, birth date as far as known, century, sex', () => {
    expect(factsOf('04031599844', 'ssin')).toEqual({
      register: 'NR',
      birthDate: '2004-03-15',
      birthDateKnownTo: 'day',
      century: '2000s',
      sex: 'F',
    })
    expect(factsOf('40000099737', 'ssin')).toMatchObject({
      birthDate: '1940-00-00',
      birthDateKnownTo: 'year',
      century: '1900s',
    })
    expect(factsOf('75060099837', 'ssin')).toMatchObject({ birthDateKnownTo: 'month' })
    expect(factsOf('85293099197', 'ssin')).toMatchObject({
      register: 'BIS',
      sex: null,
      sexKnownAtIssue: false,
    })
  })

  it('of a professional: who stays the same, series, what the qualification means and whether that is sure', () => {
    expect(factsOf('10000135004', 'nihii')).toEqual({
      identity: '10000135',
      holder: 'physician',
      historicProvince: 'Flemish Brabant',
      modulus: 89,
      qualification: '004',
      meaning: 'recognised and accredited general practitioner',
    })
    expect(factsOf('10000106005', 'nihii')).toMatchObject({
      meaning: 'general practitioner in training (inferred)',
    })
    expect(factsOf('30000714001', 'nihii')).not.toHaveProperty('meaning')
    expect(factsOf('10000106', 'nihii')).toMatchObject({ qualification: null })
  })

  it('of an organisation: enterprise or establishment, VAT number of the first only', () => {
    expect(factsOf('0999999922', 'cbe')).toEqual({ of: 'enterprise', vat: 'BE0999999922' })
    expect(factsOf('2999999964', 'cbe')).toEqual({ of: 'establishment', vat: null })
  })

  it('is looked at as one kind when that is asked for', () => {
    const asEhp = describeIdentifier('0999999922', { kind: 'ehp' })
    expect(asEhp.readings).toMatchObject([{ kind: 'ehp', facts: { checkDigitsFit: true } }])
    const asCard = describeIdentifier('B 1234567 89', { kind: 'card' })
    expect(asCard.readings).toMatchObject([
      { normalized: 'B123456789', facts: { card: 'other', checked: false } },
    ])
  })

  it('or why it is nothing: the rules that it breaks, of the kinds that its length fits', () => {
    const { readings, refusals } = describeIdentifier('90010199795')
    expect(readings).toEqual([])
    expect(refusals.map(({ kind, code }) => [kind, code])).toEqual([
      ['ssin', 'identifier.check-digit'],
      ['nihii', 'identifier.check-digit'],
    ])
    expect(JSON.stringify(refusals)).not.toContain('90010199795')
    expect(new Set(describeIdentifier('123').refusals.map(({ code }) => code))).toEqual(
      new Set(['identifier.length']),
    )
  })

  it('reads every national number as the parser does', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 99 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 28 }),
        fc.integer({ min: 1, max: 998 }),
        (year, month, day, sequence) => {
          const two = (value: number) => String(value).padStart(2, '0')
          const nine = two(year) + two(month) + two(day) + String(sequence).padStart(3, '0')
          const number = nine + ssinCheckDigits(nine, false)
          const { birthDate, sex, register } = parseSsin(number, { asOf })
          expect(factsOf(number, 'ssin')).toMatchObject({ birthDate, sex, register })
        },
      ),
    )
  })

  it('throws nothing but typed errors, whatever is given, and repeats nothing in a refusal', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9A-Z .-]{0,24}$/)), (input) => {
        for (const kind of [undefined, ...identifierKinds]) {
          const { readings, refusals } = describeIdentifier(input, {
            asOf,
            ...(kind === undefined ? {} : { kind }),
          })
          expect(readings.length + refusals.length).toBeGreaterThan(0)
        }
      }),
    )
    for (const wrong of [undefined, 90010199794, 'x'.repeat(101)])
      expect(() => describeIdentifier(wrong as string)).toThrowError(EHealthError)
  })
})

describe('qualification codes', () => {
  it('mean what was seen, single codes before their range', () => {
    expect(qualificationOf('physician', '003')).toMatchObject({ meaning: 'recognised general practitioner' })
    expect(qualificationOf('physician', '034')).toMatchObject({ evidence: 'confirmed' })
    expect(qualificationOf('physician', '045')).toEqual({
      ...qualificationOf('physician', '011'),
    })
    expect(qualificationOf('physician', '999')).toMatchObject({ meaning: 'recognised specialist' })
    expect(qualificationOf('physiotherapist', '527')).toMatchObject({ meaning: 'physiotherapist' })
    expect(qualificationOf('hospital', '000')).toMatchObject({ meaning: 'institution' })
    expect(qualificationOf('service', '111')?.meaning).toMatch(/^medical house/)
    expect(qualificationOf('dentist', '001')).toBeUndefined()
  })
})
