import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { qualities, type Addressing } from '../../../src/business/ehbox/qualities.js'
import {
  boxOf,
  destinationsOf,
  etkIdentifierOf,
  type Box,
  type Recipient,
} from '../../../src/business/ehbox/recipients.js'
import { identifierTypeOfEhbox } from '../../../src/technical/identifiers/index.js'

const now = new Date('2026-03-02T10:00:00Z')
const to = (...recipients: Recipient[]) => destinationsOf(recipients, { now, deliverAnyway: false })
const etkOf = (recipient: Recipient) => etkIdentifierOf(to(recipient)[0]!)

const numbers = { ssin: '90010199794', nihii: '71999041', cbe: '0999999922', ehp: '1990000035' }

describe('recipients', () => {
  it('are named by number and quality, with the subtype that belongs to the quality', () => {
    expect(boxOf({ nihii: '71999041', quality: 'HOSPITAL' }, 'to[0]', now)).toEqual({
      Id: '71999041',
      Type: 'NIHII',
      SubType: 'HOSPITAL',
      Quality: 'HOSPITAL',
    })
    expect(boxOf({ ssin: '90.01.01-997.94', quality: 'NURSE' }, 'to[0]', now)).toEqual({
      Id: '90010199794',
      Type: 'INSS',
      Quality: 'NURSE',
    })
    expect(boxOf({ cbe: 'BE 0999.999.922', quality: 'INSTITUTION' }, 'to[0]', now)).toEqual({
      Id: '0999999922',
      Type: 'CBE',
      Quality: 'INSTITUTION',
    })
  })

  it('cut a NIHII of 11 digits to its 8 and keep leading zeros of other numbers', () => {
    expect(boxOf({ nihii: '1-99990-24-004', quality: 'DOCTOR' }, 'to[0]', now).Id).toBe('19999024')
    expect(boxOf({ id: '0999999922', type: 'CBE', quality: 'INSTITUTION' }, 'to[0]', now).Id).toBe(
      '0999999922',
    )
  })

  it('may have a quality or type that nobody has heard of', () => {
    expect(boxOf({ nihii: '71999041', quality: 'NEW_QUALITY' }, 'to[0]', now)).toEqual({
      Id: '71999041',
      Type: 'NIHII',
      Quality: 'NEW_QUALITY',
    })
    expect(boxOf({ id: 'A-1', type: 'SOMETHING', subType: 'ELSE', quality: 'Q' }, 'to[0]', now)).toEqual({
      Id: 'A-1',
      Type: 'SOMETHING',
      SubType: 'ELSE',
      Quality: 'Q',
    })
  })

  it.each([
    [{ nihii: '71999042', quality: 'HOSPITAL' }, 'identifier.check-digit', 'to[1].nihii'],
    [{ ssin: '90010199795', quality: 'NURSE' }, 'identifier.check-digit', 'to[1].ssin'],
    [{ cbe: '0999999923', quality: 'INSTITUTION' }, 'identifier.check-digit', 'to[1].cbe'],
    [{ id: '90010199795', type: 'INSS', quality: 'NURSE' }, 'identifier.check-digit', 'to[1].id'],
    [{ ssin: '9001019979', quality: 'NURSE' }, 'identifier.length', 'to[1].ssin'],
    [{ ssin: '90010199794', quality: 'HOSPITAL' }, 'ehbox.recipient', 'to[1].ssin'],
    [{ nihii: '71999041', quality: 'CITIZEN' }, 'ehbox.recipient', 'to[1].nihii'],
    [{ quality: 'NURSE' }, 'ehbox.recipient', 'to[1]'],
    [{ nihii: '71999041' }, 'ehbox.recipient', 'to[1]'],
    [{ nihii: '71999041', ssin: '90010199794', quality: 'NURSE' }, 'ehbox.recipient', 'to[1]'],
    [{ id: '', type: 'NIHII', quality: 'NURSE' }, 'ehbox.recipient', 'to[1]'],
    [
      {
        nihii: '71999041',
        quality: 'HOSPITAL',
        user: { ssin: '71999041', firstName: 'A', lastName: 'B' },
      },
      'identifier.length',
      'to[1].user.ssin',
    ],
  ] as [Recipient, string, string][])('are refused with code and path: %j', (recipient, code, path) => {
    let refusal: unknown
    try {
      to({ nihii: '71999041', quality: 'HOSPITAL' }, recipient)
    } catch (error) {
      refusal = error
    }
    expect(refusal).toMatchObject({ code, path })
    expect(String(refusal)).not.toMatch(/\d{5}/)
  })

  it.each([[[]], [undefined], ['to']])('are needed: %j', (given) => {
    expect(() => destinationsOf(given as never, { now, deliverAnyway: false })).toThrowError(
      expect.objectContaining({ code: 'ehbox.no-recipient', path: 'to' }),
    )
  })

  it('say always whether an absence is known', () => {
    const [one, two] = destinationsOf(
      [
        { nihii: '71999041', quality: 'HOSPITAL' },
        { ssin: '90010199794', quality: 'NURSE', deliverAnyway: false },
      ],
      { now, deliverAnyway: true },
    )
    expect(one!.context.OoOProcessed).toBe(true)
    expect(two!.context.OoOProcessed).toBe(false)
  })

  it('know ALL, which is nobody at the ETK depot', () => {
    expect(to({ id: 'ALL', type: 'INSS', quality: 'NURSE' })[0]).toMatchObject({ everybody: true })
    expect(to({ nihii: '71999041', quality: 'HOSPITAL' })[0]).toMatchObject({ everybody: false })
  })
})

