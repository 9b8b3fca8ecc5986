/** The small synthetic world that the simulated services share: who exists, with which rights, and what is kept. */
import type { Runtime } from '../technical/environment/runtime.js'

/** A person or organisation in the register of the simulator. */
export interface RegisteredActor {
  /** Key of the register, for instance `physician`. */
  readonly name: string
  readonly kind: 'person' | 'organisation'
  /** Upper case, as in certificates: `GIVEN NAME SURNAME` of a person, the name of an organisation. */
  readonly displayName: string
  readonly givenName?: string
  readonly surname?: string
  readonly profession: string
  /** Type of the certificate subject and of the encryption token, for instance `SSIN`, `NIHII-HOSPITAL`. */
  readonly certificateType: string
  /** Number that goes with `certificateType`. */
  readonly certificateValue: string
  readonly ssin?: string
  /** 11 digits for a person, 8 for an organisation. */
  readonly nihii?: string
  readonly cbe?: string
  readonly ehp?: string
  /** SSIN of the holder of a pharmacy. */
  readonly holder?: string
  /** Numbers of the recognised sites of a hospital. */
  readonly sites?: readonly string[]
  /** Code of the KMEHR list CD-HCPARTY, for instance `persphysician`; not judged where it is not known. */
  readonly kmehr?: string
  /** Qualities in which the actor has an eHealthBox, for instance `DOCTOR`; the first one is the usual. */
  readonly qualities: readonly string[]
  /** What the STS certifies, by attribute name (namespace `urn:be:fgov:certified-namespace:ehealth`). */
  readonly certified: Readonly<Record<string, readonly string[]>>
  /**
   * How the platform's registers see the actor today; `recognised`. `not-recognised`: flags are `false`, numbers stay;
   * `unknown`: flags are `false`, everything else is empty.
   */
  readonly standing?: 'recognised' | 'not-recognised' | 'unknown'
}

/** A card that shows who somebody is. */
export interface IdentityCard {
  readonly scheme: 'EID-CARDNO' | 'ISI-CARDNO'
  readonly number: string
}

/** A patient in the registers of the simulator. */
export interface RegisteredPatient {
  /** Key of the register, for instance `adult`. */
  readonly name: string
  readonly ssin: string
  readonly firstName: string
  readonly familyName: string
  readonly cards: readonly IdentityCard[]
  /** Has died, as the national register knows. */
  readonly deceased?: boolean
  /** SSINs of parents and mandataries who may act for the patient. */
  readonly representatives?: readonly string[]
}

/** An encryption token in the depot. */
export interface DepotToken {
  readonly type: string
  /** As the depot keeps it: left-padded to the length of its type. */
  readonly value: string
  /** Absent for the token without application. */
  readonly application?: string
  /** The token in DER or BER. */
  readonly etk: Uint8Array
  /** Kept but no longer served. */
  readonly replaced?: boolean
}

/** How a slot of the world is kept between two runs. */
export interface SlotCodec<T> {
  /** A value that `JSON.stringify` keeps whole. */
  toJson(value: T): unknown
  fromJson(json: unknown): T
}

/** What the services of one simulator share. Two simulators never share a world. */
export interface World {
  /** Held clock and randomness of the simulator. */
  readonly runtime: Runtime
  readonly actors: readonly RegisteredActor[]
  readonly tokens: readonly DepotToken[]
  readonly patients: readonly RegisteredPatient[]
  /** Adds a patient, or replaces the one of the same name. */
  registerPatient(patient: RegisteredPatient): void
  /** The patient with this SSIN. */
  findPatient(ssin: string): RegisteredPatient | undefined
  /** Adds an actor, or replaces the one of the same name. */
  register(actor: RegisteredActor): void
  addToken(token: DepotToken): void
  /** The actor of a certificate subject or identifier, for instance `('SSIN', '…')`. NIHII compares on 8 digits. */
  findActor(type: string, value: string): RegisteredActor | undefined
  /**
   * State that a service owns: made once per simulator by `create`, or read back with `codec` when the simulator has a
   * directory with an earlier state.
   */
  slot<T>(name: string, create: () => T, codec?: SlotCodec<T>): T
  /** Writes a slot to the directory of the simulator, if it has one. To be called after every change. */
  save(name: string): Promise<void>
}
