/** Attachments that never stand in memory whole, over real HTTPS. */
import { createHash, type Hash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { systemRuntime } from '../../../src/technical/environment/runtime.js'
import { fileContent } from '../../../src/technical/soap/attachments/content.js'
import { parseContentType } from '../../../src/technical/soap/attachments/contentType.js'
import { parseMultipart } from '../../../src/technical/soap/attachments/multipart.js'
import { resolveAttachment } from '../../../src/technical/soap/attachments/swa.js'
import { call } from '../../../src/technical/soap/call.js'
import { callStreaming } from '../../../src/technical/soap/callStreaming.js'
import { parseEnvelope } from '../../../src/technical/soap/envelope.js'
import { createTransport } from '../../../src/technical/soap/transport.js'
import type {
  AttachmentToSend,
  Operation,
  PipelineContext,
  Transport,
} from '../../../src/technical/soap/types.js'
import { genericAsyncDemands } from '../../../src/technical/soap/wsSecurity/forms.js'
import { verifyEnvelope } from '../../../src/technical/soap/wsSecurity/verify.js'
import {
  attachedBinary,
  base64Binary,
  namespace,
  optional,
  string,
  type Infer,
} from '../../../src/technical/xml/index.js'
import { textOf } from '../../../src/technical/xml/tree.js'
import type { Answer } from './messages.js'
import { ask } from './messages.js'
import { startTestServer, type TestServer } from './testServer.js'
import { wssAssertion, wssCertificate, wssClock, wssCredential } from './wssFixtures.js'

const mebibyte = 1024 * 1024
const size = 96 * mebibyte
const block = Buffer.from('0123456789abcdef'.repeat(4096))

let server: TestServer
let transport: Transport
let directory: string
/** What the server was sent: the length, the hash of all, the beginning. */
let got: { type: string; length: string | undefined; octets: number; hash: Hash; head: Buffer[] }
let peak = 0

const measured = (): void => {
  peak = Math.max(peak, process.memoryUsage().arrayBuffers)
}

const answerHead = (boundary: string): string =>
  `--${boundary}\r\nContent-Type: text/xml; charset=utf-8\r\n\r\n` +
  '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><d:Answer xmlns:d="urn:test:soap">' +
  `<Text>cid:scan%40example.test</Text></d:Answer></S:Body></S:Envelope>\r\n--${boundary}\r\n` +
  'Content-Type: application/pdf\r\nContent-ID: scan@example.test\r\n\r\n'

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'streaming-'))
  server = await startTestServer((incoming, outgoing) => {
    got = {
      type: incoming.headers['content-type'] ?? '',
      length: incoming.headers['content-length'],
      octets: 0,
      hash: createHash('sha256'),
      head: [],
    }
    incoming.on('data', (chunk: Buffer) => {
      got.octets += chunk.length
      got.hash.update(chunk)
      if (got.octets < 200_000) got.head.push(chunk)
      measured()
    })
    incoming.on('end', () => {
      outgoing.writeHead(200, { 'Content-Type': 'multipart/related; boundary=b; type="text/xml"' })
      outgoing.write(answerHead('b'))
      const path = incoming.url ?? ''
      let left = path === '/large' ? size / block.length : 1
      const more = (): void => {
        while (left-- > 0) if (!outgoing.write(block)) return void outgoing.once('drain', more)
        if (path === '/cut') outgoing.destroy()
        else outgoing.end('\r\n--b--\r\n')
      }
      more()
    })
  })
  transport = createTransport({
    trust: [server.authorities.root.certificate.toPem()],
    maxResponseBytes: 200 * mebibyte,
    timeout: 60_000,
  })
})
afterAll(async () => {
  transport.close()
  await server.close()
  rmSync(directory, { recursive: true })
})
beforeEach(() => {
  peak = 0
})

const target = (path: string, more: { attachments?: AttachmentToSend[] } = {}) => {
  const context: PipelineContext = { transport, runtime: systemRuntime, emit: () => {} }
  return { endpoint: server.url + path, security: { kind: 'none' } as const, context, ...more }
}
const request = { Id: 'a', Text: 'x', Flags: [] }

