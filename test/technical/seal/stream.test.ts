/** Sealing and unsealing streams: the same messages and the same verdicts as in memory, and nothing before its verdict. */
import { randomBytes } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'

import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'

import { octetChunks, readAsn1 } from '../../../src/technical/asn1/index.js'
import {
  seal,
  sealStream,
  unseal,
  unsealFile,
  unsealFileReport,
  unsealReport,
  unsealStream,
  verifySender,
} from '../../../src/technical/seal/index.js'
import { hospital, opening, runtime, sender, tokenOf, vectors } from './messages.js'
import { later } from './vectors.js'

const credential = sender.authentication
const recipients = [tokenOf('recipient-a')]
const secretKey = vectors.secretKey('key-128')
const directory = mkdtempSync(join(tmpdir(), 'seal-stream-'))
afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** Octets in pieces whose sizes repeat. */
async function* inPieces(bytes: Uint8Array, ...sizes: number[]): AsyncGenerator<Uint8Array> {
  for (let at = 0, i = 0; at < bytes.length; at += sizes[i++ % sizes.length]!)
    yield bytes.subarray(at, at + sizes[i % sizes.length]!)
}

const collect = async (pieces: AsyncIterable<Uint8Array>): Promise<Buffer> => {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}

const code = (promise: Promise<unknown>): Promise<string> =>
  promise.then(
    () => 'no error',
    (error: unknown) => String((error as { code: unknown }).code),
  )

describe('sealing a stream', () => {
  it('of known length writes what seal writes, octet for octet', async () => {
    // Everything that is random elsewhere stands still here: PKCS#1 signatures, key wrap, one content key.
    const fixed = { ...runtime, randomBytes: (count: number) => new Uint8Array(count).fill(5) }
    const options = { credential, secretKey, policy: 'EID', runtime: fixed } as const
    for (const size of [0, 1, 999, 1000, 70_000, 600_000]) {
      const content = randomBytes(size)
      const streamed = await collect(
        sealStream(inPieces(content, 313, 40_000), { ...options, contentLength: size }),
      )
      expect(streamed.equals(await seal(content, options)), `${size} octets`).toBe(true)
    }
  })

  it('of unknown length writes indefinite lengths and chunks of 1000 octets, as the official library does', async () => {
    const sealed = await collect(
      sealStream(inPieces(randomBytes(2500), 7, 1100), { credential, recipients, runtime }),
    )
    expect(sealed.subarray(0, 2).toString('hex')).toBe('3080')
    const signed = readAsn1(sealed).at(1).at(0)
    const outer = [...octetChunks(signed.at(2).at(1).at(0))]
    const enveloped = readAsn1(Buffer.concat(outer)).at(1).at(0)
    const encrypted = [...octetChunks(enveloped.at(2).at(2))]
    for (const chunks of [outer, encrypted]) {
      expect(chunks.slice(0, -1).every(({ length }) => length === 1000)).toBe(true)
      expect(chunks.at(-1)!.length).toBeLessThanOrEqual(1000)
    }
    // Shape of the official message beside it: the same tags in the same places.
    const official = readAsn1(vectors.read('sealed/streamed/kib.cms')).at(1).at(0)
    const shape = (node: typeof signed): string => node.children.map(({ raw }) => raw[0]).join()
    expect(shape(signed)).toBe(shape(official))
    expect(shape(signed.at(2))).toBe(shape(official.at(2)))
  })

  it('writes indefinite lengths where a definite one would overflow 32 bits', async () => {
    const huge = sealStream([], { credential, recipients, runtime, contentLength: 3 * 2 ** 30 })
    const { value } = await huge.next()
    expect(
      Buffer.from(value as Uint8Array)
        .subarray(0, 2)
        .toString('hex'),
    ).toBe('3080')
    await huge.return()
    const large = sealStream([], { credential, recipients, runtime, contentLength: 2 ** 30 })
    const first = await large.next()
    expect(
      Buffer.from(first.value as Uint8Array)
        .subarray(0, 2)
        .toString('hex'),
    ).toBe('3084')
    await large.return()
  })

  it('fails when more or less comes than was announced', async () => {
    const options = { credential, recipients, runtime }
    for (const contentLength of [9, 11, 0])
      expect(await code(collect(sealStream([Buffer.alloc(10)], { ...options, contentLength })))).toBe(
        'seal.content-length',
      )
    expect(() => sealStream([], { ...options, contentLength: -1 })).toThrow(
      expect.objectContaining({ code: 'configuration.invalid', path: 'contentLength' }),
    )
    expect(() => sealStream([], { credential, runtime })).toThrow(
      expect.objectContaining({ code: 'seal.no-recipient' }),
    )
  })

  it('passes on what its source says and tells how far it is', async () => {
    const told: number[] = []
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield Buffer.alloc(100)
      throw new Error('the disk is gone')
    }
    await expect(
      collect(
        sealStream(broken(), { credential, recipients, runtime, onProgress: (octets) => told.push(octets) }),
      ),
    ).rejects.toThrow('the disk is gone')
    expect(told).toEqual([100])
  })
})

