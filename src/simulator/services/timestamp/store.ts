/** What the authority has stamped and the archive keeps (spec timestamp §6, §7, §11). */
import { createHash } from 'node:crypto'

import { unwrap, wrap } from '../../stored.js'
import type { SlotCodec, World } from '../../world.js'

/** A document with its stamp. */
export interface ArchivedDocument {
  /** In decimal. */
  readonly serial: string
  readonly genTimeMs: number
  /** Type and number of the certificate that had it stamped, `TYPE=NUMBER`. */
  readonly owner: string
  /** SHA-256 of the document, in hexadecimal digits: what makes two documents the same (inferred). */
  readonly sha256: string
  /** The base64 of the request, untouched. */
  readonly base64: string
  readonly token: Uint8Array
  readonly profile: string
  readonly requestId?: string
}

/** In memory an archive is whole; on disk each document has a file of its own, so that none is written twice. */
interface Archive {
  lastSerial: bigint
  stamps: ArchivedDocument[]
}

type Entry = Omit<ArchivedDocument, 'base64' | 'token'>
type Content = Pick<ArchivedDocument, 'base64' | 'token'>

const slotName = 'timestamps'
const contentSlot = (serial: string): string => `timestamps-${serial}`

const contentCodec: SlotCodec<Content> = { toJson: wrap, fromJson: (json) => unwrap(json) as Content }

const archiveOf = (world: World): Archive => {
  const codec: SlotCodec<Archive> = {
    toJson: ({ lastSerial, stamps }) => ({
      lastSerial: lastSerial.toString(),
      stamps: stamps.map(({ base64: _, token: __, ...entry }) => entry),
    }),
    fromJson: (json) => {
      const { lastSerial, stamps } = json as { lastSerial: string; stamps: Entry[] }
      return {
        lastSerial: BigInt(lastSerial),
        stamps: stamps.map((entry) => ({
          ...entry,
          ...world.slot<Content>(
            contentSlot(entry.serial),
            () => ({ base64: '', token: new Uint8Array() }),
            contentCodec,
          ),
        })),
      }
    },
  }
  return world.slot<Archive>(slotName, () => ({ lastSerial: firstSerial(world), stamps: [] }), codec)
}

/** Serial numbers have 48 bits, as today's tokens (spec timestamp §11): beyond what four octets hold, from the start. */
function firstSerial({ runtime }: World): bigint {
  const chance = Buffer.from(runtime.randomBytes(5)).toString('hex')
  return (1n << 47n) + BigInt(`0x${chance}`)
}

/** The next serial number: unique, increasing, not without gaps. */
export function nextSerial(world: World): bigint {
  const archive = archiveOf(world)
  archive.lastSerial += 1n + BigInt(world.runtime.randomBytes(1)[0]!)
  return archive.lastSerial
}

/** Oldest first. */
export const documentsOf = (world: World): readonly ArchivedDocument[] => archiveOf(world).stamps

/** Keeps a document. */
export async function keep(world: World, document: ArchivedDocument): Promise<void> {
  const { serial, base64, token } = document
  world.slot<Content>(contentSlot(serial), () => ({ base64, token }), contentCodec)
  await world.save(contentSlot(serial))
  archiveOf(world).stamps.push(document)
  await world.save(slotName)
}

/** Loses a document; false where there is none of this serial number. */
export async function lose(world: World, serial: string): Promise<boolean> {
  const archive = archiveOf(world)
  const at = archive.stamps.findIndex((one) => one.serial === serial)
  if (at < 0) return false
  archive.stamps.splice(at, 1)
  await world.save(slotName)
  return true
}

export const digestOf = (base64: string): string =>
  createHash('sha256').update(Buffer.from(base64, 'base64')).digest('hex')
