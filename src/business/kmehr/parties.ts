/**
 * People and organisations of health care as KMEHR names them (spec consent-therlink-hub §1.7, §1.10).
 *
 * The same party is written in two namespaces: KMEHR's in an author and in an exclusion, core's in a link.
 */
import { EHealthError } from '../../errors.js'
import { atPath } from '../../technical/identifiers/atPath.js'
import { parseCbe, parseEhp, parseNihii, parseSsin } from '../../technical/identifiers/index.js'
import { refuseUnknownOptions } from '../../technical/session/options.js'
import { common } from './codes.js'
import type { HcParty, HcPartyId } from './contract.js'
import { namesOf, readNames, type Names } from './names.js'

/** A person or an organisation of health care. At least one number must be given. */
export interface Provider extends Names {
  /** Value of CD-HCPARTY: `persphysician`, `orgpharmacy`, `orghospital`, … */
  role: string
  /** Of a person. */
  ssin?: string
  /** 11 digits of a person; of an organisation the first 8 count. */
  nihii?: string
  cbe?: string
  ehp?: string
}

/** Software that takes part, by the identifier that it is registered with. */
export interface Software {
  application: string
  name: string
}

/** A party of an author. */
export type Party = Provider | Software

const providerFields: readonly (keyof Provider)[] = [
  'role',
  'ssin',
  'nihii',
  'cbe',
  'ehp',
  'firstName',
  'familyName',
  'name',
]

/** Roles of people start so; every other one is an organisation, a department or software. */
export const isPerson = (role: string): boolean => role.startsWith('pers')

/**
 * A provider for a link: core namespace, one role.
 *
 * @throws EHealthError `identifier.*`, `kmehr.party`, `configuration.invalid` with the path
 */
export function hcPartyIdOf(provider: Provider, path: string, now: Date): HcPartyId {
  refuseUnknownOptions(provider, providerFields, path)
  return {
    id: numbersOf(provider, path, now),
    cd: common.code('CD-HCPARTY', roleOf(provider, path)),
    ...namesOf(provider, path, 'kmehr.party'),
  }
}

/**
 * A party for an author or an exclusion: KMEHR namespace.
 *
 * @throws EHealthError `identifier.*`, `kmehr.party`, `configuration.invalid` with the path
 */
export function hcPartyOf(party: Party, path: string, now: Date): HcParty {
  if (party !== null && typeof party === 'object' && 'application' in party) return softwareOf(party, path)
  const { id, cd, ...names } = hcPartyIdOf(party, path, now)
  return { id, cd: [cd!], ...names, address: [], telecom: [] }
}

function softwareOf(software: Software, path: string): HcParty {
  refuseUnknownOptions(software, ['application', 'name'], path)
  const { application, name } = software
  for (const [key, value] of Object.entries({ application, name }))
    if (typeof value !== 'string' || value.trim() === '')
      throw new EHealthError('kmehr.party', 'software is named by its identifier and its name', {
        path: `${path}.${key}`,
      })
  return {
    id: [common.local('application_ID', application)],
    cd: [common.code('CD-HCPARTY', 'application')],
    name,
    address: [],
    telecom: [],
  }
}

function roleOf({ role }: Provider, path: string): string {
  if (typeof role === 'string' && /^[a-z]+$/.test(role)) return role
  throw new EHealthError('kmehr.party', 'a party needs a role of the list CD-HCPARTY', {
    path: `${path}.role`,
    hint: 'For instance persphysician, persnurse, orgpharmacy or orghospital.',
  })
}

/** NIHII, CBE and EHP numbers all stand under ID-HCPARTY in this family; the number of the person comes behind. */
function numbersOf({ role, ssin, nihii, cbe, ehp }: Provider, path: string, now: Date): HcPartyId['id'] {
  const at = <T>(name: string, parse: () => T): T => atPath(`${path}.${name}`, parse)
  const numbers = [
    nihii && at('nihii', () => nihiiOf(nihii, role)),
    cbe && at('cbe', () => parseCbe(cbe).normalized),
    ehp && at('ehp', () => parseEhp(ehp).normalized),
  ].flatMap((number) => (number === undefined || number === '' ? [] : [common.code('ID-HCPARTY', number)]))
  const person = ssin === undefined ? [] : [at('ssin', () => parseSsin(ssin, { asOf: now }).normalized)]
  const ids = [...numbers, ...person.map((number) => common.code('INSS', number))]
  if (ids.length === 0)
    throw new EHealthError('kmehr.party', 'a party needs a number', {
      path,
      hint: 'Give ssin or nihii of a person, nihii, cbe or ehp of an organisation.',
    })
  return ids
}

/** Organisations go by 8 digits; the 11 of a person hold the qualification, which nobody can guess. */
function nihiiOf(nihii: string, role: string): string {
  const parsed = parseNihii(nihii)
  return isPerson(role) ? parsed.normalized : parsed.base8
}

/** A party whom an answer names. */
export interface NamedParty extends Names {
  /** Values of CD-HCPARTY. */
  roles: string[]
  ssin?: string
  /** NIHII, CBE or EHP number: the first one under ID-HCPARTY. */
  number?: string
  /** Every identifier as it stands in the answer. */
  ids: { scheme: string; value: string; local?: string }[]
}

export function readParty(party: HcParty | HcPartyId): NamedParty {
  const valueOf = (scheme: string): string | undefined => party.id.find(({ S }) => S === scheme)?.value
  const ssin = valueOf('INSS')
  const number = valueOf('ID-HCPARTY')
  const cds = party.cd === undefined ? [] : [party.cd].flat()
  return {
    roles: cds.filter(({ S }) => S === 'CD-HCPARTY').map(({ value }) => value),
    ...(ssin === undefined ? {} : { ssin }),
    ...(number === undefined ? {} : { number }),
    ...readNames(party),
    ids: party.id.map(({ S, SL, value }) => ({
      scheme: S,
      value,
      ...(SL === undefined ? {} : { local: SL }),
    })),
  }
}
