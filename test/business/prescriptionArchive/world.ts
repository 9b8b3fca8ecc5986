/** A simulator whose clock stands, the hospital in it, and archives that are closed with the test. */
import { randomUUID } from 'node:crypto'

import { connect, type Connection } from '../../../src/connect.js'
import {
  openPrescriptionArchive,
  type PrescriptionArchive,
  type PrescriptionArchiveOptions,
} from '../../../src/business/prescriptionArchive/index.js'
import { openStore, type Store } from '../../../src/business/prescriptionArchive/storage/store.js'
import { hospital as asHospital } from '../../../src/professions/index.js'
import { startSimulator, type Simulator } from '../../../src/simulator/index.js'
import type { SessionEvent } from '../../../src/technical/observability/index.js'

export const noon = new Date('2026-03-02T11:00:00.000Z')
export const minute = 60_000

export interface House {
  simulator: Simulator
  /** Name of the hospital at the platform. */
  hospital: string
  /** An archive on a new file, or on one of before; told what happened to it by `events`. */
  open(options?: Partial<PrescriptionArchiveOptions>): Promise<Opened>
  close(): Promise<void>
}

export interface Opened {
  archive: PrescriptionArchive
  /** The same file, to look into it or to spoil it. */
  store: Store
  events: SessionEvent[]
  file: string
  /** States of the bags, in order. */
  states(): string[]
}

export async function openHouse(file: (name: string) => string): Promise<House> {
  const simulator = await startSimulator({ clock: { now: () => noon } })
  const { keystore, password, nihii } = simulator.personas.hospital
  const me: Connection<never> = await connect({
    environment: simulator.environment,
    runtime: simulator.runtime,
    keystore: { bytes: keystore, password },
    as: asHospital({ nihii }),
  })
  const opened: { archive: PrescriptionArchive; store: Store }[] = []
  const hospital = simulator.timestamps.hospitalOf('hospital')
  return {
    simulator,
    hospital,
    open: async (options = {}) => {
      const name = options.file ?? file(`archive-${opened.length}.db`)
      const events: SessionEvent[] = []
      const archive = await openPrescriptionArchive({
        session: me.session,
        hospital,
        pauseBetweenBags: 0,
        on: (event) => events.push(event),
        ...options,
        file: name,
      })
      const store = await openStore(name)
      opened.push({ archive, store })
      return {
        archive,
        store,
        events,
        file: name,
        states: () =>
          store.all<{ state: string }>('SELECT state FROM bag ORDER BY sequence').map(({ state }) => state),
      }
    },
    close: async () => {
      for (const { archive, store } of opened) {
        store.close()
        await archive.close()
      }
      await me.close()
      await simulator.close()
    },
  }
}

/** Takes in as many as are asked for; each is another one, whoever else takes in how many. */
export async function takeIn(
  archive: PrescriptionArchive,
  count: number,
  prefix: string = randomUUID(),
): Promise<Uint8Array[]> {
  const all = Array.from({ length: count }, (_, index) => Buffer.from(`prescription ${prefix} ${index}`))
  await Promise.all(
    all.map((content, index) =>
      archive.add({ content, sourceSystem: 'ward', sourceId: `${prefix}-${index}` }),
    ),
  )
  return all
}
