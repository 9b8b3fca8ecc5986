/** Which question is which, and which are answered: what a batch keeps beside the posts (docs/decisions/0032). */
import { EHealthError } from '../../../errors.js'
import type { AsyncMessage, AsyncStore } from '../../genericAsync/index.js'

/** What must be known of a question to read its answer. */
export interface LedgerQuestion {
  key: string
  nameId: { readonly Format: string; readonly value: string }
  /** First day, and first day that is no longer meant. */
  from: string
  until: string
}

/** One post as it is kept. */
interface ChunkRecord {
  name: string
  reference: string
  /** Of what the caller asked, so that the same input is known again. */
  digest: string
  count: number
  /** Absent once everything is answered. */
  questions?: LedgerQuestion[]
}

/** One post, with what is answered of it. */
export interface Chunk extends Omit<ChunkRecord, 'questions'> {
  /** A bit for each question. */
  bits: Uint8Array
  answered: number
}

/** Everything that was asked in one store. */
export interface Ledger {
  chunk(name: string): Chunk | undefined
  byReference(reference: string): Chunk | undefined
  all(): Iterable<Chunk>
  /** Keeps a chunk; durable when the promise resolves. */
  put(chunk: Omit<ChunkRecord, 'count'> & { questions: LedgerQuestion[] }): Promise<Chunk>
  /** The questions of a chunk; undefined once everything is answered. */
  questions(chunk: Chunk): Promise<LedgerQuestion[] | undefined>
  /** Marks a question; false where it was marked before. Kept with the next {@link Ledger.keep}. */
  mark(chunk: Chunk, index: number): boolean
  /** Keeps what was marked, and how far a message is handed over. */
  keep(message: string, position: number): Promise<void>
  /** Forgets the questions of a chunk that is answered; that they were asked stays known. */
  finish(chunk: Chunk): Promise<void>
  /** Keeps a message that cannot be read, as JSON with octets in base64. */
  setAside(key: string, message: AsyncMessage): Promise<void>
  /** How much of a message was handed over when this was kept last. */
  position(message: string): number
}

const stateOf = (name: string): string => `${name}.state`
const placeName = '_position'

export async function readLedger(store: AsyncStore): Promise<Ledger> {
  const chunks = new Map<string, Chunk>()
  const names = new Map<string, string>()
  const changed = new Set<Chunk>()
  /** The questions of the chunk that was asked for last: answers come in the order of messages. */
  let open: { chunk: Chunk; questions: LedgerQuestion[] } | undefined
  const know = ({ questions: _, ...record }: ChunkRecord, bits: Uint8Array): Chunk => {
    const chunk = { ...record, bits, answered: ones(bits) }
    chunks.set(record.name, chunk)
    names.set(record.reference, record.name)
    return chunk
  }
  for (const name of await store.list('batch')) {
    if (name.endsWith('.state') || name.startsWith('_')) continue
    const record = (await json(store, name)) as ChunkRecord
    if (record?.name !== name || !Number.isSafeInteger(record.count)) throw damaged()
    know(record, bitsOf(await store.read('batch', stateOf(name)), record.count))
  }
  let place = ((await json(store, placeName)) ?? { message: '', position: 0 }) as {
    message: string
    position: number
  }
  const write = (name: string, value: unknown): Promise<void> =>
    store.write('batch', name, Buffer.from(JSON.stringify(value), 'utf8'))
  return {
    chunk: (name) => chunks.get(name),
    byReference: (reference) => chunks.get(names.get(reference) ?? ''),
    all: () => chunks.values(),
    put: async (given) => {
      const record = { ...given, count: given.questions.length }
      await write(record.name, record)
      await store.remove('batch', stateOf(record.name))
      return know(record, new Uint8Array(Math.ceil(record.count / 8)))
    },
    questions: async (chunk) => {
      if (open?.chunk === chunk) return open.questions
      const { questions } = (await json(store, chunk.name)) as ChunkRecord
      if (questions !== undefined) open = { chunk, questions }
      return questions
    },
    mark: (chunk, index) => {
      const bit = 1 << (index % 8)
      const octet = index >> 3
      if ((chunk.bits[octet]! & bit) !== 0) return false
      chunk.bits[octet]! |= bit
      chunk.answered += 1
      changed.add(chunk)
      return true
    },
    keep: async (message, position) => {
      for (const chunk of changed) {
        await store.write('batch', stateOf(chunk.name), chunk.bits)
        changed.delete(chunk)
      }
      if (place.message === message && place.position === position) return
      place = { message, position }
      await write(placeName, place)
    },
    finish: async ({ bits: _, answered: __, ...record }) => {
      open = undefined
      await write(record.name, record)
    },
    setAside: (key, message) =>
      write(`_unreadable-${key}`, {
        ...message,
        packed: Buffer.from(message.packed).toString('base64'),
        ...(message.signature === undefined
          ? {}
          : { signature: Buffer.from(message.signature).toString('base64') }),
      }),
    position: (message) => (place.message === message ? place.position : 0),
  }
}

async function json(store: AsyncStore, name: string): Promise<unknown> {
  const content = await store.read('batch', name)
  if (content === undefined) return undefined
  try {
    return JSON.parse(Buffer.from(content).toString('utf8')) as unknown
  } catch {
    throw damaged()
  }
}

/** A crash may have left bits of another count; then nothing is known to be answered, and answers are told again. */
function bitsOf(content: Uint8Array | undefined, count: number): Uint8Array {
  const length = Math.ceil(count / 8)
  return content?.length === length ? Uint8Array.from(content) : new Uint8Array(length)
}

function ones(bits: Uint8Array): number {
  let count = 0
  for (const octet of bits) for (let rest = octet; rest > 0; rest &= rest - 1) count += 1
  return count
}

const damaged = (): EHealthError =>
  new EHealthError('async.store', 'store: a record of questions is damaged or not ours', { path: 'store' })
