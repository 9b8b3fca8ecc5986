/** What a number is, for whoever looks at one: every kind that it may be, with what can be read from it. */
import { EHealthError, type ErrorCode } from '../../errors.js'
import { parseCardNumber } from './card.js'
import { parseCbe } from './cbe.js'
import { parseMunicipalityNis, parsePostalCode } from './codes.js'
import { parseEhp } from './ehp.js'
import { parseNihii } from './nihii.js'
import { qualificationOf } from './qualification.js'
import { parseSite } from './site.js'
import { parseSsin, type SsinOptions } from './ssin.js'

/** A kind of number that {@link describeIdentifier} knows. */
export type IdentifierKind = 'ssin' | 'nihii' | 'cbe' | 'ehp' | 'card' | 'municipality' | 'postal' | 'site'

/** The number read as one kind. */
export interface IdentifierReading {
  readonly kind: IdentifierKind
  /** In words, for instance `SSIN (national number)`. */
  readonly title: string
  /** As messages carry it. */
  readonly normalized: string
  /** As printed. */
  readonly formatted: string
  /** What can be read from it, by name; hints, not facts: ask the register. */
  readonly facts: Readonly<Record<string, string | number | boolean | null>>
}

/** Why the number is not of a kind. */
export interface IdentifierRefusal {
  readonly kind: IdentifierKind
  readonly title: string
  readonly code: ErrorCode
  readonly message: string
}

/** Everything that a number may be; when it is nothing, why not. */
export interface IdentifierDescription {
  readonly readings: readonly IdentifierReading[]
  /** Of the kinds that its length fits; of all kinds asked for when it fits none. */
  readonly refusals: readonly IdentifierRefusal[]
}

/** Options of {@link describeIdentifier}. */
export interface DescribeOptions extends SsinOptions {
  /** Looks at this kind only. */
  kind?: IdentifierKind
}

type Read = (input: string, options: SsinOptions) => Omit<IdentifierReading, 'kind' | 'title'>

const plain = (text: string): Omit<IdentifierReading, 'kind' | 'title'> => ({
  normalized: text,
  formatted: text,
  facts: {},
})

/** Provinces by the first digit of the order number, as numbers were given out once (spec identifiers §3.1). */
const provinces = [
  'Flemish Brabant',
  'Antwerp',
  'Brabant',
  'West Flanders',
  'East Flanders',
  'Hainaut',
  'Liège',
  'Limburg',
  'Luxembourg',
  'Namur',
]

const kinds: Readonly<Record<IdentifierKind, { title: string; read: Read }>> = {
  ssin: {
    title: 'SSIN (national number)',
    read: (input, options) => {
      const { normalized, formatted, register, birthDate, sex, bisSexKnown } = parseSsin(input, options)
      const known = birthDate.endsWith('-00-00') ? 'year' : birthDate.endsWith('-00') ? 'month' : 'day'
      return {
        normalized,
        formatted,
        facts: {
          register,
          birthDate,
          birthDateKnownTo: known,
          century: birthDate.slice(0, 2) === '20' ? '2000s' : '1900s',
          sex,
          ...(bisSexKnown === undefined ? {} : { sexKnownAtIssue: bisSexKnown }),
        },
      }
    },
  },
  nihii: {
    title: 'NIHII number',
    read: (input) => {
      const { normalized, formatted, base8, qualification, modulus, profession } = parseNihii(input)
      const found = qualification === null ? undefined : qualificationOf(profession, qualification)
      return {
        normalized,
        formatted,
        facts: {
          identity: base8,
          holder: profession,
          historicProvince: provinces[Number(base8[1])]!,
          modulus,
          qualification,
          ...(found === undefined
            ? {}
            : { meaning: found.meaning + (found.evidence === 'inferred' ? ' (inferred)' : '') }),
        },
      }
    },
  },
  cbe: {
    title: 'CBE number',
    read: (input) => {
      const { normalized, formatted, cbeKind } = parseCbe(input)
      const vat = cbeKind === 'enterprise' ? `BE${normalized}` : null
      return { normalized, formatted, facts: { of: cbeKind, vat } }
    },
  },
  ehp: {
    title: 'EHP number',
    read: (input) => {
      const { normalized, checked } = parseEhp(input, { tolerant: true })
      return { normalized, formatted: normalized, facts: { checkDigitsFit: checked } }
    },
  },
  card: {
    title: 'card number',
    read: (input) => {
      const { normalized, formatted, card, checked } = parseCardNumber(input)
      return { normalized, formatted, facts: { card, checked } }
    },
  },
  municipality: {
    title: 'NIS code of a municipality',
    read: (input) => plain(parseMunicipalityNis(input.trim())),
  },
  postal: { title: 'postal code', read: (input) => plain(parsePostalCode(input.trim())) },
  site: { title: 'site number of a hospital', read: (input) => plain(parseSite(input)) },
}

/** Kinds of numbers that {@link describeIdentifier} tells apart. */
export const identifierKinds = Object.keys(kinds) as readonly IdentifierKind[]

/**
 * Tells what a number is. A number may be of several kinds: eleven digits are an SSIN or a NIHII number, their check digits
 * decide; ten digits an enterprise or, when they start with 1990, a partner of the platform.
 *
 * @throws EHealthError `identifier.format` when the input is not a string or longer than 100 characters
 *
 * @example
 * ```ts
 * import { describeIdentifier } from 'ehealth-connectors/identifiers'
 *
 * const { readings } = describeIdentifier('90.01.01-997.94')
 * console.log(readings[0]?.title, readings[0]?.facts['birthDate']) // SSIN (national number) 1990-01-01
 * ```
 */
export function describeIdentifier(input: string, options: DescribeOptions = {}): IdentifierDescription {
  if (typeof input !== 'string' || input.length > 100)
    throw new EHealthError('identifier.format', 'identifier: expected a text of 100 characters at most')
  const { kind: wanted, ...reading } = options
  const readings: IdentifierReading[] = []
  const refusals: IdentifierRefusal[] = []
  for (const kind of wanted === undefined ? identifierKinds : [wanted]) {
    const { title, read } = kinds[kind]
    // Its check digits are those of an enterprise: the first digits tell (spec identifiers §5).
    if (kind === 'ehp' && wanted === undefined && !/^\s*1990/.test(input)) continue
    // Letters may be anything: such a card is believed when it is asked for.
    if (kind === 'card' && wanted === undefined && /[A-Za-z]/.test(input)) continue
    // It judges the form before the length, so that it would have something to say about everything.
    if (kind === 'postal' && wanted === undefined && input.trim().length !== 4) continue
    try {
      readings.push({ kind, title, ...read(input, reading) })
    } catch (error) {
      if (!(error instanceof EHealthError)) throw error
      refusals.push({ kind, title, code: error.code, message: error.message })
    }
  }
  const fitting = refusals.filter(({ code }) => code !== 'identifier.length')
  return { readings, refusals: fitting.length > 0 || readings.length > 0 ? fitting : refusals }
}
