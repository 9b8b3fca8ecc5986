/** Taking bags out, with everything that it takes to verify them without us (spec timestamp §10.7). */
import { createHash } from 'node:crypto'
import { mkdir, open, readdir } from 'node:fs/promises'
import { join } from 'node:path'

import { EHealthError } from '../../../errors.js'
import { Certificate } from '../../../technical/pki/index.js'
import { invalidOption } from '../../../technical/session/options.js'
import { libraryVersion } from '../../../technical/soap/version.js'
import type { Runtime } from '../../../technical/environment/runtime.js'
import { bagBySequence, stampsOfBag, type BagRow } from '../storage/bags.js'
import { entriesOfBag } from '../storage/entries.js'
import type { Store } from '../storage/store.js'

/** Options of an export. */
export interface ExportOptions {
  /** A directory that is not there yet, or is empty. */
  directory: string
  /** Bags sealed from this instant on; all of them by default. */
  from?: Date | string
  /** Bags sealed up to this instant; all of them by default. */
  to?: Date | string
  /** Told before each bag of the period: how many were looked at, and how many there are. */
  onProgress?: (bags: number, total: number) => void
}

/** What was written. */
export interface ExportSummary {
  bags: number
  entries: number
  stamps: number
  /** Bags of the period that have no verified stamp yet: they are not exported. */
  open: number
}

/** Where to, and the bags sealed from when to when, in milliseconds. */
interface ExportScope {
  directory: string
  from: number
  to: number
}

/** Files with their digests. */
type Manifest = { path: string; sha256: string }[]

export async function exportBags(
  store: Store,
  runtime: Runtime,
  { directory, from, to, onProgress }: Pick<ExportOptions, 'onProgress'> & ExportScope,
): Promise<ExportSummary> {
  await prepare(directory)
  const manifest: Manifest = []
  const write = async (path: string, content: Uint8Array | string): Promise<void> => {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content
    await writeDurably(join(directory, path), bytes)
    manifest.push({ path, sha256: createHash('sha256').update(bytes).digest('hex') })
  }
  const summary: ExportSummary = { bags: 0, entries: 0, stamps: 0, open: 0 }
  const done: number[] = []
  const sequences = store.all<{ sequence: number }>(
    'SELECT sequence FROM bag WHERE sealedAt BETWEEN ? AND ? ORDER BY sequence',
    from,
    to,
  )
  for (const [index, { sequence }] of sequences.entries()) {
    onProgress?.(index, sequences.length)
    const bag = bagBySequence(store, sequence)
    if (bag === undefined) continue
    if (bag.state !== 'ARCHIVED' && bag.state !== 'CONFIRMED') {
      summary.open += 1
      continue
    }
    summary.stamps += await exportBag(store, bag, write)
    summary.bags += 1
    summary.entries += bag.entries
    done.push(sequence)
  }
  await exportCertificates(store, write)
  await write('README.txt', explanation)
  await writeDurably(
    join(directory, 'manifest.json'),
    Buffer.from(`${JSON.stringify({ ...about(runtime), summary, files: manifest }, undefined, 2)}\n`),
  )
  const now = runtime.now().getTime()
  store.transaction(() => {
    for (const sequence of done) store.run('UPDATE bag SET exportedAt = ? WHERE sequence = ?', now, sequence)
  })
  return summary
}

async function prepare(directory: string): Promise<void> {
  if (typeof directory !== 'string' || directory === '') throw invalidOption('directory', 'missing')
  const found = await mkdir(directory, { recursive: true })
    .then(() => readdir(directory))
    .catch((cause: unknown) => {
      throw new EHealthError('configuration.invalid', 'directory: cannot be made or read', {
        path: 'directory',
        cause,
      })
    })
  if (found.length > 0)
    throw invalidOption('directory', 'expected an empty directory: an export is written once')
  for (const name of ['bags', 'entries', 'stamps', 'certificates']) await mkdir(join(directory, name))
}

async function writeDurably(file: string, bytes: Uint8Array): Promise<void> {
  const handle = await open(file, 'wx', 0o600)
  try {
    await handle.writeFile(bytes)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function exportBag(
  store: Store,
  bag: BagRow,
  write: (path: string, content: Uint8Array | string) => Promise<void>,
): Promise<number> {
  const { sequence } = bag
  await write(`bags/${sequence}.xml`, bag.bytes)
  const lines = entriesOfBag(store, sequence).map(({ ref, hash, sourceSystem, sourceId, receivedAt }) =>
    JSON.stringify({
      ref,
      sha256: Buffer.from(hash).toString('base64'),
      sourceSystem,
      sourceId,
      receivedAt: new Date(receivedAt).toISOString(),
    }),
  )
  await write(`entries/${sequence}.jsonl`, `${lines.join('\n')}\n`)
  const stamps = stampsOfBag(store, sequence)
  for (const { serial, tokenBytes, responseBytes } of stamps) {
    await write(`stamps/${sequence}-${serial}.tst`, tokenBytes)
    await write(`stamps/${sequence}-${serial}.xml`, responseBytes)
  }
  return stamps.length
}

async function exportCertificates(
  store: Store,
  write: (path: string, content: string) => Promise<void>,
): Promise<void> {
  const all = store.all<{ certificate: Uint8Array }>('SELECT certificate FROM trust ORDER BY firstUsed')
  const pem = all.map(({ certificate }) => Certificate.fromDer(certificate).toPem())
  await write('certificates/authorities.pem', pem.join(''))
}

const about = (runtime: Runtime): Record<string, string> => ({
  generatedAt: runtime.now().toISOString(),
  software: `ehealth-connectors ${libraryVersion}`,
})

const explanation = `Export of a prescription archive

bags/N.xml            the bag as it was stamped: numbers and SHA-256 digests (base64) of prescriptions
entries/N.jsonl       where each of them came from, and when
stamps/N-SERIAL.tst   the time stamp (RFC 3161) of bag N; SERIAL is its number at the platform
stamps/N-SERIAL.xml   the answer of the platform that it came in
certificates/         the authorities and their issuers, as they were when they stamped
manifest.json         SHA-256 of every file

To verify a stamp with OpenSSL, at the time of the stamp:

  openssl ts -verify -token_in -in stamps/N-SERIAL.tst -data bags/N.xml \\
    -CAfile certificates/authorities.pem -attime SECONDS

authorities.pem must hold the issuers up to their root: the option certificates of the archive brings them.

SECONDS is the time of the stamp, since 1970: openssl ts -reply -token_in -in stamps/N-SERIAL.tst -text shows it.

To find a prescription: openssl dgst -sha256 -binary FILE | base64, and look for it in bags/.
Whether the certificates are genuine they do not say themselves: compare them with what the platform publishes.
`
