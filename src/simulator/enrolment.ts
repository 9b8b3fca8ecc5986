/** Keystores of those who have none from the start: made at first demand, kept where the simulator has a directory. */
import { EHealthError } from '../errors.js'
import { nearest } from '../technical/environment/nearest.js'
import { isRegistered, personaActors, personaNames, registeredNames, type AnyPersonaName } from './actors.js'
import { personaOf, type Persona } from './personas.js'
import { enrolHolder, withKeystore, type Foundation } from './pki/foundation.js'
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
  const underWay = new Map<AnyPersonaName, Promise<Persona>>()
  /** The last write: two at once would mix their files. */
  let written: Promise<void> = Promise.resolve()

  async function enrolNow(name: Exclude<AnyPersonaName, (typeof personaNames)[number]>): Promise<Persona> {
    const made = await enrolHolder(
      current,
      { name, actor: personaActors[name], from: world.runtime.now() },
      world.runtime,
    )
    current = withKeystore(current, made)
    made.tokens.forEach((token) => world.addToken(token))
    if (dir !== undefined) {
      const saved = current
      const write = written.then(() => saveFoundation(dir, saved)).then(onEnrolled)
      written = write.catch(() => undefined)
      await write
    }
    return personaOf(name, current.keystores[name]!, dir)
  }

  return {
    persona: async (name) => {
      assertRegistered(name)
      const known = current.keystores[name]
      if (known !== undefined) return personaOf(name, known, dir)
      const started = underWay.get(name)
      if (started !== undefined) return started
      // Whoever is there from the start has a keystore.
      const making = enrolNow(name as Parameters<typeof enrolNow>[0]).finally(() => underWay.delete(name))
      underWay.set(name, making)
      return making
    },
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
