/** Credentials and keys that somebody else holds: a signing service, a cloud HSM, another process. */
import { createHash } from 'node:crypto'

import { EHealthError } from '../../errors.js'
import { systemRuntime } from '../environment/runtime.js'
import type { Certificate } from '../pki/certificate.js'
import { signingAlgorithms, type SigningDigest } from './algorithms.js'
import { signatureCheck, type SignatureChecks } from './checkSignature.js'
import { concealed } from './concealed.js'
import type { Credential, DecryptionKey, SigningAlgorithm } from './credential.js'
import { replacementKey, selectKey } from './unwrapRsa.js'

/** What a remote signer is asked for. */
export interface SignatureRequest {
  algorithm: SigningAlgorithm
  /** What is signed, for signers that make the digest themselves. */
  data: Uint8Array
  /** Its digest, for signers that take no more; by the digest that the algorithm names, SHA-256 for most. */
  digest: Uint8Array
  digestAlgorithm: SigningDigest
  /** Aborts when the time is up or the program's own signal aborts. */
  signal: AbortSignal
}

/** What callback credentials and keys have in common. */
export interface CallbackOptions {
  certificate: Certificate
  /** Milliseconds for one answer; 30 000. */
  timeout?: number
  /** Ends every running request, and refuses later ones. */
  signal?: AbortSignal
}

/** Options of {@link callbackCredential}. */
export interface CallbackCredentialOptions extends CallbackOptions {
  /** Issuing authorities up to the root. Default none. */
  chain?: readonly Certificate[]
  /**
   * Signs. Gives the signature in the form that the algorithm says: r‖s for `ecdsa-sha…`, DER for `ecdsa-sha256-der`. May be
   * called many times at once.
   */
  sign: (request: SignatureRequest) => Uint8Array | Promise<Uint8Array>
  /** How much of what comes back is looked at; `first`. */
  check?: SignatureChecks
}

/**
 * A credential that signs through a function of the program. What it gives back is looked at: a signer with another key
 * than the certificate's is told at the first signature, not by the platform.
 *
 * @throws EHealthError `configuration.invalid`; `keystore.unsupported` for a certificate whose key is neither RSA nor EC.
 * `sign` throws `keystore.signer` (the function failed; its error is the cause), `keystore.signer-timeout`,
 * `keystore.cancelled` (the signal aborted), `keystore.signature`, `keystore.mismatch`, `keystore.unsupported`; an
 * `EHealthError` that the function throws is passed on.
 *
 * @example
 * ```ts
 * import { callbackCredential } from 'ehealth-connectors/keystore'
 *
 * const remote = callbackCredential({
 *   certificate,
 *   chain,
 *   sign: async ({ algorithm, digest, signal }) => {
 *     const answer = await fetch(`${url}/sign/${algorithm}`, { method: 'POST', body: new Uint8Array(digest), signal })
 *     if (!answer.ok) throw new Error(`the signer answers ${answer.status}`)
 *     return new Uint8Array(await answer.arrayBuffer())
 *   },
 * })
 * ```
 */
export function callbackCredential(options: CallbackCredentialOptions): Credential {
  const { certificate, chain = [], sign } = options
  const keyType = checkOptions(options, ['certificate', 'timeout', 'signal', 'chain', 'sign', 'check'], sign)
  const check = signatureCheck(certificate, options.check)
  return concealed('Credential', {
    certificate,
    chain: Object.freeze([...chain]),
    keyType,
    sign: async (algorithm: SigningAlgorithm, data: Uint8Array) => {
      const scheme = Object.hasOwn(signingAlgorithms, algorithm) ? signingAlgorithms[algorithm] : undefined
      if (scheme?.keyType !== keyType)
        throw new EHealthError('keystore.unsupported', `a key of type ${keyType} does not sign ${algorithm}`)
      const digestAlgorithm = scheme.digest
      const digest = new Uint8Array(createHash(digestAlgorithm).update(data).digest())
      const answer: unknown = await ask(options, (signal) =>
        sign({ algorithm, data, digest, digestAlgorithm, signal }),
      )
      if (!(answer instanceof Uint8Array))
        throw new EHealthError('keystore.signature', 'what came back is no signature: expected a Uint8Array')
      check(algorithm, data, answer)
      return answer
    },
  })
}

