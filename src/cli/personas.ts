/** Personas of a simulator's directory, as `ehealth simulator --dir DIR` writes them. */
import { existsSync } from 'node:fs'
import path from 'node:path'

import type { CallerSettings } from '../configuration/caller.js'
import { isRegistered } from '../simulator/index.js'
import type { Environment } from '../technical/environment/environment.js'
import type { ServiceListSource } from '../technical/environment/environment.js'
import { isServiceName } from '../technical/environment/services.js'
import { readNamed } from './input.js'
import { english } from './language/index.js'
import { UsageError } from './output.js'

/** Everything that a connection to a simulator needs. */
export interface SimulatedPersona {
  environment: Environment
  profession: string
  /** What the profession takes. */
  numbers: CallerSettings
  keystore: Uint8Array
  password: string
  /** Keystore of the user who identifies, where an organisation has one. */
  identification?: { bytes: Uint8Array; password: string }
}

interface PersonaEntry {
  name: string
  profession: string
  /** Absent in the directory of an earlier release, which had two numbers only. */
  numbers?: CallerSettings
  ssin?: string
  nihii?: string
  identifiedBy?: string
  keystore: string
  password: string
}

interface PersonasFile {
  url: string
  endpoints: Record<string, string>
  serviceList?: ServiceListSource
  trust: Record<string, string>
  personas: PersonaEntry[]
}

/** Reads one persona of the directory. */
export async function readPersona(directory: string, name: string): Promise<SimulatedPersona> {
  const file = await readPersonasFile(directory)
  const persona = entryOf(file, name)
  const { profession, ssin, nihii, identifiedBy } = persona
  const keystoreOf = async ({ keystore, password }: PersonaEntry) => ({
    bytes: await readNamed(path.join(directory, keystore)),
    password,
  })
  const { bytes: keystore, password } = await keystoreOf(persona)
  return {
    environment: await environmentOf(directory, file),
    profession,
    numbers: persona.numbers ?? {
      ...(ssin === undefined ? {} : { ssin }),
      ...(nihii === undefined ? {} : { nihii }),
    },
    keystore,
    password,
    ...(identifiedBy === undefined ? {} : { identification: await keystoreOf(entryOf(file, identifiedBy)) }),
  }
}

function entryOf({ personas }: PersonasFile, name: string): PersonaEntry {
  const persona = personas.find((candidate) => candidate.name === name)
  if (persona !== undefined) return persona
  const known = personas.map((candidate) => candidate.name).join(', ')
  throw new UsageError(
    isRegistered(name)
      ? english`${name} has no keystore there yet: start the simulator with --personas ${name} (there are ${known})`
      : english`--persona is one of ${known}`,
  )
}

async function readPersonasFile(directory: string): Promise<PersonasFile> {
  const file = path.join(directory, 'personas.json')
  if (!existsSync(file))
    throw new UsageError(
      english`${directory} is no directory of a simulator: start one with ehealth simulator --dir ${directory}`,
    )
  const bytes = await readNamed(file)
  try {
    const content = JSON.parse(Buffer.from(bytes).toString('utf8')) as Partial<PersonasFile>
    if (typeof content.url === 'string' && Array.isArray(content.personas)) return content as PersonasFile
  } catch {
    // told below
  }
  throw new UsageError(english`${file} was not written by ehealth simulator`)
}

async function environmentOf(directory: string, file: PersonasFile): Promise<Environment> {
  const certificates = async (role: string): Promise<Uint8Array[]> => {
    const name = file.trust[role]
    return name === undefined ? [] : [await readNamed(path.join(directory, name))]
  }
  const named = Object.entries(file.endpoints).filter(([service]) => isServiceName(service))
  return {
    name: 'simulation',
    baseUrl: file.url,
    endpoints: Object.fromEntries(named),
    ...(file.serviceList === undefined ? {} : { serviceList: file.serviceList }),
    trust: {
      tls: await certificates('tls'),
      signers: await certificates('signers'),
      sts: await certificates('sts'),
      registrationAuthority: await certificates('registrationAuthority'),
      // the directory of an earlier release names none
      ...(file.trust['timestampAuthority'] === undefined
        ? {}
        : { timestampAuthority: await certificates('timestampAuthority') }),
    },
  }
}