describe('a large attachment', () => {
  it('is sent from a file with its length announced, a piece at a time', async () => {
    const path = join(directory, 'large.bin')
    writeFileSync(path, '')
    for (let at = 0; at < size; at += block.length) writeFileSync(path, block, { flag: 'a' })
    const content = await fileContent(path)
    expect(content.length).toBe(size)
    const before = process.memoryUsage().arrayBuffers
    await call(ask(), request, {
      ...target('/small'),
      attachments: [{ contentId: 'scan@example.test', contentType: 'application/pdf', content }],
    })
    expect(got.length).toBe(String(got.octets))
    expect(got.octets).toBeGreaterThan(size)
    expect(peak - before).toBeLessThan(size * 0.75)
    const head = Buffer.concat(got.head).toString('latin1')
    expect(head).toContain(
      '\r\nContent-Type: application/pdf\r\nContent-ID: scan@example.test\r\n\r\n0123456789abcdef',
    )
  })

  it('fails typed when it is not as long as it said', async () => {
    for (const length of [block.length - 1, block.length + 1]) {
      const content = {
        length,
        stream: async function* () {
          yield block
        },
      }
      const attachments = [{ contentId: 'a@b', contentType: 'a/b', content }]
      await expect(call(ask(), request, target('/small', { attachments }))).rejects.toMatchObject({
        code: 'transport.reset',
      })
    }
    await expect(fileContent(join(directory, 'nothing'))).rejects.toMatchObject({
      code: 'configuration.invalid',
    })
    await expect(fileContent(directory)).rejects.toMatchObject({ code: 'configuration.invalid' })
    // the transport is none the worse for it
    await call(ask(), request, target('/small'))
  })

  it('is received into a file that is there until the answer is closed', async () => {
    const before = process.memoryUsage().arrayBuffers
    const sampling = setInterval(measured, 5)
    const answer = await callStreaming(ask(), request, target('/large'), { directory })
    clearInterval(sampling)
    expect(peak - before).toBeLessThan(size * 0.75)
    const scan = resolveAttachment(answer.value.Text, answer.attachments)
    expect([scan.length, scan.contentType]).toEqual([size, 'application/pdf'])
    expect(existsSync(scan.file!)).toBe(true)
    const hash = createHash('sha256')
    for await (const chunk of scan.stream()) hash.update(chunk)
    const expected = createHash('sha256')
    for (let at = 0; at < size; at += block.length) expected.update(block)
    expect(hash.digest('hex')).toBe(expected.digest('hex'))
    expect(answer.meta.httpStatus).toBe(200)
    await answer.close()
    expect(existsSync(scan.file!)).toBe(false)
  })

  it.each([
    ['above the limit of a part', '/large', { maxPartBytes: mebibyte }, 'transport.too-large'],
    ['that breaks off', '/cut', { spoolAbove: 10 }, 'transport.reset'],
  ])('leaves no file behind: %s', async (_, path, options, code) => {
    const before = readdirSync(directory)
    await expect(
      callStreaming(ask(), request, target(path), { directory, ...options }),
    ).rejects.toMatchObject({
      code,
    })
    expect(readdirSync(directory)).toEqual(before)
  })

  it('is refused above the limit of the transport', async () => {
    const small = createTransport({
      trust: [server.authorities.root.certificate.toPem()],
      maxResponseBytes: mebibyte,
    })
    const context = { ...target('/large').context, transport: small }
    await expect(
      callStreaming(ask(), request, { ...target('/large'), context }, { directory }),
    ).rejects.toMatchObject({ code: 'transport.too-large' })
    small.close()
  })

  it('stays in memory when it is small', async () => {
    await using answer = await callStreaming(ask(), request, target('/small'), { directory })
    const scan = resolveAttachment('scan@example.test', answer.attachments)
    expect(scan.file).toBeUndefined()
    expect(Buffer.from(await scan.bytes()).equals(block)).toBe(true)
  })
})

describe('a MTOM/XOP request', () => {
  const async = namespace('urn:test:async', { prefix: 'as', qualified: true })
  const Post = async.element(
    'Post',
    async.sequence({ Detail: attachedBinary, Xades: optional(base64Binary), Name: string() }),
  )
  const operation: Operation<Infer<typeof Post>, Infer<typeof Answer>> = {
    ...ask('saml-hok'),
    ...genericAsyncDemands,
    packaging: 'xop',
    request: Post,
  }
  const credential = wssCredential('holder-rsa')
  const send = (value: Infer<typeof Post>, xopThreshold?: number) =>
    call(operation, value, {
      ...target('/small'),
      security: { kind: 'saml-hok', credential, assertion: wssAssertion('holder-rsa') },
      context: { ...target('/small').context, runtime: { ...systemRuntime, now: () => wssClock } },
      addressing: { action: 'urn:be:cin:nip:async:generic:post:msg', to: '' },
      ...(xopThreshold === undefined ? {} : { xopThreshold }),
    })

  it('carries what always travels apart, and what is large, as parts, and signs its Timestamp', async () => {
    await send({ Detail: Buffer.from('small'), Xades: Buffer.alloc(81_920, 1), Name: 'n' })
    expect(got.type).toMatch(
      /^Multipart\/Related; boundary="[^"]+"; type="application\/xop\+xml"; start-info="text\/xml"$/,
    )
    const multipart = parseMultipart(Buffer.concat(got.head), parseContentType(got.type))
    expect(multipart.others.map(({ content }) => Buffer.from(content).toString())).toEqual(['small'])
    const [id] = multipart.others.map(({ contentId }) => contentId!)
    const envelope = parseEnvelope(multipart.root.content)
    const verified = verifyEnvelope(envelope, {
      kind: 'saml-hok',
      require: genericAsyncDemands.signedParts,
      trust: [],
      sts: [wssCertificate('sts')],
      at: wssClock,
    })
    expect(verified.covered).toEqual(['timestamp'])
    const text = Buffer.from(multipart.root.content).toString()
    expect(text).toContain(
      `<as:Detail><xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:${id}"></xop:Include></as:Detail>`,
    )
    expect(text).toContain('</wsse:Security><wsa:Action ')
    expect(textOf(verified.payload.children[1] as never)).toBe(Buffer.alloc(81_920, 1).toString('base64'))

    await send({ Detail: Buffer.from('d'), Xades: Buffer.from('xades'), Name: 'n' }, 4)
    const parts = parseMultipart(Buffer.concat(got.head), parseContentType(got.type))
    expect(parts.others.map(({ content }) => Buffer.from(content).toString())).toEqual(['d', 'xades'])
  })
})
