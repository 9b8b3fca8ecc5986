/** Sealing and unsealing with the keys of a session, told by events. */
import { EHealthError } from '../../errors.js'
import { told } from '../observability/told.js'
import {
  seal,
  unseal,
  unsealFile,
  type ByteStream,
  type SealOptions,
  type Unsealed,
  type UnsealedFile,
  type UnsealOptions,
  type UnsealStreamOptions,
} from '../seal/index.js'
import type { Session } from './types.js'

/**
 * Seals content with the session's key.
 *
 * @throws EHealthError as `seal` and `Session.keystore`
 */
export async function sealAs(
  session: Session,
  content: Uint8Array,
  options: Omit<SealOptions, 'credential' | 'runtime'>,
): Promise<Uint8Array> {
  const { authentication: credential } = await session.keystore()
  return told(
    session,
    () => seal(content, { ...options, credential, runtime: session.runtime }),
    (timing) => ({
      type: 'seal',
      bytes: content.length,
      recipients: options.recipients?.length ?? 0,
      ...timing,
    }),
  )
}

/**
 * Opens what was sealed for the session, with current and older keys, and verifies it against the session's trust.
 * `options` come before that.
 *
 * @throws EHealthError as `unseal` and `Session.keystore`
 */
export async function unsealAs(
  session: Session,
  sealed: Uint8Array,
  options: Partial<UnsealOptions> = {},
): Promise<Unsealed> {
  const all = await unsealOptions(session, options)
  return told(
    session,
    () => unseal(sealed, all),
    (timing) => ({ type: 'unseal', bytes: sealed.length, ...timing }),
  )
}

/**
 * Like {@link unsealAs}, from a stream of `length` octets into a file, which appears when all of the message is verified.
 *
 * @throws EHealthError as `unsealFile` and `Session.keystore`
 */
export async function unsealFileAs(
  session: Session,
  sealed: { stream(): ByteStream; length: number },
  file: string,
  options: Partial<UnsealStreamOptions> = {},
): Promise<UnsealedFile> {
  const all = await unsealOptions(session, options)
  return told(
    session,
    () => unsealFile(sealed.stream(), file, all),
    (timing) => ({ type: 'unseal', bytes: sealed.length, ...timing }),
  )
}

async function unsealOptions<Options extends Partial<UnsealOptions>>(
  session: Session,
  options: Options,
): Promise<UnsealOptions & Options> {
  const { decryptionKeys: keys } = await session.keystore()
  if (keys.length === 0 && options.keys === undefined && options.secretKey === undefined)
    throw new EHealthError('unseal.not-addressed', 'the session has no key that opens messages', {
      hint: 'Load the keystore with the encryption keys: session.keys.load().',
    })
  const { signers: trust, timestampAuthority: timestampAuthorities } = session.trust
  // an official policy that the caller names takes the place of the session's
  const { ocsp = 'none' } = options
  const revocation = ocsp === 'none' ? { revocation: session.revocation } : {}
  return { keys, trust, timestampAuthorities, now: session.runtime, ...revocation, ...options }
}