describe('seal and unseal are inverse', () => {
  /** Sizes around blocks of the cipher, chunks of the encoding and slices of the writer. */
  const size = fc.oneof(
    fc.integer({ min: 0, max: 70 }),
    fc
      .constantFrom(1000, 16_000, 65_536, 262_144)
      .chain((edge) => fc.integer({ min: edge - 20, max: edge + 20 })),
    fc.integer({ min: 0, max: 40_000 }),
  )
  const pieces = fc.array(fc.integer({ min: 1, max: 70_000 }), { minLength: 1, maxLength: 3 })

  it('for any size, in memory and as streams of any pieces, with and without a known length', async () => {
    await fc.assert(
      fc.asyncProperty(size, pieces, pieces, fc.boolean(), async (length, into, outOf, known) => {
        const content = randomBytes(length)
        const options = { credential, recipients, runtime }
        const streamed = await collect(
          sealStream(inPieces(content, ...into), {
            ...options,
            ...(known ? { contentLength: length } : {}),
          }),
        )
        const inMemory = await seal(content, options)
        for (const sealed of [streamed, inMemory]) {
          expect(Buffer.from((await unseal(sealed, opening)).content).equals(content)).toBe(true)
          const { content: stream, bytes } = await unsealStream(inPieces(sealed, ...outOf), opening)
          expect((await buffer(stream)).equals(content)).toBe(true)
          expect(bytes).toBe(length)
        }
      }),
      { numRuns: 40 },
    )
  })
})

