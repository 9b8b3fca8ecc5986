/** Key entries of a store: keys brought together with their certificates. */
import { readFile } from 'node:fs/promises'
import type { KeyObject } from 'node:crypto'

import { EHealthError, isEHealthError } from '../../errors.js'
import type { Certificate } from '../pki/certificate.js'
import { readPkcs12, type Pkcs12Contents } from './pkcs12/index.js'
import { belongsTo } from './software.js'

/** Where a store is read from. */
export type KeystoreSource = { file: string } | { bytes: Uint8Array }

/** A private key with its certificate. */
export interface KeyEntry {
  /** Name of the entry; empty when the file gives none. */
  alias: string
  certificate: Certificate
  privateKey: KeyObject
}

/** What a store holds. */
export interface Entries {
  keys: KeyEntry[]
  /** Every certificate once, in the order of the file. */
  certificates: Certificate[]
  /** Number of private keys without a certificate. */
  orphans: number
}

async function readWith(bytes: Uint8Array, password: string): Promise<Pkcs12Contents> {
  try {
    return await readPkcs12(bytes, password)
  } catch (error) {
    if (password !== '' || !isEHealthError(error, 'keystore.password')) throw error
    throw new EHealthError('keystore.password', 'the empty password does not open the keystore', {
      hint: 'Give the password. Is the environment variable set that holds it?',
      cause: error,
    })
  }
}

/**
 * Reads a store.
 *
 * @throws EHealthError `keystore.not-found`, `keystore.malformed`, `keystore.password`, `keystore.unsupported`
 */
export async function readEntries(source: KeystoreSource, password: string): Promise<Entries> {
  if (typeof password !== 'string')
    throw new EHealthError('configuration.invalid', 'the password of the keystore is missing', {
      path: 'password',
      hint: 'Is the environment variable set that holds it?',
    })
  const bytes = await bytesOf(source)
  assertNoOtherFormat(bytes)
  const contents = await readWith(bytes, password)
  const keys = contents.keys.flatMap((bag) => {
    const found = certificateOf(bag, contents)
    if (found === undefined) return []
    const alias = bag.friendlyName ?? found.friendlyName ?? ''
    return [{ alias, certificate: found.certificate, privateKey: bag.key }]
  })
  const certificates: Certificate[] = []
  for (const { certificate } of contents.certificates)
    if (!certificates.some((known) => known.equals(certificate))) certificates.push(certificate)
  return { keys, certificates, orphans: contents.keys.length - keys.length }
}

async function bytesOf(source: unknown): Promise<Uint8Array> {
  const { bytes, file } = (source ?? {}) as { bytes?: unknown; file?: unknown }
  if (bytes instanceof Uint8Array) return bytes
  if (typeof file === 'string') return readStore(file)
  throw new EHealthError('configuration.invalid', 'the keystore is neither a file name nor octets', {
    path: 'source',
    hint: 'Give { file } or { bytes }.',
  })
}

/** The name is not repeated in the message: names of the platform's keystores hold the number of their owner. */
async function readStore(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (error) {
    const absent = (error as NodeJS.ErrnoException).code === 'ENOENT'
    const problem = absent ? 'there is no file of that name' : 'the keystore file cannot be read'
    throw new EHealthError('keystore.not-found', problem, { cause: error })
  }
}

/** What people give instead. Java's own formats start with these four octets. */
function assertNoOtherFormat(bytes: Uint8Array): void {
  if (bytes.length === 0) throw new EHealthError('keystore.malformed', 'the file is empty')
  const head = Buffer.from(bytes.subarray(0, 4)).toString('hex')
  if (head === '2d2d2d2d')
    throw new EHealthError('keystore.malformed', 'the file is PEM, not PKCS#12', {
      hint: 'Give the `.p12` file, or make one: openssl pkcs12 -export -inkey KEY.pem -in CERTIFICATE.pem -name authentication -out FILE.p12',
    })
  if (head === 'feedfeed' || head === 'cececece')
    throw new EHealthError('keystore.malformed', 'the file is a Java keystore, not PKCS#12', {
      hint: 'Convert it: keytool -importkeystore -srckeystore FILE -destkeystore FILE.p12 -deststoretype PKCS12',
    })
}

/**
 * The certificate of a key: one with its public key, and among several of them the one that the file ties to it. The
 * tie alone is not enough, since nothing would notice a wrong one before the first signature fails elsewhere.
 */
function certificateOf(
  bag: Pkcs12Contents['keys'][number],
  contents: Pkcs12Contents,
): Pkcs12Contents['certificates'][number] | undefined {
  const matching = contents.certificates.filter(({ certificate }) => belongsTo(bag.key, certificate))
  return (
    matching.find((found) => found.localKeyId !== undefined && found.localKeyId === bag.localKeyId) ??
    matching.find((found) => found.friendlyName !== undefined && found.friendlyName === bag.friendlyName) ??
    matching[0]
  )
}

/**
 * The entry with this alias; capitals matter only where two entries differ by nothing else.
 *
 * @throws EHealthError `keystore.malformed` when several entries have it
 */
export function entryNamed(keys: readonly KeyEntry[], alias: string): KeyEntry | undefined {
  const same = keys.filter((entry) => entry.alias === alias)
  const found = same.length > 0 ? same : keys.filter((entry) => isAlias(entry.alias, alias))
  if (found.length > 1)
    throw new EHealthError('keystore.malformed', 'several key entries of the keystore have the same alias')
  return found[0]
}

const isAlias = (one: string, other: string): boolean => one.toLowerCase() === other.toLowerCase()

/** True for an encryption key of the platform: named by its certificate's serial number, usable for keys and data. */
export function isEncryptionEntry({ alias, certificate }: KeyEntry): boolean {
  const usage = certificate.keyUsage
  return (
    usage?.has('keyEncipherment') === true &&
    usage.has('dataEncipherment') &&
    alias === certificate.serialNumber.toString()
  )
}

/** Newest first. */
export function byNotBefore(one: { certificate: Certificate }, other: { certificate: Certificate }): number {
  return other.certificate.notBefore.getTime() - one.certificate.notBefore.getTime()
}
