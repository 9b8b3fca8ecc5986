/** Multipart messages taken apart while they come in: the same as in memory, whatever the pieces. */
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { EHealthError } from '../../../src/errors.js'
import { parseContentType } from '../../../src/technical/soap/attachments/contentType.js'
import { parseMultipart } from '../../../src/technical/soap/attachments/multipart.js'
import { receiveMessage, type ReceiveOptions } from '../../../src/technical/soap/attachments/receive.js'
import { attachmentsOf, buildMessageBody } from '../../../src/technical/soap/attachments/swa.js'
import { heldRuntime } from './messages.js'

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'receive-'))
})
afterAll(() => rmSync(directory, { recursive: true }))

async function* inPieces(bytes: Uint8Array, sizes: readonly number[]): AsyncGenerator<Uint8Array> {
  let at = 0
  for (let turn = 0; at < bytes.length; turn++) {
    const size = Math.max(1, sizes[turn % sizes.length]!)
    yield bytes.subarray(at, (at += size))
  }
}

const receive = (type: string, bytes: Uint8Array, sizes = [7], options: ReceiveOptions = {}) =>
  receiveMessage(type, inPieces(bytes, sizes), { directory, ...options })

/** Root and attachments in memory, or the code of the refusal. */
function whole(type: string, bytes: Uint8Array): unknown {
  try {
    const multipart = parseMultipart(bytes, parseContentType(type))
    return {
      root: Buffer.from(multipart.root.content).toString('latin1'),
      charset: multipart.root.contentType.parameters.get('charset'),
      attachments: [...attachmentsOf(multipart).values()].map(({ contentId, contentType, content }) => [
        contentId,
        contentType,
        Buffer.from(content).toString('latin1'),
      ]),
    }
  } catch (error) {
    return (error as EHealthError).code
  }
}

async function streamed(
  type: string,
  bytes: Uint8Array,
  sizes: number[],
  spoolAbove: number,
): Promise<unknown> {
  try {
    await using message = await receive(type, bytes, sizes, { spoolAbove })
    const attachments = []
    for (const { contentId, contentType, length, file, ...read } of message.attachments.values()) {
      const content = Buffer.from(await read.bytes())
      expect(content).toHaveLength(length)
      expect(file === undefined).toBe(length <= spoolAbove)
      const chunks: Uint8Array[] = []
      for await (const chunk of read.stream()) chunks.push(chunk)
      expect(Buffer.concat(chunks).equals(content)).toBe(true)
      attachments.push([contentId, contentType, content.toString('latin1')])
    }
    return { root: Buffer.from(message.root).toString('latin1'), charset: message.charset, attachments }
  } catch (error) {
    if (error instanceof EHealthError) return error.code
    throw error
  }
}

/** Bodies made of what boundaries, headers and line ends are made of. */
const fragments = fc.constantFrom(
  ...[
    '\r\n',
    '--b',
    '\r\n--b',
    '\r\n--b--',
    '--',
    '-',
    ' ',
    '\t',
    '\r',
    '\n',
    'x',
    '=',
    '=\r\n',
    '=3D',
    'aGk=',
  ],
  ...['\r\n--b\r\n', '\r\n--b \t\r\n', '\r\n\r\n', 'Content-ID: <x>\r\n', 'Content-ID: y\r\n', 'What\r\n'],
  ...['Content-Type: text/xml; charset=utf-8\r\n', 'Content-Transfer-Encoding: base64\r\n'],
  ...['Content-Transfer-Encoding: quoted-printable\r\n', '\u00ff\u0000'],
)

describe('a message that comes in pieces', () => {
  it('is the same as in memory, damaged ones included (property)', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fragments, { maxLength: 25 }),
        fc.boolean(),
        fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 }),
        fc.constantFrom('', '; start="<x>"', '; start=y'),
        fc.integer({ min: 0, max: 20 }),
        async (parts, sound, sizes, start, spoolAbove) => {
          const text = `${sound ? '--b\r\n\r\n' : ''}${parts.join('')}${sound ? '\r\n--b--\r\n' : ''}`
          const bytes = Buffer.from(text, 'latin1')
          const type = `multipart/related; boundary=b${start}`
          expect(await streamed(type, bytes, sizes, spoolAbove)).toEqual(whole(type, bytes))
        },
      ),
      { numRuns: 600 },
    )
  })

  it.each(['swaRequest', 'xop', 'swaAnswer'] as const)('comes back as it was sent: %s', async (layout) => {
    const content = Buffer.from('\r\n--\r\n------=_Part_\u0000\u00ff'.repeat(50), 'latin1')
    const attachments = ['1@x', '2@x'].map((contentId) => ({
      contentId,
      contentType: 'application/pdf',
      content,
    }))
    const { contentType, body } = buildMessageBody('<\u00e9/>', attachments, heldRuntime(new Date(0)), {
      layout,
    })
    for (const spoolAbove of [0, 1_000_000])
      expect(await streamed(contentType, body, [1, 64, 3], spoolAbove)).toEqual(whole(contentType, body))
  })

  it('can be one that is no multipart', async () => {
    await using message = await receive('text/xml; charset=iso-8859-1', Buffer.from('<a/>'))
    expect([Buffer.from(message.root).toString(), message.charset, message.attachments.size]).toEqual([
      '<a/>',
      'iso-8859-1',
      0,
    ])
  })
})

