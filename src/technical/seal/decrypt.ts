/** Opening the middle layer (spec etee §4.3). */
import { createDecipheriv } from 'node:crypto'

import { EHealthError } from '../../errors.js'
import { Asn1Error, octets } from '../asn1/index.js'
import type { DecryptionKey } from '../keystore/credential.js'
import { sameName } from './names.js'
import type { EnvelopeHead, KekRecipient, KeyTransRecipient } from './cms/envelopedData.js'
import { FatalFinding, type FatalNotification, type Findings } from './notifications.js'
import { unwrapKey } from './keyWrap.js'
import { encryptionPolicies } from './policies.js'

/** A private key that messages name by an identifier instead of a certificate (WEB_AUTHN). */
export interface NamedDecryptionKey extends Pick<DecryptionKey, 'keyType' | 'unwrapKey'> {
  keyIdentifier: Uint8Array
  /** Size of the modulus in bits. */
  rsaBits: number
}

/** What a message may be opened with. */
export interface OpeningKeys {
  keys: readonly (DecryptionKey | NamedDecryptionKey)[]
  secretKey: Uint8Array | SecretKeyLookup | undefined
}

/**
 * Finds the secret key of an unaddressed message, for instance by asking KGSS.
 *
 * @param ids base64 of the key identifiers that the message names
 * @returns the key of 16 octets, which are overwritten after use: give a copy of what you keep; `undefined` where there is none
 * for this reader
 */
export type SecretKeyLookup = (ids: readonly string[]) => Promise<Uint8Array | undefined>

/** The one outcome of whatever goes wrong with a key that was found. */
export const failedDecryption = (failure: FatalNotification): FatalFinding => new FatalFinding(failure, true)

/** How the content key was reached; the fatal for a failed decryption depends on it alone, never on what failed. */
export interface ContentKey {
  key: Uint8Array
  iv: Uint8Array | undefined
  failure: FatalNotification
}

/**
 * The content key of the first recipient that is ours.
 *
 * Only what the policy allows is decrypted. A key that does not unwrap, a broken padding and (in the caller) octets
 * that are no SignedData end in one and the same fatal: whoever could tell them apart could decrypt step by step with
 * our help.
 *
 * @returns `undefined` when errors were noted that forbid decryption
 * @throws FatalFinding, and whatever the look-up of a secret key throws
 */
export async function reachContentKey(
  head: EnvelopeHead,
  opening: OpeningKeys,
  findings: Findings,
): Promise<ContentKey | undefined> {
  const bySecretKey = opening.secretKey !== undefined && (opening.keys.length === 0 || hasKek(head))
  const found = bySecretKey
    ? await openWithSecretKey(head, opening.secretKey!, findings)
    : await openWithPrivateKey(head, opening.keys, findings)
  if (
    head.contentAlgorithm.oid !==
    encryptionPolicies[bySecretKey ? 'UNKNOWN_RECIPIENT' : 'KNOWN_RECIPIENT'].contentAlgorithm
  ) {
    found?.key.fill(0)
    findings.errors.add('DECRYPTION_SYMMETRIC_KEY_ALGORITHM_UNAUTHORIZED')
    return undefined
  }
  return found && { ...found, iv: initialisationVector(head.contentAlgorithm.parameters) }
}

const hasKek = (head: EnvelopeHead): boolean => head.recipients.some(({ kind }) => kind === 'secret-key')

async function openWithPrivateKey(
  head: EnvelopeHead,
  keys: OpeningKeys['keys'],
  findings: Findings,
): Promise<Omit<ContentKey, 'iv'> | undefined> {
  const recipients = head.recipients.filter((recipient) => recipient.kind === 'key')
  if (recipients.length === 0) throw new FatalFinding('ENVELOPED_DATA_CONTAINS_NO_KEYTRANSRECIPIENTINFOS')
  const match = findExact(recipients, keys) ?? findBySerial(recipients, keys)
  if (match === undefined) throw new FatalFinding('DECRYPTION_PRIVATE_KEY_NOT_FOUND')
  const { recipient, key, exact } = match
  const { keyAlgorithm, minimumKeyBits, contentKeyLength } = encryptionPolicies.KNOWN_RECIPIENT
  if (recipient.algorithm.oid !== keyAlgorithm || key.keyType !== 'rsa') {
    findings.errors.add('DECRYPTION_ASYMMETRIC_KEY_ALGORITHM_UNAUTHORIZED')
    return undefined
  }
  if (('certificate' in key ? key.certificate.rsaBits : key.rsaBits) < minimumKeyBits) {
    findings.errors.add('DECRYPTION_ASYMMETRIC_KEY_LENGTH_UNAUTHORIZED')
    return undefined
  }
  const failure = exact ? 'INNER_SIGNED_DATA_STRUCTURE_INCORRECT' : 'ENVELOPED_DATA_STRUCTURE_INCORRECT'
  try {
    const contentKey = await key.unwrapKey(recipient.encryptedKey, contentKeyLength)
    return { key: contentKey, failure }
  } catch (error) {
    // Keys of this library fail for their own state only (a card that was pulled), never for what was inside (implicit
    // rejection); those of others say no more than a ciphertext that does not open.
    if (error instanceof EHealthError && error.family === 'keystore') throw error
    throw failedDecryption(failure)
  }
}

interface Match {
  recipient: KeyTransRecipient
  key: DecryptionKey | NamedDecryptionKey
  exact: boolean
}