describe('the encryption token of a recipient', () => {
  it.each([
    [
      { ssin: '90010199794', quality: 'NURSE' },
      { type: 'SSIN', value: '90010199794' },
    ],
    [
      { nihii: '19999024004', quality: 'DOCTOR' },
      { type: 'NIHII', value: '19999024' },
    ],
    [
      { nihii: '71999041', quality: 'HOSPITAL' },
      { type: 'NIHII-HOSPITAL', value: '71999041' },
    ],
    [
      { cbe: '0999999922', quality: 'TREATMENT_CENTER' },
      { type: 'CBE-TREAT_CENTER', value: '0999999922' },
    ],
    [
      { cbe: '0999999922', quality: 'CONSORTIUM' },
      { type: 'CBE-CONSORTIUM', value: '0999999922' },
    ],
    [
      { cbe: '0999999922', quality: 'INSTITUTION', application: 'MYAPP' },
      { type: 'CBE', value: '0999999922', application: 'MYAPP' },
    ],
  ] as [Recipient, object][])('is asked for by its own type name: %j', (recipient, identifier) => {
    expect(etkOf(recipient)).toEqual(identifier)
  })

  it('is refused for a type that the depot does not know, with the path', () => {
    expect(() => etkOf({ id: '1', type: 'SOMETHING', quality: 'Q' })).toThrowError(
      expect.objectContaining({ code: 'identifier.type', path: 'to[0]' }),
    )
  })

  it('can be asked for every quality in the list', () => {
    for (const [quality, { by }] of Object.entries(qualities))
      for (const kind of by) {
        const box = { [kind]: numbers[kind], quality } as unknown as Box
        const { Type, SubType } = boxOf(box, 'to[0]', now)
        expect(identifierTypeOfEhbox(Type, SubType).ehboxType).toBe(Type)
      }
  })

  it('are the 87 combinations of the official connector, and marked guesses beside them', () => {
    const marked = (evidence: string) => Object.values(qualities).filter((each) => each.evidence === evidence)
    expect(marked('confirmed').reduce((sum, { by }) => sum + by.length, 0)).toBe(87)
    expect(marked('inferred').length + marked('confirmed').length).toBe(Object.keys(qualities).length)
  })

  it('stand in the guide, each with its numbers, subtype and mark', () => {
    const page = readFileSync(new URL('../../../docs/ehbox.md', import.meta.url), 'utf8')
    const lines = page.split('\n- ').map((item) => item.split('\n\n')[0]!.replace(/\s+/g, ' '))
    for (const [quality, { by, subType, evidence }] of Object.entries<Addressing>(qualities)) {
      const line = lines.find((item) => item.includes(`\`${quality}\``)) ?? ''
      expect([undefined, quality]).toContain(subType)
      const sub = subType === undefined ? '' : ', subtype is its name'
      expect([quality, line.slice(0, line.indexOf(':'))]).toEqual([
        quality,
        `${by.join(', ')}${sub}, ${evidence}`,
      ])
    }
  })
})
