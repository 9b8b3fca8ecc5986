/** Messages made to keep a reader busy or to fill its memory. Limits of time are generous: what they catch takes minutes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { sealedBytes } from '../../src/business/ehbox/unsealing.js'
import { integer, octets, readAsn1 } from '../../src/technical/asn1/index.js'
import { parseContentType } from '../../src/technical/soap/attachments/contentType.js'
import { parseMultipart } from '../../src/technical/soap/attachments/multipart.js'
import { includeXop } from '../../src/technical/soap/attachments/xop.js'
import { createTransport } from '../../src/technical/soap/transport.js'
import { canonicalize } from '../../src/technical/xml/canonicalize.js'
import { parseXml } from '../../src/technical/xml/parse.js'
import { prefixList } from '../../src/technical/xml/signature/index.js'
import { descendants } from '../../src/technical/xml/tree.js'
import { startTestServer, type TestServer } from '../technical/soap/testServer.js'

/** Milliseconds that something took. The bounds are an order above what it takes and below what the square of the input takes. */
function timed(action: () => unknown): number {
  const start = performance.now()
  action()
  return performance.now() - start
}
const code = (expected: string): Error => expect.objectContaining({ code: expected }) as Error

/** A value of this identifier octet, length in four octets. */
function tlv(identifier: number, content: Uint8Array): Uint8Array {
  const head = Buffer.alloc(6)
  head[0] = identifier
  head[1] = 0x84
  head.writeUInt32BE(content.length, 2)
  return Buffer.concat([head, content])
}

describe('time', () => {
  it('is not lost on blanks in quoted-printable', () => {
    const part = `--b\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${' '.repeat(500_000)}x \t\r\n--b--`
    const type = parseContentType('multipart/related; boundary=b')
    let content: Uint8Array = new Uint8Array()
    const parse = (): unknown => (content = parseMultipart(Buffer.from(part), type).root.content)
    expect(timed(parse)).toBeLessThan(15_000)
    expect(content).toHaveLength(500_001)
  })

  it('is not lost on blanks in a field that may be base64', () => {
    const blanks = Buffer.from(`A${' '.repeat(500_000)}!`)
    expect(timed(() => expect(sealedBytes(blanks)).toBeUndefined())).toBeLessThan(15_000)
    const wrapped = Buffer.from(` MIAA\r\n${' '.repeat(500_000)}AAAA \n`)
    expect(sealedBytes(wrapped)).toEqual(Buffer.of(0x30, 0x80, 0, 0, 0, 0))
  })

  it('is not lost on elements that stand deep', () => {
    const levels = 190
    const document = parseXml(
      `<a>${'<x>'.repeat(levels)}${'<b/>'.repeat(200_000)}${'</x>'.repeat(levels)}</a>`,
    )
    let count = 0
    const walk = (): void => {
      for (const element of descendants(document.root)) count += element.kind === 'element' ? 1 : 0
    }
    expect(timed(walk)).toBeLessThan(6000)
    expect(count).toBe(200_000 + levels + 1)
  })

  it('is not lost on namespaces that are in the output already', () => {
    let start = ''
    for (let level = 0; level < 150; level++) {
      const names = Array.from({ length: 100 }, (_, i) => `xmlns:p${level}_${i}="u" p${level}_${i}:a${i}=""`)
      start += `<x ${names.join(' ')}>`
    }
    const elements = '<q:b/>'.repeat(100_000)
    const { root } = parseXml(`<a xmlns:q="v" q:a="">${start}${elements}${'</x>'.repeat(150)}</a>`)
    expect(timed(() => canonicalize(root))).toBeLessThan(12_000)
  })

  it('is not lost on a list of prefixes without end', () => {
    const list = (count: number) =>
      parseXml(`<i PrefixList="${Array.from({ length: count }, (_, i) => `p${i}`).join(' ')}"/>`).root
    expect(prefixList(list(100))).toHaveLength(100)
    expect(() => prefixList(list(101))).toThrow(code('signature.structure'))
  })
})