/** What the holder of a remote key is asked for. */
export interface UnwrapRequest {
  /** RSAES-PKCS1-v1_5. */
  encryptedKey: Uint8Array
  /** Octets of the content key inside. */
  length: number
  signal: AbortSignal
}

/** Options of {@link callbackDecryptionKey}. */
export interface CallbackDecryptionKeyOptions extends CallbackOptions {
  /**
   * Opens a content key. A ciphertext with a broken padding is `undefined`, never an error: the difference between the
   * two would tell whoever sends ciphertexts what is inside of them.
   */
  unwrapKey: (request: UnwrapRequest) => Uint8Array | undefined | Promise<Uint8Array | undefined>
}

/**
 * A decryption key behind a function of the program. For `undefined`, and for a key of another length, octets come
 * back that nobody can tell from a key (implicit rejection): the content then fails to open.
 *
 * @throws EHealthError `configuration.invalid`, `keystore.unsupported`. `unwrapKey` throws `keystore.signer`,
 * `keystore.signer-timeout` and `keystore.cancelled`, as `callbackCredential`.
 */
export function callbackDecryptionKey(options: CallbackDecryptionKeyOptions): DecryptionKey {
  const { certificate, unwrapKey } = options
  const keyType = checkOptions(options, ['certificate', 'timeout', 'signal', 'unwrapKey'], unwrapKey)
  if (keyType !== 'rsa')
    throw new EHealthError('keystore.unsupported', 'no message format is known for EC encryption keys')
  const secret = systemRuntime.randomBytes(32)
  return concealed('DecryptionKey', {
    certificate,
    keyType,
    unwrapKey: async (encryptedKey: Uint8Array, length: number) => {
      const replacement = replacementKey(secret, encryptedKey, length)
      const answer: unknown = await ask(options, (signal) => unwrapKey({ encryptedKey, length, signal }))
      return selectKey(answer instanceof Uint8Array ? answer : undefined, replacement)
    },
  })
}

const defaultTimeout = 30_000

/** One question to the program's function, with an end. */
async function ask<T>(
  { timeout = defaultTimeout, signal }: CallbackOptions,
  question: (signal: AbortSignal) => T | Promise<T>,
): Promise<T> {
  const cancelled = (): EHealthError =>
    new EHealthError('keystore.cancelled', 'the signer was not waited for: the signal aborted')
  if (signal?.aborted === true) throw cancelled()
  const ending = new AbortController()
  let end: (error: EHealthError) => void = () => undefined
  const ended = new Promise<never>((_, reject) => {
    end = (error) => {
      reject(error)
      ending.abort(error)
    }
  })
  const onAbort = (): void => end(cancelled())
  const timer = setTimeout(
    () => end(new EHealthError('keystore.signer-timeout', `the signer did not answer within ${timeout} ms`)),
    timeout,
  )
  signal?.addEventListener('abort', onAbort, { once: true })
  try {
    // a function that throws at once is one that rejects
    const answer = (async () => question(ending.signal))()
    return await Promise.race([answer, ended])
  } catch (error) {
    if (error instanceof EHealthError) throw error
    throw new EHealthError('keystore.signer', 'the signer failed', { cause: error })
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', onAbort)
  }
}

function checkOptions(options: CallbackOptions, names: readonly string[], callback: unknown): 'rsa' | 'ec' {
  const refuse = (path: string, problem: string): EHealthError =>
    new EHealthError('configuration.invalid', `${path}: ${problem}`, { path })
  const unknown = Object.keys(options).find((name) => !names.includes(name))
  if (unknown !== undefined) throw refuse(unknown, 'there is no such option')
  const { certificate, timeout = defaultTimeout } = options
  if (typeof callback !== 'function')
    throw refuse(names.at(-1) === 'check' ? 'sign' : 'unwrapKey', 'expected a function')
  if (!(timeout > 0 && timeout <= 2_147_000_000)) throw refuse('timeout', 'expected milliseconds above 0')
  const { keyType } = certificate
  if (keyType !== 'rsa' && keyType !== 'ec')
    throw new EHealthError('keystore.unsupported', 'the key of the certificate is neither RSA nor EC')
  return keyType
}
