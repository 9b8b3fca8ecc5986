/** What the command reads: files or stdin, and secrets by environment, file or prompt, never as an argument. */
import { createHash, createPublicKey, type KeyObject } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { access, open, readFile, stat, writeFile } from 'node:fs/promises'
import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'

import { fileFailure } from '../configuration/files.js'
import { bits, readAsn1 } from '../technical/asn1/index.js'
import { systemRuntime } from '../technical/environment/runtime.js'
import { Certificate, readTrustDirectory } from '../technical/pki/index.js'
import { partialFile } from '../technical/seal/spool.js'
import { english, noted, t } from './language/index.js'
import { UsageError } from './output.js'

/** Content of a file, or of stdin for `-` and for no name at all. */
export async function readInput(file: string | undefined): Promise<Uint8Array> {
  if (file === undefined || file === '-') return buffer(process.stdin)
  return readNamed(file)
}

/** Octets of a file, or of stdin for `-` and for no name at all, as they come; with their number where it is known. */
export async function streamInput(
  file: string | undefined,
): Promise<{ pieces: AsyncIterable<Uint8Array>; length?: number }> {
  if (file === undefined || file === '-') return { pieces: process.stdin }
  try {
    const handle = await open(file)
    const about = await handle.stat()
    if (about.isDirectory()) {
      await handle.close()
      throw Object.assign(new Error(), { code: 'EISDIR' })
    }
    const pieces = handle.createReadStream({ highWaterMark: 256 * 1024 })
    return about.isFile() ? { pieces, length: about.size } : { pieces }
  } catch (error) {
    throw new UsageError(english`cannot read ${file}: ${noted(fileFailure(error))}`)
  }
}

/**
 * Writes pieces to a file as they come, or to stdout for `-` and for no name at all; a file gets its name when all of
 * it has been written.
 */
export async function streamOutput(
  file: string | undefined,
  pieces: AsyncIterable<Uint8Array>,
): Promise<number> {
  let octets = 0
  async function* counted(): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      octets += piece.length
      yield piece
    }
  }
  if (file === undefined || file === '-') {
    await pipeline(counted(), process.stdout, { end: false })
    return octets
  }
  if (await isSpecial(file)) {
    await writing(file, () => pipeline(counted(), createWriteStream(file)))
    return octets
  }
  const partial = await writing(file, () => partialFile(file, systemRuntime.uuid(), 0o666))
  try {
    for await (const piece of counted()) await writing(file, () => partial.write(piece))
    await writing(file, () => partial.commit())
    return octets
  } catch (error) {
    await partial.discard().catch(() => undefined)
    throw error
  }
}

/** A device or a pipe, which is written to as it stands. */
async function isSpecial(file: string): Promise<boolean> {
  try {
    const about = await stat(file)
    return !about.isFile() && !about.isDirectory()
  } catch {
    return false
  }
}

/** Runs something that writes a file; why it could not, in words. */
export async function writing<T>(file: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).syscall === undefined) throw error
    throw new UsageError(english`cannot write ${file}: ${noted(fileFailure(error))}`)
  }
}

/** Content of a file that must exist. */
export async function readNamed(file: string): Promise<Uint8Array> {
  try {
    return await readFile(file)
  } catch (error) {
    throw new UsageError(english`cannot read ${file}: ${noted(fileFailure(error))}`)
  }
}

/** Refuses the name of a file that is not there. */
export async function assertFile(file: string): Promise<void> {
  await access(file).catch((error: unknown) => {
    throw new UsageError(`cannot read ${file}: ${fileFailure(error)}`)
  })
}

/** Writes a file, or stdout for `-` and for no name at all. */
export async function writeOutput(file: string | undefined, bytes: Uint8Array): Promise<void> {
  if (file === undefined || file === '-') {
    await new Promise<void>((resolve, reject) => {
      process.stdout.write(bytes, (error) => (error ? reject(error) : resolve()))
    })
    return
  }
  await writeNamed(file, bytes)
}