describe('unsealing a stream', () => {
  it('gives every message of the vectors the verdict and the content it has in memory', async () => {
    const file = join(directory, 'verdict')
    for (const vector of vectors.messages) {
      const options = { ...(await vectors.optionsFor(vector)), now: later }
      const sealed = vectors.read(vector.file)
      const inMemory = await unsealReport(sealed, options)
      for (const sizes of sealed.length > 50_000 ? [[70_000], [997]] : [[1], [1, 4096], [70_000]]) {
        const report = await unsealFileReport(inPieces(sealed, ...sizes), file, options)
        const { accepted, fatal, errors, warnings } = report
        expect({ file: vector.file, accepted, fatal, errors, warnings }).toEqual({
          file: vector.file,
          accepted: inMemory.accepted,
          fatal: inMemory.fatal,
          errors: inMemory.errors,
          warnings: inMemory.warnings,
        })
        if (inMemory.accepted) expect(readFileSync(file).equals(inMemory.content)).toBe(true)
      }
    }
  })

  it('leaves no trace of a message that is refused, and an older file as it was', async () => {
    const place = mkdtempSync(join(directory, 'refused-'))
    const file = join(place, 'letter')
    writeFileSync(file, 'the letter of yesterday')
    const changed = Buffer.from(await seal(Buffer.alloc(100_000, 1), { credential, recipients, runtime }))
    changed[50_000]! ^= 1
    expect(await code(unsealFile([changed], file, opening))).toBe('unseal.refused')
    expect(await code(unsealFile([changed.subarray(0, 60_000)], file, opening))).toBe('unseal.malformed')
    expect(await code(unsealStream([changed], { ...opening, temporaryDirectory: place }))).toBe(
      'unseal.refused',
    )
    expect(readdirSync(place)).toEqual(['letter'])
    expect(readFileSync(file, 'utf8')).toBe('the letter of yesterday')
  })

  it('gives nothing out and leaves nothing behind when its source breaks', async () => {
    const place = mkdtempSync(join(directory, 'broken-'))
    const sealed = await seal(Buffer.alloc(300_000, 1), { credential, recipients, runtime })
    let closed = false
    async function* breaking(): AsyncGenerator<Uint8Array> {
      try {
        yield sealed.subarray(0, 200_000)
        throw new Error('connection reset')
      } finally {
        closed = true
      }
    }
    await expect(unsealFile(breaking(), join(place, 'x'), opening)).rejects.toThrow('connection reset')
    await expect(unsealStream(breaking(), { ...opening, temporaryDirectory: place })).rejects.toThrow(
      'connection reset',
    )
    expect(closed).toBe(true)
    expect(readdirSync(place)).toEqual([])
  })

  it('closes its source when it has seen enough', async () => {
    let closed = false
    async function* endless(): AsyncGenerator<Uint8Array> {
      try {
        for (;;) yield Buffer.alloc(1000)
      } finally {
        closed = true
      }
    }
    expect(await code(unsealStream(endless(), opening))).toBe('unseal.malformed')
    expect(closed).toBe(true)
  })

  it('keeps the content where nobody sees it, and lets go of it when it was read or given up', async () => {
    const openFiles = (): number => (existsSync('/proc/self/fd') ? readdirSync('/proc/self/fd').length : 0)
    const before = openFiles()
    const place = mkdtempSync(join(directory, 'spool-'))
    const content = Buffer.from('Dear colleague')
    const sealed = await seal(content, { credential, recipients, runtime })
    const open = (): ReturnType<typeof unsealStream> =>
      unsealStream([sealed], { ...opening, temporaryDirectory: place })
    const { content: stream, author } = await open()
    expect(readdirSync(place)).toEqual([])
    expect(author).toMatchObject({ type: 'SSIN' })
    expect((await buffer(stream)).equals(content)).toBe(true)
    const abandoned = (await open()).content
    const done = new Promise((resolve) => abandoned.once('close', resolve))
    abandoned.destroy()
    await done
    await expect.poll(openFiles).toBe(before)
  })

  it('tells how far it is', async () => {
    const told: number[] = []
    const sealed = await seal(Buffer.alloc(600_000), { credential, recipients, runtime })
    const file = join(directory, 'progress')
    const { bytes } = await unsealFile([sealed], file, {
      ...opening,
      onProgress: (octets) => told.push(octets),
    })
    expect(bytes).toBe(600_000)
    expect(told.at(-1)).toBe(600_000)
    expect(told.length).toBeGreaterThan(1)
    expect(told).toEqual([...told].sort((a, b) => a - b))
  })

  it('judges a sender from a stream as well', async () => {
    const sealed = await seal(Buffer.alloc(10_000), { credential, recipients, runtime })
    const options = { trust: vectors.trust, now: runtime }
    expect(await verifySender(inPieces(sealed, 100), options)).toMatchObject({
      accepted: true,
      sender: { type: 'SSIN' },
    })
    expect(await verifySender(inPieces(sealed.subarray(0, 5000), 100), options)).toMatchObject({
      accepted: false,
      fatal: 'OUTER_SIGNED_DATA_STRUCTURE_INCORRECT',
    })
  })
})

describe('a secret key that is looked up', () => {
  const message = vectors.read('sealed/mixed/kib.cms')
  const options = { trust: vectors.trust, now: runtime }

  it('is asked for by the identifier in the message', async () => {
    const asked: (readonly string[])[] = []
    const { content } = await unseal(message, {
      ...options,
      secretKey: async (ids) => {
        asked.push(ids)
        return Uint8Array.from(secretKey.key)
      },
    })
    expect(content.length).toBe(1024)
    expect(asked).toEqual([[secretKey.id]])
  })

  it('is overwritten after use, whether it fits or not', async () => {
    const right = Uint8Array.from(secretKey.key)
    await unseal(message, { ...options, secretKey: async () => right })
    const wrong = new Uint8Array(16).fill(7)
    const short = new Uint8Array(8).fill(7)
    for (const key of [wrong, short])
      await expect(unseal(message, { ...options, secretKey: async () => key })).rejects.toThrow()
    for (const key of [right, wrong, short]) expect(key.every((octet) => octet === 0)).toBe(true)
  })

  it('that is not to be had leaves the message closed; a failed look-up says so itself', async () => {
    expect(await code(unseal(message, { ...options, secretKey: async () => undefined }))).toBe(
      'unseal.not-addressed',
    )
    await expect(
      unseal(message, { ...options, secretKey: () => Promise.reject(new Error('KGSS is away')) }),
    ).rejects.toThrow('KGSS is away')
  })

  it('is not asked for where the message names none', async () => {
    const sealed = await seal(Buffer.from('x'), { credential, recipients, runtime })
    const unused = (): never => {
      throw new Error('asked')
    }
    const { content } = await unseal(sealed, {
      ...options,
      keys: hospital.decryptionKeys,
      secretKey: unused,
    })
    expect(Buffer.from(content).toString()).toBe('x')
  })
})
