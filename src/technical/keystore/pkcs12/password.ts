/** Keys from passwords: PKCS#12 (RFC 7292 appendix B) and PBKDF2 (RFC 8018 §5.2). */
import { createHash, pbkdf2 } from 'node:crypto'
import { promisify } from 'node:util'

import { EHealthError } from '../../../errors.js'
import { integer, objectIdentifier, octets, tags, type Asn1Node } from '../../asn1/index.js'

/** A password in the forms that the two derivations take. */
export interface Password {
  /** UTF-8, for PBKDF2. */
  utf8: Uint8Array
  /** UTF-16BE with two zero octets at the end, for PKCS#12. */
  bmp: Uint8Array
}

/**
 * The forms that software gives a password. The empty one has two in PKCS#12: nothing, or the two zero octets alone
 * (spec etee §1.2).
 */
export function passwordForms(password: string): Password[] {
  const utf8 = Buffer.from(password, 'utf8')
  const bmp = Buffer.from(`${password}\0`, 'utf16le').swap16()
  return password === ''
    ? [
        { utf8, bmp },
        { utf8, bmp: new Uint8Array(0) },
      ]
    : [{ utf8, bmp }]
}

/** Digests with the block size that the PKCS#12 derivation goes by. */
const blockSizes = { sha1: 64, sha224: 64, sha256: 64, sha384: 128, sha512: 128 } as const

export type Digest = keyof typeof blockSizes

/** What the PKCS#12 derivation makes: the first octet of its input (RFC 7292 §B.3). */
export const purpose = { key: 1, iv: 2, mac: 3 } as const

/**
 * Most iterations accepted. The platform's tool writes about 100 000; a hostile file must not keep the machine busy for
 * minutes. PKCS#12 derivation runs in JavaScript, PBKDF2 in the thread pool.
 */
export const mostIterations = { pkcs12: 2_000_000, pbkdf2: 10_000_000 } as const

/** Iteration count within the limit. */
export function iterationCount(node: Asn1Node | undefined, most: number): number {
  const count = node === undefined ? 1n : integer(node)
  if (count < 1n || count > BigInt(most))
    throw new EHealthError('keystore.unsupported', 'the iteration count lies outside the limits', {
      details: { most },
    })
  return Number(count)
}

/** Key derivation of PKCS#12 (RFC 7292 §B.2). */
export function derivePkcs12(
  digest: Digest,
  id: number,
  password: Password,
  salt: Uint8Array,
  iterations: number,
  length: number,
): Uint8Array {
  const block = blockSizes[digest]
  const fill = (bytes: Uint8Array): Uint8Array => repeat(bytes, Math.ceil(bytes.length / block) * block)
  const diversifier = new Uint8Array(block).fill(id)
  const input = Buffer.concat([fill(salt), fill(password.bmp)])
  const output = new Uint8Array(length)
  for (let filled = 0; filled < length;) {
    let round: Uint8Array = createHash(digest).update(diversifier).update(input).digest()
    for (let i = 1; i < iterations; i++) round = createHash(digest).update(round).digest()
    output.set(round.subarray(0, length - filled), filled)
    filled += round.length
    if (filled < length) addToBlocks(input, repeat(round, block))
  }
  return output
}

function repeat(bytes: Uint8Array, length: number): Uint8Array {
  const result = new Uint8Array(length)
  for (let i = 0; i < length; i++) result[i] = bytes[i % bytes.length]!
  return result
}

/** Adds `addend + 1` to every block of `input`, as big-endian numbers. */
function addToBlocks(input: Uint8Array, addend: Uint8Array): void {
  for (let start = 0; start < input.length; start += addend.length) {
    let carry = 1
    for (let i = addend.length - 1; i >= 0; i--) {
      carry += input[start + i]! + addend[i]!
      input[start + i] = carry & 0xff
      carry >>= 8
    }
  }
}

const pbkdf2Oid = '1.2.840.113549.1.5.12'

/** Digest of an `id-hmacWithSHA…` identifier (RFC 8018 §B.1). */
export const hmacDigests: Readonly<Record<string, Digest>> = {
  '1.2.840.113549.2.7': 'sha1',
  '1.2.840.113549.2.8': 'sha224',
  '1.2.840.113549.2.9': 'sha256',
  '1.2.840.113549.2.10': 'sha384',
  '1.2.840.113549.2.11': 'sha512',
}

const derive = promisify(pbkdf2)

/** Derives `length` octets as a PBKDF2 AlgorithmIdentifier says. */
export async function derivePbkdf2(
  algorithm: Asn1Node,
  password: Password,
  length: number,
): Promise<Uint8Array> {
  if (objectIdentifier(algorithm.at(0)) !== pbkdf2Oid) throw unsupported('key derivation')
  const [salt, count, ...rest] = algorithm.at(1).children
  const prf = rest.find((node) => node.is(tags.sequence))
  const digest = prf === undefined ? 'sha1' : hmacDigests[objectIdentifier(prf.at(0))]
  if (digest === undefined || salt?.is(tags.octetString) !== true) throw unsupported('key derivation')
  const stated = rest.find((node) => node.is(tags.integer))
  if (stated !== undefined && integer(stated) !== BigInt(length)) throw unsupported('key length')
  const iterations = iterationCount(count, mostIterations.pbkdf2)
  return derive(password.utf8, octets(salt), iterations, length, digest)
}

/** The error for an algorithm that is not in the list. */
export function unsupported(what: string): EHealthError {
  return new EHealthError('keystore.unsupported', `unknown algorithm: ${what}`)
}