describe('memory', () => {
  it('is not filled by a string in millions of empty pieces', () => {
    const few = tlv(0x24, Buffer.from('040161'.repeat(30_000), 'hex'))
    expect(octets(readAsn1(few))).toHaveLength(30_000)
    const many = Buffer.from('0400'.repeat(1_000_000), 'hex')
    expect(() => octets(readAsn1(tlv(0x24, many)))).toThrow('too many values')
    expect(() => readAsn1(Buffer.concat([Buffer.of(0x24, 0x80), many, Buffer.of(0, 0)]))).toThrow(
      'too many values',
    )
  })

  it('is counted for a whole structure, not for each value in it', () => {
    const inner = tlv(0x30, Buffer.from('0500'.repeat(200_000), 'hex'))
    const twice = readAsn1(tlv(0x30, Buffer.concat([inner, inner])))
    expect(twice.at(0).children).toHaveLength(200_000)
    expect(() => twice.at(1).children).toThrow('too many values')
  })

  it('and time are not lost on an endless INTEGER', () => {
    expect(integer(readAsn1(tlv(2, Buffer.alloc(128, 1))))).toBeGreaterThan(0n)
    expect(() => integer(readAsn1(tlv(2, Buffer.alloc(129, 1))))).toThrow('INTEGER too long')
  })

  it('is not filled by one attachment that is included a thousand times', () => {
    const attachment = { contentId: 'a', contentType: 'application/pdf', content: new Uint8Array(3) }
    const include = '<b><i:Include xmlns:i="http://www.w3.org/2004/08/xop/include" href="cid:a"/></b>'
    const attachments = new Map([['a', attachment]])
    const once = parseXml(`<a>${include}</a>`).root
    includeXop(once, attachments)
    expect(canonicalize(once)).toBe('<a><b>AAAA</b></a>')
    expect(() => includeXop(parseXml(`<a>${include}${include}</a>`).root, attachments)).toThrow(
      code('transport.multipart'),
    )
  })
})

describe('an answer that trickles in', () => {
  let server: TestServer
  beforeAll(async () => {
    server = await startTestServer((request, response) => {
      request.resume()
      if (request.url === '/headers') {
        // a header that does not end, past the server of Node.js
        const { socket } = request
        socket.write('HTTP/1.1 200 OK\r\nX-Slow: ')
        const drops = setInterval(() => socket.write('x'), 20)
        return void socket.on('close', () => clearInterval(drops))
      }
      if (request.url === '/lively') {
        const drops = setInterval(() => response.write(Buffer.alloc(1024, 'x')), 20)
        return void response.on('close', () => clearInterval(drops))
      }
      const drops = setInterval(() => response.write('x'), 50)
      response.on('close', () => clearInterval(drops))
    })
  })
  afterAll(() => server.close())

  it('is given up soon after the time of the call, however lively it is', async () => {
    const transport = createTransport({ trust: [server.authorities.root.certificate.toPem()], timeout: 200 })
    try {
      const answer = transport.post({ url: server.url, headers: {}, body: Buffer.from('<a/>') })
      await expect(answer).rejects.toMatchObject({ code: 'transport.timeout' })
    } finally {
      transport.close()
    }
  }, 10_000)

  it('fills no memory, however many do: octets, lines of a kilobyte, headers without end', async () => {
    const trust = [server.authorities.root.certificate.toPem()]
    const transport = createTransport({ trust, timeout: 1500, maxSockets: 60 })
    try {
      const before = process.memoryUsage.rss()
      let most = before
      const watch = setInterval(() => (most = Math.max(most, process.memoryUsage.rss())), 50)
      const codes = await Promise.all(
        Array.from({ length: 60 }, (_, index) =>
          transport
            .post({
              url: server.url + ['/', '/lively', '/headers'][index % 3]!,
              headers: {},
              body: Buffer.from('<a/>'),
            })
            .then(
              () => 'answered',
              (error: { code: string }) => error.code,
            ),
        ),
      )
      clearInterval(watch)
      expect(new Set(codes)).toEqual(new Set(['transport.timeout']))
      // sixty TLS connections, both ends in this process
      expect(most - before).toBeLessThan(100 << 20)
      await expect.poll(() => server.connections()).toBe(0)
    } finally {
      transport.close()
    }
  }, 20_000)
})
