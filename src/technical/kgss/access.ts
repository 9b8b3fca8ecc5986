/** Who may read a key: attributes that the token of a reader must carry (spec etee §5.3). */
import { EHealthError } from '../../errors.js'
import { parseCbe, parseNihii, parseSsin } from '../identifiers/index.js'
import { attributeNamespaces } from '../sts/claims.js'
import type { CredentialType } from './contract.js'

/**
 * A kind of readers: an attribute of the SAML token by namespace and name, with the values that will do.
 *
 * Without values any value will do (spec etee §5.3, inferred from the schema and its use).
 */
export interface Reader {
  readonly namespace: string
  readonly name: string
  readonly values?: readonly string[]
}

const { identification, certified } = attributeNamespaces
const personal = 'urn:be:fgov:person:ssin:ehealth:1.0:'

/** One row of the table of spec etee §5.3. */
export interface ReaderAttribute {
  readonly namespace: string
  readonly name: string
  /** What its value is: a number of the reader, or `true`. */
  readonly value: 'ssin' | 'nihii11' | 'cbe' | 'true'
  /** `confirmed`: in a recorded request or the access lists of a working client; `inferred`: concluded from its siblings. */
  readonly evidence: 'confirmed' | 'inferred'
}

/** The attributes that access lists are known to name. A wrong one is one line to change. */
export const readerAttributes = {
  person: {
    namespace: identification,
    name: 'urn:be:fgov:person:ssin',
    value: 'ssin',
    evidence: 'confirmed',
  },
  anyDoctor: {
    namespace: certified,
    name: 'urn:be:fgov:person:ssin:doctor:boolean',
    value: 'true',
    evidence: 'confirmed',
  },
  doctor: {
    namespace: certified,
    name: `${personal}doctor:nihii11`,
    value: 'nihii11',
    evidence: 'confirmed',
  },
  dentist: {
    namespace: certified,
    name: `${personal}nihii:dentist:nihii11`,
    value: 'nihii11',
    evidence: 'confirmed',
  },
  midwife: {
    namespace: certified,
    name: `${personal}nihii:midwife:nihii11`,
    value: 'nihii11',
    evidence: 'confirmed',
  },
  nurse: {
    namespace: certified,
    name: `${personal}nihii:nurse:nihii11`,
    value: 'nihii11',
    evidence: 'confirmed',
  },
  physiotherapist: {
    namespace: certified,
    name: `${personal}nihii:physiotherapist:nihii11`,
    value: 'nihii11',
    evidence: 'confirmed',
  },
  anyPharmacy: {
    namespace: certified,
    name: 'urn:be:fgov:ehealth:1.0:pharmacy:nihii-number:recognisedpharmacy:boolean',
    value: 'true',
    evidence: 'confirmed',
  },
  anyInsurer: {
    namespace: certified,
    name: 'urn:be:fgov:kbo-bce:organization:cbe-number:ehealth:1.0:hio:boolean',
    value: 'true',
    evidence: 'confirmed',
  },
  organisation: {
    namespace: identification,
    name: 'urn:be:fgov:ehealth:1.0:certificateholder:enterprise:cbe-number',
    value: 'cbe',
    evidence: 'confirmed',
  },
  enterprise: {
    namespace: identification,
    name: 'urn:be:fgov:kbo-bce:organization:cbe-number',
    value: 'cbe',
    evidence: 'confirmed',
  },
} as const satisfies Record<string, ReaderAttribute>

type AttributeName = keyof typeof readerAttributes

const normalised = {
  ssin: (value: string) => parseSsin(value).normalized,
  nihii11: nihii11Of,
  cbe: (value: string) => parseCbe(value).normalized,
}

function nihii11Of(value: string): string {
  const { normalized } = parseNihii(value)
  if (normalized.length !== 11)
    throw new EHealthError('identifier.length', 'the attribute of a token holds a NIHII number of 11 digits')
  return normalized
}

function numbered(attribute: AttributeName, value: string | undefined): Reader {
  const { namespace, name, value: kind } = readerAttributes[attribute]
  if (value === undefined) return { namespace, name }
  return { namespace, name, values: [normalised[kind as keyof typeof normalised](value)] }
}

function flagged(attribute: AttributeName): Reader {
  const { namespace, name } = readerAttributes[attribute]
  return { namespace, name, values: ['true'] }
}

/**
 * Readers by what they are called, for {@link Kgss.newKey}. A number is checked at once; without one everybody with that
 * attribute is meant.
 *
 * @throws EHealthError `identifier.*` from each of them, for a number that is none
 *
 * @example
 * ```ts
 * import { readers } from 'ehealth-connectors/kgss'
 *
 * const allowed = [readers.person(patientSsin), readers.doctor(), readers.anyPharmacy()]
 * ```
 */
export const readers = {
  /** A person by SSIN, for instance the patient. */
  person: (ssin: string): Reader => numbered('person', ssin),
  /** Everybody whom the platform certifies as a doctor. */
  anyDoctor: (): Reader => flagged('anyDoctor'),
  /** A doctor by NIHII number of 11 digits; every doctor with such a number without. */
  doctor: (nihii?: string): Reader => numbered('doctor', nihii),
  dentist: (nihii?: string): Reader => numbered('dentist', nihii),
  midwife: (nihii?: string): Reader => numbered('midwife', nihii),
  nurse: (nihii?: string): Reader => numbered('nurse', nihii),
  physiotherapist: (nihii?: string): Reader => numbered('physiotherapist', nihii),
  /** Every recognised pharmacy. */
  anyPharmacy: (): Reader => flagged('anyPharmacy'),
  /** Every health insurer (chapter IV). */
  anyInsurer: (): Reader => flagged('anyInsurer'),
  /** The organisation whose certificate calls, by CBE number. */
  organisation: (cbe: string): Reader => numbered('organisation', cbe),
  /** An organisation by CBE number, as the register of enterprises names it. */
  enterprise: (cbe: string): Reader => numbered('enterprise', cbe),
  /** Any other attribute of a token. */
  attribute: (namespace: string, name: string, ...values: string[]): Reader => ({ namespace, name, values }),
} as const

/** What may stand in a list: printable, without blanks, as attribute names are. */
const uri = /^[\x21-\x7e]{1,500}$/

/**
 * A list of readers as the message carries it.
 *
 * @throws EHealthError `kgss.reader` with the path of what cannot be meant
 */
export function credentialsOf(list: readonly Reader[], path: 'allowed' | 'excluded'): CredentialType[] {
  if (!Array.isArray(list)) throw refusal(path, 'not an array of readers')
  if (path === 'allowed' && list.length === 0) throw refusal(path, 'nobody may read the key')
  return list.map((reader: Reader, index) => {
    const at = `${path}[${index}]`
    if (typeof reader !== 'object' || reader === null) throw refusal(at, 'not a reader')
    const { namespace, name, values = [] } = reader
    if (typeof namespace !== 'string' || !uri.test(namespace))
      throw refusal(`${at}.namespace`, 'not a namespace of attributes')
    if (typeof name !== 'string' || !uri.test(name)) throw refusal(`${at}.name`, 'not a name of an attribute')
    if (!Array.isArray(values) || !values.every((value) => typeof value === 'string'))
      throw refusal(`${at}.values`, 'not an array of texts')
    return { Namespace: namespace, Name: name, Value: [...values] as string[] }
  })
}

const refusal = (path: string, problem: string): EHealthError =>
  new EHealthError('kgss.reader', `${path}: ${problem}`, { path })
