/** The personas of a simulator: who they are, and the file that tells peers. */
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

import { servicePaths, type Environment, type ServiceName } from '../technical/environment/environment.js'
import {
  identifiedBy,
  numbersOf,
  personaActors,
  personaNames,
  type AnyPersonaName,
  type FurtherPersonaName,
  type PersonaName,
} from './actors.js'
import type { PersonaKeystore } from './pki/foundation.js'
import { kept } from './pki/keepFoundation.js'
import type { RegisteredPatient } from './world.js'

/** Somebody with a keystore of the simulator. */
export interface Persona {
  readonly name: AnyPersonaName
  /** Name of the profession: what to put into `as:` of `connect()`. */
  readonly profession: string
  /** What the profession takes: `professionOf(profession, numbers)` of `ehealth-connectors/professions`. */
  readonly numbers: Readonly<Record<string, string>>
  /** Whose certificate identifies when an organisation calls that has a user, for instance of a pharmacy. */
  readonly identifiedBy?: FurtherPersonaName
  readonly displayName: string
  readonly ssin?: string
  /** 11 digits for a person, 8 for an organisation. */
  readonly nihii?: string
  readonly cbe?: string
  readonly ehp?: string
  /** Usual quality in the eHealthBox, for instance `DOCTOR`; empty for whoever has none. */
  readonly quality: string
  /** The `.p12` file. */
  readonly keystore: Uint8Array
  readonly password: string
  /** Where the keystore was written, when the simulator has a directory. */
  readonly file?: string
}

/** A professional; has both numbers. */
export interface PersonPersona extends Persona {
  readonly ssin: string
  readonly nihii: string
}

/** An organisation known by its NIHII number. */
export interface OrganisationPersona extends Persona {
  readonly nihii: string
}

/** The personas that every simulator has. */
export interface Personas extends Record<PersonaName, Persona> {
  readonly physician: PersonPersona
  readonly nurse: PersonPersona
  readonly hospital: OrganisationPersona
}

/** The personas that are there from the start; with their files where the simulator has a directory. */
export function personasOf(
  keystores: Readonly<Record<PersonaName, PersonaKeystore>>,
  dir: string | undefined,
): Personas {
  const personas = personaNames.map((name): [PersonaName, Persona] => [
    name,
    personaOf(name, keystores[name], dir),
  ])
  // The numbers of the personas stand in their data.
  return Object.fromEntries(personas) as unknown as Personas
}

/** Somebody of the register with his keystore. */
export function personaOf(name: AnyPersonaName, keystore: PersonaKeystore, dir: string | undefined): Persona {
  const actor = personaActors[name]
  const { profession, displayName, ssin, nihii, cbe, ehp, qualities } = actor
  const user = identifiedBy[name]
  return {
    name,
    profession,
    numbers: numbersOf(actor),
    ...(user === undefined ? {} : { identifiedBy: user }),
    displayName,
    ...(ssin === undefined ? {} : { ssin }),
    ...(nihii === undefined ? {} : { nihii }),
    ...(cbe === undefined ? {} : { cbe }),
    ...(ehp === undefined ? {} : { ehp }),
    quality: qualities[0] ?? '',
    ...keystore,
    ...(dir === undefined ? {} : { file: path.resolve(dir, kept.keystore(name)) }),
  }
}

const cardFields = { 'EID-CARDNO': 'eidCard', 'ISI-CARDNO': 'isiCard' } as const

/** `personas.json`: what a peer needs to be pointed at the simulator. Paths are relative to the directory. */
export async function describePersonas(
  dir: string,
  { baseUrl: url, serviceList }: Environment,
  pki: string,
  personas: readonly Persona[],
  served: readonly ServiceName[],
  patients: readonly RegisteredPatient[],
): Promise<void> {
  const content = {
    url,
    pki,
    endpoints: Object.fromEntries(served.map((name) => [name, url + servicePaths[name]])),
    serviceList,
    trust: {
      tls: kept.certificate('root'),
      signers: kept.certificate('root'),
      sts: kept.certificate('sts'),
      registrationAuthority: kept.certificate('registrationAuthority'),
      timestampAuthority: kept.certificate('timestampAuthority'),
    },
    personas: personas.map(({ keystore: _, file: __, ...persona }) => ({
      ...persona,
      keystore: kept.keystore(persona.name),
    })),
    patients: Object.fromEntries(
      patients.map(({ name, ssin, firstName, familyName, cards: [card] }) => [
        name,
        // in the words of the library, so that an entry can be given to it as it stands
        {
          ssin,
          firstName,
          familyName,
          ...(card === undefined ? {} : { [cardFields[card.scheme]]: card.number }),
        },
      ]),
    ),
  }
  await mkdir(dir, { recursive: true })
  const text = `${JSON.stringify(content, undefined, 2)}\n`
  await writeFile(path.join(dir, 'personas.json'), text, { mode: 0o600 })
}