/** Writes a file. `fresh`: one that must not be there yet. `secret`: a new one is for its owner's eyes only. */
export async function writeNamed(
  file: string,
  bytes: Uint8Array,
  { fresh = false, secret = fresh }: { fresh?: boolean; secret?: boolean } = {},
): Promise<void> {
  try {
    await writeFile(file, bytes, { flag: fresh ? 'wx' : 'w', mode: secret ? 0o600 : 0o666 })
  } catch (error) {
    throw new UsageError(english`cannot write ${file}: ${noted(fileFailure(error))}`)
  }
}

/** Where the password of a keystore comes from. */
export interface PasswordOptions {
  passwordEnv?: string
  passwordFile?: string
}

/** The password: from the environment variable or file named, else asked for at the terminal. */
export async function readPassword(options: PasswordOptions): Promise<string> {
  if (options.passwordEnv !== undefined) {
    const password = process.env[options.passwordEnv]
    if (password === undefined)
      throw new UsageError(english`the environment variable ${options.passwordEnv} is not set`)
    return password
  }
  if (options.passwordFile !== undefined)
    return Buffer.from(await readNamed(options.passwordFile))
      .toString('utf8')
      .replace(/\r?\n$/, '')
  if (!process.stdin.isTTY) throw new UsageError('give --password-env or --password-file')
  return promptPassword(t`Keystore password: `)
}

/** Asks a person; nothing that is typed shows. */
export async function promptPassword(question: string): Promise<string> {
  process.stderr.write(question)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true })
  try {
    return await terminal.question('')
  } finally {
    terminal.close()
    process.stderr.write('\n')
  }
}

/** All certificates of the files, PEM or DER, and of the directories among them. */
export async function readCertificates(files: readonly string[] | undefined): Promise<Certificate[]> {
  const all = await Promise.all((files ?? []).map(readTrust))
  return all.flat().flatMap((bytes) => Certificate.allFrom(bytes))
}

/** Content of a file; of a directory, each certificate in it. */
export async function readTrust(file: string): Promise<Uint8Array[]> {
  const isDirectory = await stat(file).then(
    (found) => found.isDirectory(),
    () => false,
  )
  return isDirectory ? (await readTrustDirectory(file)).map(({ der }) => der) : [await readNamed(file)]
}

/** Whom to believe: anchors, and bare public keys by the identifier that messages name them with. */
export interface TrustedSigners {
  anchors: Certificate[]
  /** By base64 of SHA-1 of the public key bits (spec etee §3.1). */
  keys: Map<string, KeyObject>
}

/** Certificates and bare public keys (SubjectPublicKeyInfo) in the files, PEM or DER; certificates of directories. */
export async function readTrustedSigners(files: readonly string[]): Promise<TrustedSigners> {
  const trusted: TrustedSigners = { anchors: [], keys: new Map() }
  for (const bytes of (await Promise.all(files.map(readTrust))).flat()) {
    const key = publicKeyIn(bytes)
    if (key === undefined) trusted.anchors.push(...Certificate.allFrom(bytes))
    else trusted.keys.set(keyIdentifierOf(key), key)
  }
  return trusted
}

function publicKeyIn(bytes: Uint8Array): KeyObject | undefined {
  const pem = Buffer.from(bytes).toString('latin1').includes('-----BEGIN PUBLIC KEY-----')
  try {
    const key = Buffer.from(bytes)
    return pem ? createPublicKey(key) : createPublicKey({ key, format: 'der', type: 'spki' })
  } catch {
    return undefined
  }
}

function keyIdentifierOf(key: KeyObject): string {
  const spki = key.export({ format: 'der', type: 'spki' })
  return createHash('sha1')
    .update(bits(readAsn1(spki).at(1)).bytes)
    .digest('base64')
}

/** An instant in ISO 8601. */
export function parseInstant(text: string | undefined): Date {
  if (text === undefined) return new Date()
  const at = new Date(text)
  if (Number.isNaN(at.getTime())) throw new UsageError('--at takes an ISO 8601 instant, 2026-01-15T12:00:00Z')
  return at
}
