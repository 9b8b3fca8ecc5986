/** The world in memory, with slots that may be kept in a directory. */
import { readFileSync } from 'node:fs'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'

import { EHealthError } from '../errors.js'
import type { Runtime } from '../technical/environment/runtime.js'
import type { DepotToken, RegisteredActor, RegisteredPatient, SlotCodec, World } from './world.js'

/** What a world starts with. */
export interface WorldOptions {
  readonly runtime: Runtime
  readonly actors: readonly RegisteredActor[]
  readonly tokens: readonly DepotToken[]
  readonly patients?: readonly RegisteredPatient[]
  /** Where slots are kept; nowhere when omitted. */
  readonly directory?: string
}

interface Slot {
  value: unknown
  codec?: SlotCodec<unknown>
  /** The last write: writes of one slot never overtake each other. */
  written: Promise<void>
}

export function createWorld(options: WorldOptions): World {
  const { runtime, directory } = options
  const actors = [...options.actors]
  const tokens = [...options.tokens]
  const patients = [...(options.patients ?? [])]
  const slots = new Map<string, Slot>()
  const fileOf = (name: string): string => path.join(directory!, 'state', `${name}.json`)

  return {
    runtime,
    actors,
    tokens,
    patients,
    register: (actor) => putByName(actors, actor),
    registerPatient: (patient) => putByName(patients, patient),
    findPatient: (ssin) => patients.find((patient) => patient.ssin === ssin),
    addToken: (token) => {
      tokens.push(token)
    },
    findActor: (type, value) => actors.find((actor) => names(actor, type, value)),
    slot: <T>(name: string, create: () => T, codec?: SlotCodec<T>): T => {
      const known = slots.get(name)
      if (known !== undefined) return known.value as T
      const kept = directory === undefined || codec === undefined ? undefined : readState(fileOf(name))
      const value = kept === undefined ? create() : codec!.fromJson(kept)
      const slot: Slot = { value, written: Promise.resolve() }
      if (codec !== undefined) slot.codec = codec
      slots.set(name, slot)
      return value
    },
    save: async (name) => {
      const slot = slots.get(name)
      if (directory === undefined || slot?.codec === undefined) return
      const text = JSON.stringify(slot.codec.toJson(slot.value))
      const write = slot.written.then(() => writeState(fileOf(name), text))
      slot.written = write.catch(() => undefined)
      await write
    },
  }
}

/** Adds an entry, or replaces the one of the same name. */
function putByName<T extends { readonly name: string }>(entries: T[], entry: T): void {
  const at = entries.findIndex(({ name }) => name === entry.name)
  if (at < 0) entries.push(entry)
  else entries[at] = entry
}

function names(actor: RegisteredActor, type: string, value: string): boolean {
  if (actor.certificateType === type && actor.certificateValue === value) return true
  switch (type) {
    case 'SSIN':
    case 'INSS':
      return actor.ssin === value
    case 'CBE':
      return actor.cbe === value
    case 'EHP':
      return actor.ehp === value
    case 'NIHII':
    case 'NIHII11':
      return actor.nihii !== undefined && actor.nihii.slice(0, 8) === value.slice(0, 8)
    default:
      return false
  }
}

function readState(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    // no cause: what JSON.parse says quotes the file, and the file holds messages
    throw new EHealthError(
      'configuration.invalid',
      'the state in the directory of the simulator is damaged',
      {
        path: 'dir',
        hint: 'Give another directory, or remove this one.',
      },
    )
  }
}

/** Written beside and moved, so that a simulator that is killed leaves a whole state behind. */
async function writeState(file: string, text: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true })
  await writeFile(`${file}.new`, text, { mode: 0o600 })
  await rename(`${file}.new`, file)
}
