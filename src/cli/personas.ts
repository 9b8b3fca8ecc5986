/** Personas of a simulator's directory, as `ehealth simulator --dir` writes them. */
import { existsSync } from 'node:fs'
import path from 'node:path'

import type { Environment } from '../technical/environment/environment.js'
import type { ServiceListSource } from '../technical/environment/environment.js'
import { isServiceName } from '../technical/environment/services.js'
import { readNamed } from './input.js'
import { UsageError } from './output.js'

/** Everything that a connection to a simulator needs. */
export interface SimulatedPersona {
  environment: Environment
  profession: string
  ssin?: string
  nihii?: string
  keystore: Uint8Array
  password: string
}

interface PersonaEntry {
  name: string
  profession: string
  ssin?: string
  nihii?: string
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
  const persona = file.personas.find((candidate) => candidate.name === name)
  if (persona === undefined)
    throw new UsageError(`--persona is one of ${file.personas.map((candidate) => candidate.name).join(', ')}`)
  const { profession, ssin, nihii, password } = persona
  return {
    environment: await environmentOf(directory, file),
    profession,
    ...(ssin === undefined ? {} : { ssin }),
    ...(nihii === undefined ? {} : { nihii }),
    keystore: await readNamed(path.join(directory, persona.keystore)),
    password,
  }
}

async function readPersonasFile(directory: string): Promise<PersonasFile> {
  const file = path.join(directory, 'personas.json')
  if (!existsSync(file))
    throw new UsageError(
      `${directory} is no directory of a simulator: start one with ehealth simulator --dir ${directory}`,
    )
  const bytes = await readNamed(file)
  try {
    const content = JSON.parse(Buffer.from(bytes).toString('utf8')) as Partial<PersonasFile>
    if (typeof content.url === 'string' && Array.isArray(content.personas)) return content as PersonasFile
  } catch {
    // told below
  }
  throw new UsageError(`${file} was not written by ehealth simulator`)
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
    },
  }
}
