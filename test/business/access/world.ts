/** The people of the tests of consent, links and exclusions: each with his own session, over HTTPS. */
import { createAccess, type Access } from '../../../src/business/access/index.js'
import { createConsents, type Consents } from '../../../src/business/consent/index.js'
import { createExclusions, type Exclusions } from '../../../src/business/exclusions/index.js'
import type { Patient, Provider } from '../../../src/business/kmehr/index.js'
import { createTherapeuticLinks, type TherapeuticLinks } from '../../../src/business/therlink/index.js'
import { connect, type Connection } from '../../../src/connect.js'
import { hospital, nurse, physician } from '../../../src/professions/index.js'
import {
  startSimulator,
  type CardHolder,
  type RegisteredActor,
  type Simulator,
  type SimulatorOptions,
} from '../../../src/simulator/index.js'
import { createSession, type Actor, type Session } from '../../../src/technical/session/index.js'

const identification = 'urn:be:fgov:identification-namespace'

/** Somebody known by SSIN alone, with his eID. */
export const citizen = (ssin: string, more: Partial<Actor> = {}): Actor => ({
  profession: 'patient',
  quality: 'CITIZEN',
  kmehr: 'patient',
  ssin,
  demanded: [],
  attributes: ['urn:be:fgov:ehealth:1.0:certificateholder:person:ssin', 'urn:be:fgov:person:ssin'].map(
    (name) => ({ name, namespace: identification, values: [ssin] }),
  ),
  ...more,
})

/** The services of a session that is no connection. */
export interface CitizenServices {
  session: Session
  consent: Consents
  therlink: TherapeuticLinks
  exclusions: Exclusions
  access: Access
}

export interface Cast {
  simulator: Simulator
  physician: Connection<'consent' | 'therlink' | 'access' | 'ehbox'>
  nurse: Connection<'consent' | 'therlink' | 'access' | 'ehbox'>
  hospital: Connection<'consent' | 'ehbox'>
  /** The providers as others name them. */
  providers: { physician: Provider; nurse: Provider }
  /** The patients of the simulator with card and names. */
  patients: Record<'adult' | 'child' | 'foreigner' | 'deceased', Patient & { ssin: string }>
  /** A citizen with his eID, and the services for him. */
  citizen(holder: string | CardHolder, actor?: Partial<Actor>): Promise<CitizenServices>
  close(): Promise<void>
}

export async function openCast(options: SimulatorOptions = {}): Promise<Cast> {
  const simulator = await startSimulator(options)
  const { personas, environment, runtime, world } = simulator
  const common = { environment, runtime }
  const keystore = (name: keyof typeof personas) => ({
    bytes: personas[name].keystore,
    password: personas[name].password,
  })
  const numbers = ({ ssin, nihii }: { ssin: string; nihii: string }) => ({ ssin, nihii })
  const connections = {
    physician: await connect({
      ...common,
      keystore: keystore('physician'),
      as: physician(numbers(personas.physician)),
    }),
    nurse: await connect({ ...common, keystore: keystore('nurse'), as: nurse(numbers(personas.nurse)) }),
    hospital: await connect({
      ...common,
      keystore: keystore('hospital'),
      as: hospital({ nihii: personas.hospital.nihii }),
    }),
  }
  const sessions: Session[] = []
  const patients = Object.fromEntries(
    world.patients.map(({ name, ssin, firstName, familyName, cards: [card] }) => [
      name,
      {
        ssin,
        firstName,
        familyName,
        [card!.scheme === 'EID-CARDNO' ? 'eidCard' : 'isiCard']: card!.number,
      },
    ]),
  ) as unknown as Cast['patients']
  return {
    simulator,
    ...connections,
    providers: {
      physician: { role: 'persphysician', ...numbers(personas.physician) },
      nurse: { role: 'persnurse', ...numbers(personas.nurse) },
    },
    patients,
    citizen: async (holder, actor = {}) => {
      const card = await simulator.card(holder)
      const { value: ssin } = card.keystore.identity
      const session = createSession({ ...common, keystore: card.keystore, actor: citizen(ssin, actor) })
      sessions.push(session)
      return {
        session,
        consent: createConsents(session),
        therlink: createTherapeuticLinks(session),
        exclusions: createExclusions(session),
        access: createAccess(session),
      }
    },
    close: async () => {
      await Promise.all([...Object.values(connections), ...sessions].map((one) => one.close()))
      await simulator.close()
    },
  }
}

/** A pharmacy with its holder in the registers of the simulator; the holder has an eID. */
export function registerPharmacy({ world }: Simulator): {
  holder: CardHolder
  pharmacy: Provider
  parties: Provider[]
} {
  const holder = { ssin: '77010199319', firstName: 'Bo', familyName: 'Specimen' }
  const pharmacist: RegisteredActor = {
    name: 'pharmacist',
    kind: 'person',
    displayName: 'BO SPECIMEN',
    profession: 'pharmacist',
    kmehr: 'perspharmacist',
    certificateType: 'SSIN',
    certificateValue: holder.ssin,
    ssin: holder.ssin,
    nihii: '29990123001',
    qualities: ['PHARMACIST'],
    certified: {},
  }
  const { ssin: _, ...rest } = pharmacist
  world.register(pharmacist)
  world.register({
    ...rest,
    name: 'pharmacy',
    kind: 'organisation',
    displayName: 'SAMPLE PHARMACY',
    kmehr: 'orgpharmacy',
    certificateType: 'NIHII-PHARMACY',
    certificateValue: '26000156',
    nihii: '26000156',
    holder: holder.ssin,
  })
  const pharmacy = { role: 'orgpharmacy', nihii: '26000156', name: 'Sample Pharmacy' }
  return {
    holder,
    pharmacy,
    parties: [pharmacy, { role: 'perspharmacist', nihii: '29990123001', ssin: holder.ssin }],
  }
}
