import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { EHealthError } from '../../../src/errors.js'
import {
  formatForEtk,
  identifierTypeOfEhbox,
  identifierTypes,
  isCbe,
  isEhp,
  isEidCard,
  isNihii,
  isSsin,
  parseCbe,
  parseEhp,
  parseNihii,
  parseSsin,
  redact,
  sameNihii,
  ssinCheckDigits,
} from '../../../src/technical/identifiers/index.js'

const code = (expected: string): Error => expect.objectContaining({ code: expected }) as Error

const asOf = new Date('2024-05-06T12:00:00Z')

const bornIn = fc.record({
  year: fc.integer({ min: 1900, max: 2023 }),
  month: fc.integer({ min: 1, max: 12 }),
  day: fc.integer({ min: 1, max: 28 }),
  series: fc.constantFrom(0, 20, 40),
  sequence: fc.integer({ min: 1, max: 998 }),
})

const two = (value: number): string => String(value).padStart(2, '0')

describe('SSIN', () => {
  it('reads back every birth date, series and parity it was made from', () => {
    fc.assert(
      fc.property(bornIn, ({ year, month, day, series, sequence }) => {
        const nine = two(year % 100) + two(month + series) + two(day) + String(sequence).padStart(3, '0')
        const parsed = parseSsin(nine + ssinCheckDigits(nine, year >= 2000), { asOf })
        expect(parsed.birthDate).toBe(`${year}-${two(month)}-${two(day)}`)
        expect(parsed.register).toBe(series === 0 ? 'NR' : 'BIS')
        expect(parsed.sex).toBe(series === 20 ? null : sequence % 2 === 1 ? 'M' : 'F')
        expect(parseSsin(parsed.formatted, { asOf })).toEqual(parsed)
      }),
    )
  })

  it.each(['', ' . '])('asks for the number where %j has none', (given) => {
    expect(() => parseSsin(given)).toThrow(
      expect.objectContaining({
        code: 'identifier.length',
        message: 'SSIN: expected 11 digits, found none',
        hint: 'Give the number. Is the setting or the variable set that holds it?',
      }),
    )
  })

  it('refuses every number with one digit changed, unless it becomes another valid one', () => {
    fc.assert(
      fc.property(fc.integer({ min: 9, max: 10 }), fc.integer({ min: 1, max: 9 }), (position, step) => {
        const digits = [...'90010199794']
        digits[position] = String((Number(digits[position]) + step) % 10)
        const changed = digits.join('')
        const other = ssinCheckDigits('900101997', true) === changed.slice(9)
        expect(isSsin(changed, { asOf: new Date('2150-01-01') })).toBe(other)
      }),
    )
  })

  it('throws nothing but typed errors, whatever is given', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9]{11}$/)), (input) => {
        try {
          parseSsin(input, { asOf })
        } catch (error) {
          expect(error).toBeInstanceOf(EHealthError)
        }
      }),
    )
  })

  it('goes by the day in Belgium, not by the day in UTC', () => {
    const nine = '240507991'
    const number = nine + ssinCheckDigits(nine, true)
    expect(isSsin(number, { asOf: new Date('2024-05-06T21:59:59Z') })).toBe(false)
    expect(isSsin(number, { asOf: new Date('2024-05-06T22:00:00Z') })).toBe(true)
  })

  it('refuses a number type, which has lost its zeros, with a hint', () => {
    const number: unknown = 4031599844
    expect(() => parseSsin(number as string)).toThrow(code('identifier.format'))
  })

  it('is redacted to its check digits', () => {
    expect(redact('90.01.01-997.94')).toBe('*********94')
    expect(redact('1234')).toBe('***********')
  })
})

describe('NIHII', () => {
  it('accepts exactly the two moduli', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 100_000, max: 999_999 }),
        fc.integer({ min: 0, max: 99 }),
        (six, check) => {
          const expected = check === 97 - (six % 97) || check === 89 - (six % 89)
          expect(isNihii(`${six}${two(check)}`)).toBe(expected)
        },
      ),
    )
  })

  it('compares holders by 8 digits', () => {
    expect(sameNihii('10000106004', '1-00001-06-000')).toBe(true)
    expect(sameNihii('10000106', '10000135')).toBe(false)
  })

  it('is printed with dashes', () => {
    expect(parseNihii('10000106').formatted).toBe('1-00001-06')
    expect(parseNihii('10000106004').formatted).toBe('1-00001-06-004')
  })
})

describe('CBE, EHP and card numbers', () => {
  it('survive their own printed form', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 89_999_999 }), (eight) => {
        const head = String(eight).padStart(8, '0')
        const number = head + two(97 - (eight % 97))
        expect(parseCbe(parseCbe(number).formatted).normalized).toBe(number)
        expect(isEhp(number)).toBe(true)
      }),
    )
  })

  it('accept one check out of a hundred', () => {
    const heads = Array.from({ length: 100 }, (_, check) => two(check))
    expect(heads.filter((check) => isCbe(`09999999${check}`))).toEqual(['22'])
    expect(heads.filter((check) => isEidCard(`5990000001${check}`))).toEqual(['32'])
  })

  it('an EHP number with other check digits can be let through, and says so', () => {
    expect(parseEhp('1990009934', { tolerant: true })).toEqual({ normalized: '1990009934', checked: false })
    expect(() => parseEhp('199000993', { tolerant: true })).toThrow(code('identifier.length'))
  })
})

describe('identifier types', () => {
  it('have one ETK name each and can be found by their eHealthBox names', () => {
    expect(new Set(identifierTypes.map((type) => type.etk)).size).toBe(identifierTypes.length)
    for (const type of identifierTypes)
      expect(identifierTypeOfEhbox(type.ehboxType, type.ehboxSubtype)).toBe(type)
    expect(identifierTypeOfEhbox('INSS').etk).toBe('SSIN')
    expect(identifierTypeOfEhbox('CBE', 'TREATMENT_CENTER').etk).toBe('CBE-TREAT_CENTER')
  })

  it('never cut a number, but for the 8 digits of an 11-digit NIHII', () => {
    expect(formatForEtk('NIHII-HOSPITAL', '7-10099-38-000')).toBe('71009938')
    expect(() => formatForEtk('CBE', '09999999220')).toThrow(code('identifier.length'))
    expect(() => formatForEtk('NIHII', '1000010600')).toThrow(code('identifier.length'))
    expect(() => formatForEtk('SSIN', '900101997940')).toThrow(code('identifier.length'))
  })

  it('refuse what is no number and what is no type', () => {
    expect(() => formatForEtk('SSIN', '')).toThrow(code('identifier.length'))
    expect(() => formatForEtk('SSIN', '9001019979A')).toThrow(code('identifier.not-digits'))
    expect(() => formatForEtk('INSS', '90010199794')).toThrow(code('identifier.type'))
    expect(() => identifierTypeOfEhbox('SSIN')).toThrow(code('identifier.type'))
  })
})
