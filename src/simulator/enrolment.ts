/** Keystores of those who have none from the start: made at first demand, kept where the simulator has a directory. */
import { EHealthError } from '../errors.js'
import type { MyCareNetRegion } from '../business/mycarenet/contract.js'
import { nearest } from '../technical/environment/nearest.js'
import {
  brokers,
  isRegistered,
  personaActors,
  personaNames,
  registeredNames,
  type AnyPersonaName,
  type Holder,
} from './actors.js'
import { personaOf, type Persona } from './personas.js'
import {
  enrolHolder,
  withKeystore,
  type Foundation,
  type NewKeystore,
  type PersonaKeystore,
} from './pki/foundation.js'
import { saveFoundation } from './pki/keepFoundation.js'
import type { World } from './world.js'

/** The personas of a simulator that has started. */
export interface Enrolment {
  /**
   * A persona by name.
   *
   * @throws EHealthError `configuration.invalid` for a name that is not in the register
   */
  persona(name: AnyPersonaName): Promise<Persona>
  /** Those who have a keystore by now, in the order of the register. */
  enrolled(): readonly Persona[]
  /** Everybody's keystores by name, those of the platform's services and of the brokers included. */
  keystores(): Readonly<Record<string, PersonaKeystore>>
  /** Keys of a broker of MyCareNet. */
  broker(region: MyCareNetRegion): Promise<PersonaKeystore>
}

/** What an enrolment works with. */
export interface EnrolmentOptions {
  readonly foundation: Foundation
  readonly world: World
  readonly dir: string | undefined
  /** Told after somebody was enrolled. */
  readonly onEnrolled: () => Promise<void>
}

export function createEnrolment({ foundation, world, dir, onEnrolled }: EnrolmentOptions): Enrolment {
  let current = foundation
  const underWay = {
    keystores: new Map<string, Promise<PersonaKeystore>>(),
    personas: new Map<string, Promise<Persona>>(),
  }
  /** The last write: two at once would mix their files. */
  let written: Promise<void> = Promise.resolve()

  async function enrolNow(name: NewKeystore['name'], actor: Holder): Promise<PersonaKeystore> {
    const made = await enrolHolder(current, { name, actor, from: world.runtime.now() }, world.runtime)
    current = withKeystore(current, made)
    made.tokens.forEach((token) => world.addToken(token))
    if (dir !== undefined) {
      const saved = current
      const write = written.then(() => saveFoundation(dir, saved)).then(onEnrolled)
      written = write.catch(() => undefined)
      await write
    }
    return current.keystores[name]!
  }

  /** The keystore there is, or the one that is being made. */
  async function keystoreOf(name: NewKeystore['name'], actor: Holder): Promise<PersonaKeystore> {
    const known = current.keystores[name]
    if (known !== undefined) return known
    const making =
      underWay.keystores.get(name) ?? enrolNow(name, actor).finally(() => underWay.keystores.delete(name))
    underWay.keystores.set(name, making)
    return making
  }

  return {
    persona: async (name) => {
      assertRegistered(name)
      const making =
        underWay.personas.get(name) ??
        keystoreOf(name, personaActors[name])
          .then((keystore) => personaOf(name, keystore, dir))
          .finally(() => underWay.personas.delete(name))
      underWay.personas.set(name, making)
      return making
    },
    broker: (region) => keystoreOf(region, brokers[region]),
    keystores: () => current.keystores,
    enrolled: () =>
      [
        ...personaNames,
        ...registeredNames.filter((name) => !personaNames.some((own) => own === name)),
      ].flatMap((name) => {
        const keystore = current.keystores[name]
        return keystore === undefined ? [] : [personaOf(name, keystore, dir)]
      }),
  }
}

/** @throws EHealthError `configuration.invalid` */
export function assertRegistered(name: string, path = 'name'): void {
  if (isRegistered(name)) return
  const similar = nearest(name, registeredNames)
  throw new EHealthError('configuration.invalid', `${path}: there is no such persona`, {
    path,
    hint:
      similar === undefined
        ? 'The personas are named after the professions: see docs/professions.md.'
        : `Did you mean ${similar}?`,
  })
}
