/** Who is who in a pool: two that differ in anything that makes a token or a key somebody's own never share a session. */
import { createHash, createHmac } from 'node:crypto'

import type { Environment } from '../environment/environment.js'
import type { Runtime } from '../environment/runtime.js'
import { isCredential, isOpen, type CredentialOptions } from './credentialOptions.js'
import type { SessionOptions } from './sessionOptions.js'

/** Names of users and environments within one pool. */
export interface UserKeys {
  of(options: SessionOptions): string
  environment(environment: Environment): string
}

/**
 * Names for one pool. A locked keystore is the same one when octets (or file name), password and alias are the same: whoever has
 * a keystore but not its password does not get at the session that somebody opened with it. Open keys are the same only when
 * they are the same object: a certificate is public, and whoever shows one has not proved anything.
 */
export function userKeys(runtime: Pick<Runtime, 'randomBytes'>): UserKeys {
  // so that a dump of the names is of no use for guessing passwords or numbers
  const secret = runtime.randomBytes(32)
  const objects = new WeakMap<object, number>()
  const environments = new WeakMap<Environment, string>()
  let count = 0
  const numberOf = (object: object): number => {
    const known = objects.get(object)
    if (known !== undefined) return known
    objects.set(object, (count += 1))
    return count
  }
  const sourceOf = (source: CredentialOptions[keyof CredentialOptions]): unknown => {
    if (source === undefined) return null
    if (Array.isArray(source)) return source.map((key: object) => numberOf(key))
    const store = source as Exclude<typeof source, readonly unknown[]>
    if (isCredential(store) || isOpen(store)) return numberOf(store)
    const { file, bytes, password, alias } = store as {
      file?: string
      bytes?: Uint8Array
      password: string
      alias?: string
    }
    const content = bytes === undefined ? file : createHash('sha256').update(bytes).digest('base64')
    return [bytes === undefined ? 'file' : 'bytes', content, password, alias ?? null]
  }
  const environment = (given: Environment): string => {
    const known = environments.get(given)
    if (known !== undefined) return known
    const name = JSON.stringify(given, (_, value: unknown) =>
      value instanceof Uint8Array ? Buffer.from(value).toString('base64') : value,
    )
    const digest = createHash('sha256').update(name).digest('base64url')
    environments.set(given, digest)
    return digest
  }
  return {
    environment,
    of: (options) => {
      const { profession, quality, ssin, nihii, attributes, demanded } = options.actor
      const parts = [
        environment(options.environment),
        [profession, quality, ssin ?? null, nihii ?? null],
        attributes.map(({ name, namespace, values }) => [name, namespace, values ?? null]),
        demanded,
        [options.keystore, options.identification, options.holderOfKey, options.encryption].map(sourceOf),
        options.validity ?? null,
      ]
      return createHmac('sha256', secret).update(JSON.stringify(parts)).digest('base64url')
    },
  }
}