/** By key identifier, or by issuer and serial number: as encoded, else in the normal form of names. */
function findExact(recipients: readonly KeyTransRecipient[], keys: OpeningKeys['keys']): Match | undefined {
  for (const recipient of recipients) {
    const named = recipient.recipient
    const key = keys.find((candidate) => {
      if (named.keyIdentifier !== undefined) {
        const identifier =
          'certificate' in candidate ? candidate.certificate.subjectKeyIdentifier : candidate.keyIdentifier
        return Buffer.compare(identifier, named.keyIdentifier) === 0
      }
      return (
        'certificate' in candidate &&
        candidate.certificate.serialNumber === named.serialNumber &&
        sameName(candidate.certificate.issuer.der, named.issuer)
      )
    })
    if (key !== undefined) return { recipient, key, exact: true }
  }
  return undefined
}

/** Some writers spell the issuer otherwise: the serial number alone will do where a single key has it (§8 trap 5). */
function findBySerial(
  recipients: readonly KeyTransRecipient[],
  keys: OpeningKeys['keys'],
): Match | undefined {
  for (const recipient of recipients) {
    const named = recipient.recipient
    if (named.keyIdentifier !== undefined) continue
    const having = keys.filter(
      (key) => 'certificate' in key && key.certificate.serialNumber === named.serialNumber,
    )
    const [key] = having
    if (key !== undefined && having.length === 1) return { recipient, key, exact: false }
  }
  return undefined
}

async function openWithSecretKey(
  head: EnvelopeHead,
  given: Uint8Array | SecretKeyLookup,
  findings: Findings,
): Promise<Omit<ContentKey, 'iv'> | undefined> {
  const recipients = head.recipients.filter(
    (recipient): recipient is KekRecipient => recipient.kind === 'secret-key',
  )
  if (recipients.length === 0) throw new FatalFinding('ENVELOPED_DATA_CONTAINS_NO_KEKRECIPIENTINFOS')
  if (typeof given !== 'function') return unwrapWith(given, recipients, findings)
  const found = await given(identifiersOf(recipients))
  if (found === undefined) throw new FatalFinding('SECRET_KEY_CAN_NOT_DECRYPT_KEKRECIPIENTINFOS')
  try {
    return unwrapWith(found, recipients, findings)
  } finally {
    found.fill(0)
  }
}

function unwrapWith(
  secretKey: Uint8Array,
  recipients: readonly KekRecipient[],
  findings: Findings,
): Omit<ContentKey, 'iv'> | undefined {
  const { keyAlgorithm, minimumKeyBits, contentKeyLength } = encryptionPolicies.UNKNOWN_RECIPIENT
  const keyLength = minimumKeyBits / 8
  if (secretKey.length < keyLength) {
    findings.errors.add('DECRYPTION_SYMMETRIC_KEY_LENGTH_UNAUTHORIZED')
    return undefined
  }
  // The identifier is not compared: KGSS may name a key otherwise than its message does (spec etee §5.2).
  const allowed = recipients.filter((recipient) => recipient.algorithm.oid === keyAlgorithm)
  for (const recipient of secretKey.length === keyLength ? allowed : []) {
    const key = unwrapKey(secretKey, recipient.encryptedKey)
    if (key?.length === contentKeyLength) return { key, failure: 'INNER_SIGNED_DATA_STRUCTURE_INCORRECT' }
  }
  if (allowed.length === recipients.length)
    throw new FatalFinding('SECRET_KEY_CAN_NOT_DECRYPT_KEKRECIPIENTINFOS')
  findings.errors.add('DECRYPTION_ASYMMETRIC_KEY_ALGORITHM_UNAUTHORIZED')
  return undefined
}

const identifiersOf = (recipients: readonly KekRecipient[]): string[] =>
  recipients.map(({ keyIdentifier }) => Buffer.from(keyIdentifier).toString('base64'))

/**
 * Decrypts content as it comes in, AES-128-CBC with PKCS#7 padding; overwrites the key.
 *
 * The padding is looked at here and not by OpenSSL, which would tell a broken one from a wrong length.
 *
 * @throws FatalFinding with the `failure` of the key, when all has been read
 */
export async function* decipher(
  encrypted: AsyncIterable<Uint8Array>,
  { key, iv, failure }: ContentKey,
): AsyncGenerator<Uint8Array, void, undefined> {
  const cipher =
    iv?.length === 16 ? createDecipheriv('aes-128-cbc', key, iv).setAutoPadding(false) : undefined
  key.fill(0)
  let held: Uint8Array = new Uint8Array(0)
  let length = 0
  for await (const piece of encrypted) {
    length += piece.length
    const decrypted = cipher?.update(piece)
    if (decrypted === undefined || decrypted.length === 0) continue
    // The last block waits, since it may be the padding.
    if (held.length > 0) yield held
    held = decrypted.subarray(-blockSize)
    if (decrypted.length > blockSize) yield decrypted.subarray(0, -blockSize)
  }
  if (held.length !== blockSize || length % blockSize !== 0) throw failedDecryption(failure)
  const padding = held[blockSize - 1]!
  let faults = Number(padding < 1 || padding > blockSize)
  for (let i = 1; i <= blockSize; i++) faults |= i <= padding ? held[blockSize - i]! ^ padding : 0
  if (faults !== 0) throw failedDecryption(failure)
  if (padding < blockSize) yield held.subarray(0, blockSize - padding)
}

const blockSize = 16

function initialisationVector(
  parameters: EnvelopeHead['contentAlgorithm']['parameters'],
): Uint8Array | undefined {
  try {
    return parameters?.is(4) === true ? octets(parameters) : undefined
  } catch (error) {
    if (error instanceof Asn1Error) return undefined
    throw error
  }
}
