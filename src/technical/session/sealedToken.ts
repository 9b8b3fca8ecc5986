/**
 * A token at rest: encrypted by the caller's key and bound to whose it is.
 *
 * `ehct1.` and the base64url of salt (16 octets), nonce (12), ciphertext and tag (16). Every text has a key of its own,
 * HKDF-SHA-256 (RFC 5869) of the caller's key and the random salt, for AES-256-GCM (NIST SP 800-38D): however many tokens
 * one key protects, no nonce ever meets the same key twice.
 */
import {
  createCipheriv,
  createDecipheriv,
  createHash,
  createSecretKey,
  hkdfSync,
  type KeyObject,
} from 'node:crypto'

import { EHealthError } from '../../errors.js'
import { endpointOf, type Environment } from '../environment/environment.js'
import type { Runtime } from '../environment/runtime.js'
import type { Certificate } from '../pki/certificate.js'
import { invalidOption } from './options.js'
import type { Actor } from './types.js'

const prefix = 'ehct1.'
const saltLength = 16
const nonceLength = 12
const tagLength = 16
const keyPurpose = 'ehealth-connectors token at rest, version 1'

/** No token comes near: the largest hold a few dozen attributes. */
const longestText = 1 << 20

/** Whose token it is. */
export interface TokenOwnership {
  readonly environment: Environment
  readonly actor: Actor
  /** The certificate whose key the token is bound to. */
  readonly holder: Certificate
}

/** Digest of what a token at rest belongs to: another environment, actor or key is another binding. */
export function bindingOf({ environment, actor, holder }: TokenOwnership): Buffer {
  const { profession, quality, ssin, nihii, attributes, demanded } = actor
  const parts = [
    [environment.name, endpointOf(environment, 'sts')],
    [profession, quality, ssin ?? null, nihii ?? null],
    attributes.map(({ name, namespace, values }) => [name, namespace, values ?? null]),
    demanded,
    holder.fingerprint,
  ]
  return createHash('sha256').update(JSON.stringify(parts)).digest()
}

/**
 * The caller's key, out of sight of logs.
 *
 * @throws EHealthError `configuration.invalid`
 */
export function storageKey(key: unknown, path: string): KeyObject {
  if (!(key instanceof Uint8Array) || key.length !== 32)
    throw invalidOption(
      path,
      'expected 32 octets',
      'For instance randomBytes(32), kept where secrets are kept.',
    )
  if (key.every((octet) => octet === key[0])) throw invalidOption(path, 'not a random key')
  return createSecretKey(key)
}

export function sealToken(
  xml: string,
  key: KeyObject,
  binding: Uint8Array,
  runtime: Pick<Runtime, 'randomBytes'>,
): string {
  const salt = runtime.randomBytes(saltLength)
  const nonce = runtime.randomBytes(nonceLength)
  const cipher = createCipheriv('aes-256-gcm', derived(key, salt), nonce, { authTagLength: tagLength })
  cipher.setAAD(authenticated(binding))
  const parts = [salt, nonce, cipher.update(xml, 'utf8'), cipher.final(), cipher.getAuthTag()]
  return prefix + Buffer.concat(parts).toString('base64url')
}

/**
 * The assertion. It still has to be verified like one that comes from the STS.
 *
 * @throws EHealthError `token.stored` for what was changed, cut, belongs to somebody else, or was encrypted by another key
 */
export function openSealedToken(stored: unknown, key: KeyObject, binding: Uint8Array): string {
  if (typeof stored !== 'string' || !stored.startsWith(prefix) || stored.length > longestText)
    throw new EHealthError('token.stored', 'the text is no stored token of a version that is known')
  const bytes = Buffer.from(stored.slice(prefix.length), 'base64url')
  // decoding skips what is no base64url: such a text was not written here
  if (
    bytes.length <= saltLength + nonceLength + tagLength ||
    bytes.toString('base64url') !== stored.slice(prefix.length)
  )
    throw new EHealthError('token.stored', 'the stored token is damaged')
  const [salt, rest] = [bytes.subarray(0, saltLength), bytes.subarray(saltLength)]
  const nonce = rest.subarray(0, nonceLength)
  const decipher = createDecipheriv('aes-256-gcm', derived(key, salt), nonce, { authTagLength: tagLength })
  decipher.setAAD(authenticated(binding))
  decipher.setAuthTag(rest.subarray(-tagLength))
  try {
    const content = decipher.update(rest.subarray(nonceLength, -tagLength))
    return Buffer.concat([content, decipher.final()]).toString('utf8')
  } catch {
    // no cause: which of them it was, nobody can tell
    throw new EHealthError('token.stored', 'the stored token does not open: another key or owner, or changed')
  }
}

const derived = (key: KeyObject, salt: Uint8Array): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', key, salt, keyPurpose, 32)))

const authenticated = (binding: Uint8Array): Buffer => Buffer.concat([Buffer.from(`${prefix}\0`), binding])
