/** Everything cryptographic that a simulator is built on: authorities, keystores of the personas, their tokens. */
import type { Runtime } from '../../technical/environment/runtime.js'
import { personaActors, personaNames, type PersonaName } from '../actors.js'
import type { DepotToken } from '../world.js'
import { makeAuthorities, type Authorities } from './authorities.js'
import { enrol } from './personas.js'

/** A keystore and what opens it. */
export interface PersonaKeystore {
  readonly keystore: Uint8Array
  readonly password: string
}

export interface Foundation {
  readonly authorities: Authorities
  readonly keystores: Readonly<Record<PersonaName, PersonaKeystore>>
  readonly tokens: readonly DepotToken[]
}

/** The persona that also has an encryption key of before, with messages sealed to it in mind. */
const withOlderKey: PersonaName = 'nurse'

/** Makes a foundation; the keys are generated in parallel. */
export async function makeFoundation(runtime: Runtime, hosts: readonly string[]): Promise<Foundation> {
  const from = runtime.now()
  const authorities = await makeAuthorities(runtime, from, hosts)
  const enrolments = await Promise.all(
    personaNames.map(async (name) => {
      const password = Buffer.from(runtime.randomBytes(12)).toString('base64url')
      const actor = personaActors[name]
      const enrolment = await enrol({
        actor,
        password,
        authorities,
        runtime,
        from,
        olderKey: name === withOlderKey,
      })
      return { name, password, ...enrolment }
    }),
  )
  const keystores = Object.fromEntries(
    enrolments.map(({ name, keystore, password }) => [name, { keystore, password }]),
  )
  return {
    authorities,
    keystores: keystores as Record<PersonaName, PersonaKeystore>,
    tokens: enrolments.flatMap(({ tokens }) => tokens),
  }
}
