/** Which key of a token does what (spec sts-iam §1.1, etee §1). */
import { EHealthError } from '../../../errors.js'
import type { TokenEntry } from './objects.js'

/** An entry of a token by its label or its id; capitals of a label do not matter. */
export type EntryChoice = string | { label?: string; /** Hexadecimal digits of `CKA_ID`. */ id?: string }

/** Every entry that fits. */
export function entriesOf(entries: readonly TokenEntry[], choice: EntryChoice): TokenEntry[] {
  const { label, id } = typeof choice === 'string' ? { label: choice } : choice
  const named = entries.filter(
    (entry) =>
      (label === undefined || entry.label.toLowerCase() === label.toLowerCase()) &&
      (id === undefined || entry.id.toString('hex') === id.toLowerCase()),
  )
  const exact = label === undefined ? [] : named.filter((entry) => entry.label === label)
  return exact.length > 0 ? exact : named
}

/**
 * The entry that was chosen: of several certificates for one name the valid one with the latest start, since renewing
 * leaves the old one on the token.
 */
export function entryOf(
  entries: readonly TokenEntry[],
  choice: EntryChoice,
  now: Date,
): TokenEntry | undefined {
  return current(entriesOf(entries, choice), now)
}

const current = (found: readonly TokenEntry[], now: Date): TokenEntry | undefined =>
  [...found].sort(
    (one, other) =>
      Number(other.certificate.isValidAt(now)) - Number(one.certificate.isValidAt(now)) ||
      other.certificate.notBefore.getTime() - one.certificate.notBefore.getTime(),
  )[0]

/**
 * True for an encryption key of the platform: for keys and data, not for signatures (spec etee §1.3; authentication
 * certificates have all of these usages), or named by its serial number as in the platform's stores.
 */
export function isEncryptionKey({ label, certificate, key }: TokenEntry): boolean {
  const usage = certificate.keyUsage
  if (!key.canDecrypt || usage?.has('keyEncipherment') !== true || !usage.has('dataEncipherment'))
    return false
  return !usage.has('digitalSignature') || label === certificate.serialNumber.toString()
}

/** A key for non-repudiation signs documents in its holder's name: never a request by itself. */
const isForDocuments = ({ certificate }: TokenEntry): boolean =>
  certificate.keyUsage?.has('nonRepudiation') === true && !certificate.keyUsage.has('digitalSignature')

/**
 * The entry to authenticate with: the one named `authentication`, as stores of the platform and eID cards name it, else the
 * only one that may.
 *
 * @throws EHealthError `keystore.no-authentication`
 */
export function authenticationEntry(
  entries: readonly TokenEntry[],
  choice: EntryChoice | undefined,
  now: Date,
): TokenEntry {
  const refuse = (problem: string): EHealthError =>
    new EHealthError('keystore.no-authentication', problem, {
      hint: 'Name the entry (`authentication`); `ehealth keystore tokens` lists what the token holds.',
      details: { entries: entries.length },
    })
  if (choice !== undefined) {
    const chosen = entryOf(entries, choice, now)
    if (chosen === undefined) throw refuse('the token holds no key with a certificate of that name')
    return chosen
  }
  const able = entries.filter((entry) => entry.key.canSign && !isEncryptionKey(entry))
  const named = entryOf(able, 'authentication', now)
  if (named !== undefined) return named
  const others = able.filter((entry) => !isForDocuments(entry))
  const keys = new Set(others.map(({ key }) => key))
  if (keys.size === 0) throw refuse('the token holds no key to authenticate with')
  if (keys.size > 1) throw refuse('the token holds several keys to authenticate with')
  return current(others, now)!
}
