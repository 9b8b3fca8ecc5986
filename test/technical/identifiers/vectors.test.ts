import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import { EHealthError } from '../../../src/errors.js'
import {
  formatForEtk,
  identifierType,
  padNihiiForMyCareNet,
  parseCbe,
  parseCountryIso,
  parseCountryNis,
  parseEhp,
  parseEidCard,
  parseIncompleteDate,
  parseMunicipalityNis,
  parseNihii,
  parsePostalCode,
  parseSsin,
} from '../../../src/technical/identifiers/index.js'

interface Case extends Record<string, unknown> {
  id: string
  kind: string
  input: string
  valid?: boolean
  reason?: string
  type?: string
  length?: number
  output?: string
}

const file = JSON.parse(
  readFileSync(new URL('../../../fixtures/identifiers/vectors.json', import.meta.url), 'utf8'),
) as { asOf: string; reasons: string[]; counts: Record<string, number>; cases: Case[] }

const parsers: Record<string, (input: string) => unknown> = {
  ssin: (input) => parseSsin(input, { asOf: new Date(`${file.asOf}T12:00:00Z`) }),
  nihii: parseNihii,
  cbe: parseCbe,
  ehp: parseEhp,
  'eid-card': parseEidCard,
  'incomplete-date': parseIncompleteDate,
  'municipality-nis': parseMunicipalityNis,
  'country-nis': (input) => ({ normalized: parseCountryNis(input) }),
  'country-iso': parseCountryIso,
  'postal-be': parsePostalCode,
}

/** Fields of a case that describe the case rather than the parsed value. */
const about = new Set(['id', 'kind', 'input', 'valid', 'reason', 'note'])

describe('the identifier vectors', () => {
  it('are all there', () => {
    expect(file.cases).toHaveLength(114)
    const { total, ...perKind } = file.counts
    for (const [kind, count] of Object.entries(perKind))
      expect(file.cases.filter((entry) => entry.kind === kind).length, kind).toBe(count)
    expect(total).toBe(114)
  })

  it('are each judged below, by their kind', () => {
    const judged = [...Object.keys(parsers), 'connector-padding', 'mycarenet-padding']
    expect(new Set(file.cases.map(({ kind }) => kind))).toEqual(new Set(judged))
    const reasons = file.cases.flatMap(({ valid, reason }) => (valid === false ? [reason] : []))
    expect([...new Set(reasons)].sort()).toEqual(file.reasons)
  })

  for (const entry of file.cases.filter((candidate) => candidate.kind in parsers)) {
    const parse = parsers[entry.kind]!
    if (entry.valid === true)
      it(`${entry.id}: accepts and reads the number`, () => {
        const expected = Object.fromEntries(Object.entries(entry).filter(([name]) => !about.has(name)))
        const parsed = parse(entry.input)
        if (typeof parsed === 'string') expect(parsed).toBe(entry.input)
        else expect(parsed).toMatchObject(expected)
      })
    else
      it(`${entry.id}: refuses with ${entry.reason!}, without repeating the number`, () => {
        let caught: unknown
        try {
          parse(entry.input)
        } catch (error) {
          caught = error
        }
        if (!(caught instanceof EHealthError)) throw new Error('not refused')
        expect(caught.code).toBe(`identifier.${entry.reason!}`)
        if (entry.input.length > 4) expect(JSON.stringify(caught)).not.toContain(entry.input)
      })
  }

  for (const entry of file.cases.filter((candidate) => candidate.kind === 'connector-padding'))
    it(`${entry.id}: ${entry.type!} is formatted as the official connector does, where that is right`, () => {
      expect(identifierType(entry.type!).length).toBe(entry.length)
      // The vector itself calls the left-padded NIHII11 wrong: it names nobody, so it is refused.
      if (entry.id === 'connector-padding-04')
        expect(() => formatForEtk(entry.type!, entry.input)).toThrow(
          expect.objectContaining({ code: 'identifier.length' }),
        )
      else expect(formatForEtk(entry.type!, entry.input)).toBe(entry.output)
    })

  for (const entry of file.cases.filter((candidate) => candidate.kind === 'mycarenet-padding'))
    it(`${entry.id}: pads on the right`, () => {
      expect(padNihiiForMyCareNet(entry.input)).toBe(entry.output)
    })
})
