/** Opening the middle layer (spec etee §4.3). */
import { createDecipheriv } from 'node:crypto'

import { Asn1Error, octets } from '../asn1/index.js'
import type { DecryptionKey } from '../keystore/credential.js'
import { sameName } from './names.js'
import type { EnvelopedData, KekRecipient, KeyTransRecipient } from './cms/envelopedData.js'
import { FatalFinding, type Findings } from './notifications.js'
import { unwrapKey } from './keyWrap.js'
import { encryptionPolicy } from './policies.js'

/** A private key that messages name by an identifier instead of a certificate (WEB_AUTHN). */
export interface NamedDecryptionKey extends Pick<DecryptionKey, 'keyType' | 'unwrapKey'> {
  keyIdentifier: Uint8Array
  /** Size of the modulus in bits. */
  rsaBits: number
}

/** What a message may be opened with. */
export interface OpeningKeys {
  keys: readonly (DecryptionKey | NamedDecryptionKey)[]
  secretKey: Uint8Array | undefined
}

/** How the content key was reached; the fatal for a failed decryption depends on it alone, never on what failed. */
interface ContentKey {
  key: Uint8Array
  failure: FatalFinding
}

/**
 * Decrypts the content for the first recipient that is ours.
 *
 * Only what the policy allows is decrypted. A key that does not unwrap, a broken padding and (in the caller) octets
 * that are no SignedData end in one and the same fatal: whoever could tell them apart could decrypt step by step with
 * our help.
 *
 * @returns the inner message, or `undefined` when errors were noted that forbid decryption
 * @throws FatalFinding
 */
export async function decrypt(
  enveloped: EnvelopedData,
  opening: OpeningKeys,
  findings: Findings,
): Promise<{ content: Uint8Array; failure: FatalFinding } | undefined> {
  const bySecretKey = opening.secretKey !== undefined && (opening.keys.length === 0 || hasKek(enveloped))
  const found = bySecretKey
    ? openWithSecretKey(enveloped, opening.secretKey!, findings)
    : await openWithPrivateKey(enveloped, opening.keys, findings)
  if (enveloped.contentAlgorithm.oid !== encryptionPolicy.content) {
    findings.errors.add('DECRYPTION_SYMMETRIC_KEY_ALGORITHM_UNAUTHORIZED')
    return undefined
  }
  if (found === undefined) return undefined
  const content = decipher(enveloped, found.key)
  if (content === undefined) throw found.failure
  return { content, failure: found.failure }
}

const hasKek = (enveloped: EnvelopedData): boolean =>
  enveloped.recipients.some(({ kind }) => kind === 'secret-key')

async function openWithPrivateKey(
  enveloped: EnvelopedData,
  keys: OpeningKeys['keys'],
  findings: Findings,
): Promise<ContentKey | undefined> {
  const recipients = enveloped.recipients.filter((recipient) => recipient.kind === 'key')
  if (recipients.length === 0) throw new FatalFinding('ENVELOPED_DATA_CONTAINS_NO_KEYTRANSRECIPIENTINFOS')
  const match = findExact(recipients, keys) ?? findBySerial(recipients, keys)
  if (match === undefined) throw new FatalFinding('DECRYPTION_PRIVATE_KEY_NOT_FOUND')
  const { recipient, key, exact } = match
  const { algorithm, minimumKeyBits } = encryptionPolicy.knownRecipient
  if (recipient.algorithm.oid !== algorithm || key.keyType !== 'rsa') {
    findings.errors.add('DECRYPTION_ASYMMETRIC_KEY_ALGORITHM_UNAUTHORIZED')
    return undefined
  }
  if (('certificate' in key ? key.certificate.rsaBits : key.rsaBits) < minimumKeyBits) {
    findings.errors.add('DECRYPTION_ASYMMETRIC_KEY_LENGTH_UNAUTHORIZED')
    return undefined
  }
  const failure = new FatalFinding(
    exact ? 'INNER_SIGNED_DATA_STRUCTURE_INCORRECT' : 'ENVELOPED_DATA_STRUCTURE_INCORRECT',
    true,
  )
  try {
    const contentKey = await key.unwrapKey(recipient.encryptedKey, encryptionPolicy.contentKeyLength)
    return { key: contentKey, failure }
  } catch {
    // A software key never fails here (implicit rejection); a smart card may, and says no more than the others.
    throw failure
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

function openWithSecretKey(
  enveloped: EnvelopedData,
  secretKey: Uint8Array,
  findings: Findings,
): ContentKey | undefined {
  const { algorithm, keyLength } = encryptionPolicy.unknownRecipient
  const recipients = enveloped.recipients.filter(
    (recipient): recipient is KekRecipient => recipient.kind === 'secret-key',
  )
  if (recipients.length === 0) throw new FatalFinding('ENVELOPED_DATA_CONTAINS_NO_KEKRECIPIENTINFOS')
  if (secretKey.length < keyLength) {
    findings.errors.add('DECRYPTION_SYMMETRIC_KEY_LENGTH_UNAUTHORIZED')
    return undefined
  }
  // The identifier is not compared: KGSS may name a key otherwise than its message does (spec etee §5.2).
  const allowed = recipients.filter((recipient) => recipient.algorithm.oid === algorithm)
  for (const recipient of secretKey.length === keyLength ? allowed : []) {
    const key = unwrapKey(secretKey, recipient.encryptedKey)
    if (key?.length === encryptionPolicy.contentKeyLength)
      return { key, failure: new FatalFinding('INNER_SIGNED_DATA_STRUCTURE_INCORRECT', true) }
  }
  if (allowed.length === recipients.length)
    throw new FatalFinding('SECRET_KEY_CAN_NOT_DECRYPT_KEKRECIPIENTINFOS')
  findings.errors.add('DECRYPTION_ASYMMETRIC_KEY_ALGORITHM_UNAUTHORIZED')
  return undefined
}

/** AES-128-CBC with PKCS#7 padding; the padding is taken off here because `final()` would cost one more copy. */
function decipher(enveloped: EnvelopedData, key: Uint8Array): Uint8Array | undefined {
  const { encryptedContent, contentAlgorithm } = enveloped
  const iv = initialisationVector(contentAlgorithm.parameters)
  if (iv?.length !== 16 || encryptedContent.length === 0 || encryptedContent.length % 16 !== 0)
    return undefined
  const cipher = createDecipheriv('aes-128-cbc', key, iv).setAutoPadding(false)
  const padded = cipher.update(encryptedContent)
  const last = padded.length - 1
  const padding = padded[last] ?? 0
  let faults = Number(padding < 1 || padding > 16)
  for (let i = 0; i < 16; i++) faults |= i < padding ? padded[last - i]! ^ padding : 0
  return faults === 0 ? padded.subarray(0, padded.length - padding) : undefined
}

function initialisationVector(
  parameters: EnvelopedData['contentAlgorithm']['parameters'],
): Uint8Array | undefined {
  try {
    return parameters?.is(4) === true ? octets(parameters) : undefined
  } catch (error) {
    if (error instanceof Asn1Error) return undefined
    throw error
  }
}