const part = (headers: string, content: string): string => `--b\r\n${headers}\r\n\r\n${content}\r\n`
const type = 'multipart/related; boundary=b'
const large = Buffer.from(
  `${part('Content-Type: text/xml', '<a/>')}${part('Content-ID: x', 'y'.repeat(9000))}--b--`,
)

describe('files of a message', () => {
  it('are private, named by nothing in the message, and gone when it is closed', async () => {
    const evil = Buffer.from(large.toString().replace('Content-ID: x', 'Content-ID: ../../../tmp/x'))
    const message = await receive(type, evil, [100], { spoolAbove: 10 })
    const [attachment] = message.attachments.values()
    const { file } = attachment!
    expect(file!.startsWith(directory)).toBe(true)
    expect(file).not.toContain('x/')
    expect(statSync(file!).mode & 0o777).toBe(0o600)
    expect(statSync(join(file!, '..')).mode & 0o777).toBe(0o700)
    await message.close()
    await message.close()
    expect(existsSync(join(file!, '..'))).toBe(false)
  })

  it.each<[string, string, ReceiveOptions, string]>([
    ['a part above the limit', large.toString(), { maxPartBytes: 5000 }, 'transport.too-large'],
    ['an envelope above the limit', large.toString(), { maxRootBytes: 3 }, 'transport.too-large'],
    ['no closing boundary', large.toString().slice(0, -5), {}, 'transport.multipart'],
    ['too many parts', large.toString(), { maxParts: 1 }, 'transport.multipart'],
    ['a header without end', part(`X: ${'y'.repeat(40_000)}`, ''), {}, 'transport.multipart'],
    ['a boundary without end', `${part('', '')}--b${' '.repeat(40_000)}`, {}, 'transport.multipart'],
    [
      'damaged base64 at the end',
      `${part('', '')}${part('Content-Transfer-Encoding: base64', 'aGk')}--b--`,
      {},
      'transport.multipart',
    ],
    [
      'base64 behind its padding',
      `${part('', '')}${part('Content-Transfer-Encoding: base64', 'aGk=aGk=')}--b--`,
      {},
      'transport.multipart',
    ],
    [
      'an unknown transfer encoding',
      `${part('', '')}${part('Content-Transfer-Encoding: x', '')}--b--`,
      {},
      'transport.multipart',
    ],
    [
      'one identifier twice',
      `${part('Content-ID: x', '')}${part('Content-ID: <x>', '')}--b--`,
      {},
      'transport.multipart',
    ],
  ])('are not left behind by %s', async (_, text, options, code) => {
    const before = readdirSync(directory)
    await expect(
      receive(type, Buffer.from(text), [100], { spoolAbove: 10, ...options }),
    ).rejects.toMatchObject({ code })
    expect(readdirSync(directory)).toEqual(before)
  })

  it('are not left behind when the connection breaks', async () => {
    async function* broken(): AsyncGenerator<Uint8Array> {
      yield large.subarray(0, 5000)
      throw new EHealthError('transport.reset', 'broken')
    }
    const before = readdirSync(directory)
    await expect(receiveMessage(type, broken(), { directory, spoolAbove: 10 })).rejects.toMatchObject({
      code: 'transport.reset',
    })
    expect(readdirSync(directory)).toEqual(before)
  })

  it('are refused without a boundary, and an envelope alone above its limit', async () => {
    await expect(receive('multipart/related', large)).rejects.toMatchObject({ code: 'transport.multipart' })
    await expect(receive('text/xml', large, [100], { maxRootBytes: 10 })).rejects.toMatchObject({
      code: 'transport.too-large',
    })
  })
})
