/** Everything cryptographic that a simulator is built on: authorities, keystores of the personas, their tokens. */
import { EHealthError } from '../../errors.js'
import type { Runtime } from '../../technical/environment/runtime.js'
import { readToken } from '../../technical/etk/token.js'
import type { Certificate } from '../../technical/pki/certificate.js'
import {
  holderNames,
  holders,
  personaActors,
  personaNames,
  type HolderName,
  type PersonaName,
} from '../actors.js'
import type { DepotToken } from '../world.js'
import {
  completeAuthorities,
  makeAuthorities,
  type Authorities,
  type EarlierAuthorities,
} from './authorities.js'
import { enrol } from './personas.js'

/** A keystore and what opens it. */
export interface PersonaKeystore {
  readonly keystore: Uint8Array
  readonly password: string
}

export interface Foundation {
  readonly authorities: Authorities
  readonly keystores: Readonly<Record<HolderName, PersonaKeystore>>
  readonly tokens: readonly DepotToken[]
  /** Address of the server where the authorities publish, as their certificates name it. */
  readonly publishedAt?: string
}

/** A foundation in which not everybody has a keystore, and not every authority is there yet. */
export interface UnfinishedFoundation extends Omit<Foundation, 'keystores' | 'authorities'> {
  readonly authorities: EarlierAuthorities
  readonly keystores: Readonly<Partial<Record<HolderName, PersonaKeystore>>>
}

/** The persona that also has an encryption key of before, with messages sealed to it in mind. */
const withOlderKey: HolderName = 'nurse'

/** Makes a foundation; the keys are generated in parallel. */
export async function makeFoundation(
  runtime: Runtime,
  hosts: readonly string[],
  publishedAt?: string,
): Promise<Foundation> {
  const authorities = await makeAuthorities(runtime, runtime.now(), hosts, publishedAt)
  const address = publishedAt === undefined ? {} : { publishedAt }
  return completeFoundation({ authorities, keystores: {}, tokens: [], ...address }, runtime)
}

/** Enrols whoever has no keystore: everybody at first, later who came with a newer release than the foundation; authorities likewise. */
export async function completeFoundation(
  earlier: UnfinishedFoundation,
  runtime: Runtime,
): Promise<Foundation> {
  const { keystores, tokens } = earlier
  const authorities = await completeAuthorities(earlier.authorities, runtime)
  const from = runtime.now()
  const enrolments = await Promise.all(
    holderNames
      .filter((name) => keystores[name] === undefined)
      .map(async (name) => {
        const password = Buffer.from(runtime.randomBytes(12)).toString('base64url')
        const enrolment = await enrol({
          actor: holders[name],
          password,
          authorities,
          runtime,
          from,
          olderKey: name === withOlderKey,
        })
        return { name, password, ...enrolment }
      }),
  )
  const made = Object.fromEntries(
    enrolments.map(({ name, keystore, password }) => [name, { keystore, password }]),
  )
  return {
    ...earlier,
    authorities,
    keystores: { ...keystores, ...made } as Record<HolderName, PersonaKeystore>,
    tokens: [...tokens, ...enrolments.flatMap((enrolment) => enrolment.tokens)],
  }
}

/** The certificate that a persona signs with, from the token that it made. */
export function authenticationCertificateOf(name: PersonaName, { tokens }: Foundation): Certificate {
  const actor = personaNames.includes(name) ? personaActors[name] : undefined
  const token = tokens.find(
    ({ type, value, replaced }) =>
      type === actor?.certificateType && value === actor.certificateValue && replaced !== true,
  )
  if (token === undefined)
    throw new EHealthError('configuration.invalid', 'there is no such persona', { path: 'who' })
  return readToken(token.etk).authenticationCertificate
}
