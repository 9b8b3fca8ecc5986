/** What whoever runs a simulator holds in hand. */
import type { Environment, ServiceName } from '../technical/environment/environment.js'
import type { Runtime } from '../technical/environment/runtime.js'
import type { Certificate } from '../technical/pki/certificate.js'
import type { RevocationReason } from '../technical/pki/revocation/types.js'
import type { AnyPersonaName } from './actors.js'
import type { CardHolder, PatientCard } from './pki/cards.js'
import type { SimulatorClock } from './clock.js'
import type { EndpointRole, Faults } from './faults.js'
import type { People } from './register/index.js'
import type { SimulatedContinuity } from './serviceList/index.js'
import type { SimulatedTimestamps } from './services/timestamp/index.js'
import type { Persona, Personas } from './personas.js'
import type { SimulatorViews } from './views/index.js'
import type { World } from './world.js'

/** A running simulator. */
export interface Simulator extends SimulatorViews {
  /** Without slash at the end, for instance `https://127.0.0.1:40123`. */
  readonly url: string
  /** Endpoints and trust, ready for `connect()`. */
  readonly environment: Environment
  /** What is served. */
  readonly services: readonly ServiceName[]
  readonly personas: Readonly<Personas>
  /**
   * Anybody of the register, by the name of his profession. Keys are generated at first demand, in a second or so.
   *
   * @throws EHealthError `configuration.invalid` for a name that is not in the register
   *
   * @example
   * ```ts
   * import { professionOf } from 'ehealth-connectors/professions'
   *
   * const { profession, numbers, keystore, password } = await simulator.persona('dentist')
   * const as = professionOf(profession, numbers)
   * ```
   */
  persona(name: AnyPersonaName): Promise<Persona>
  /** Everybody who has a keystore by now. */
  enrolled(): readonly Persona[]
  /**
   * The eID of a patient, by the name that he has in `world.patients`, or of anybody else: made when it is first asked
   * for.
   *
   * @throws EHealthError `configuration.invalid` for a name that nobody has
   *
   * @example
   * ```ts
   * const card = await simulator.card('adult')
   * await me.therlink.declare({ patient, proof: { type: 'eidsigning', credential: card.signature } })
   * ```
   */
  card(holder: string | CardHolder): Promise<PatientCard>
  readonly clock: SimulatorClock
  /** Clock and randomness of the simulator: give it to `connect()` where both must tell the same time. */
  readonly runtime: Runtime
  /** Register, tokens and state, for tests. */
  readonly world: World
  /**
   * The national register: invented people, personas and patients. Made when it is first asked.
   *
   * @example
   * ```ts
   * const { ssin } = simulator.people.add({ lastName: 'Sample', givenNames: ['Lea'], birthDate: '1985-09-00' })
   * const [deceased] = simulator.people.rare('deceased')
   * ```
   */
  readonly people: People
  readonly faults: Omit<Faults, 'strike'>
  /** The service list that is published, and the recovery endpoints in it. */
  readonly continuity: SimulatedContinuity
  /** The time stamp authority, and what it has archived. */
  readonly timestamps: SimulatedTimestamps
  /** Requests that a service (and operation, by its name in the WSDL) has received, at both addresses or at one. */
  calls(service: ServiceName, operation?: string, endpoint?: EndpointRole): number
  /** Connections that stand now. */
  connections(): number
  /** Where the authorities publish lists and answer OCSP, for instance `http://127.0.0.1:40124`. */
  readonly pkiUrl: string
  /**
   * Revokes the authentication certificate of a persona, or any certificate that the simulator's authorities issued. Who asks
   * the responder or fetches the list from now on is told; answers that clients keep count for a minute, lists for an hour.
   *
   * @throws EHealthError `configuration.invalid` for a certificate of somebody else
   *
   * @example
   * ```ts
   * await simulator.revoke('physician', { reason: 'keyCompromise' })
   * ```
   */
  revoke(who: AnyPersonaName | Certificate, options?: { at?: Date; reason?: RevocationReason }): Promise<void>
  /** Stops listening, breaks open connections and frees the port. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}
