/** Everything cryptographic that a simulator is built on: authorities, keystores of the personas, their tokens. */
import { EHealthError } from '../../errors.js'
import type { Runtime } from '../../technical/environment/runtime.js'
import { readToken } from '../../technical/etk/token.js'
import type { Certificate } from '../../technical/pki/certificate.js'
import type { MyCareNetRegion } from '../../business/mycarenet/contract.js'
import { holderNames, holders, type FurtherPersonaName, type Holder, type HolderName } from '../actors.js'
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

/** Everybody has one who has it from the start; the others when it was asked for. */
export type Keystores = Readonly<
  Record<HolderName, PersonaKeystore> & Partial<Record<FurtherPersonaName | MyCareNetRegion, PersonaKeystore>>
>

export interface Foundation {
  readonly authorities: Authorities
  readonly keystores: Keystores
  readonly tokens: readonly DepotToken[]
  /** Address of the server where the authorities publish, as their certificates name it. */
  readonly publishedAt?: string
}

/** A foundation in which not everybody has a keystore, and not every authority is there yet. */
export interface UnfinishedFoundation extends Omit<Foundation, 'keystores' | 'authorities'> {
  readonly authorities: EarlierAuthorities
  readonly keystores: Partial<Keystores>
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
  const authorities = await completeAuthorities(earlier.authorities, runtime)
  const missing = holderNames.filter((name) => earlier.keystores[name] === undefined)
  const from = runtime.now()
  const enrolments = await Promise.all(
    missing.map((name) => enrolHolder({ authorities }, { name, actor: holders[name], from }, runtime)),
  )
  // With those who were missing, all names of a foundation are there.
  return enrolments.reduce<UnfinishedFoundation>(withKeystore, { ...earlier, authorities }) as Foundation
}

/** A keystore and its tokens, to be joined to a foundation. */
export interface NewKeystore extends PersonaKeystore {
  readonly name: HolderName | FurtherPersonaName | MyCareNetRegion
  readonly tokens: readonly DepotToken[]
}

/** Makes keys, certificates and tokens of one holder. */
export async function enrolHolder(
  { authorities }: Pick<Foundation, 'authorities'>,
  { name, actor, from }: { name: NewKeystore['name']; actor: Holder; from: Date },
  runtime: Runtime,
): Promise<NewKeystore> {
  const password = Buffer.from(runtime.randomBytes(12)).toString('base64url')
  const olderKey = name === withOlderKey
  return { name, password, ...(await enrol({ actor, password, authorities, runtime, from, olderKey })) }
}

/** The foundation with one keystore more. */
export function withKeystore<T extends UnfinishedFoundation>(earlier: T, made: NewKeystore): T {
  const { name, keystore, password, tokens } = made
  return {
    ...earlier,
    keystores: { ...earlier.keystores, [name]: { keystore, password } },
    tokens: [...earlier.tokens, ...tokens],
  }
}

/** The certificate that an actor signs with, from the token that it made. */
export function authenticationCertificateOf(
  actor: Pick<Holder, 'certificateType' | 'certificateValue'> | undefined,
  tokens: readonly DepotToken[],
): Certificate {
  const token = tokens.find(
    ({ type, value, replaced }) =>
      type === actor?.certificateType && value === actor.certificateValue && replaced !== true,
  )
  if (token === undefined)
    throw new EHealthError('configuration.invalid', 'there is no such persona, or it has no keys yet', {
      path: 'who',
    })
  return readToken(token.etk).authenticationCertificate
}
