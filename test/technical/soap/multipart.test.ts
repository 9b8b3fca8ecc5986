import fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { EHealthError } from '../../../src/errors.js'
import { parseContentType } from '../../../src/technical/soap/attachments/contentType.js'
import { parseMultipart, type Multipart } from '../../../src/technical/soap/attachments/multipart.js'
import {
  attachmentReference,
  attachmentsOf,
  buildMessageBody,
  resolveAttachment,
} from '../../../src/technical/soap/attachments/swa.js'
import type { LayoutName } from '../../../src/technical/soap/attachments/layouts.js'
import { includeXop } from '../../../src/technical/soap/attachments/xop.js'
import type { Attachment } from '../../../src/technical/soap/types.js'
import { parseXml } from '../../../src/technical/xml/parse.js'
import { heldRuntime } from './messages.js'

const runtime = heldRuntime(new Date(0))
const attachment = (contentId: string, content: string | Uint8Array): Attachment => ({
  contentId,
  contentType: 'application/pdf',
  content: Buffer.from(content),
})

const related = (text: string, parameters = ''): Multipart =>
  parseMultipart(
    Buffer.from(text, 'latin1'),
    parseContentType(`multipart/related; boundary="b"; type="text/xml"${parameters}`),
  )
const part = (headers: string, content: string): string => `--b\r\n${headers}\r\n\r\n${content}\r\n`

describe('a message with attachments', () => {
  it('is the envelope alone when there are none', () => {
    const { contentType, body } = buildMessageBody('<é/>', [], runtime)
    expect(contentType).toBe('text/xml; charset=utf-8')
    expect(Buffer.from(body).toString()).toBe('<é/>')
  })

  it('comes back as it was, whatever the octets (property)', () => {
    const contents = fc.array(
      fc.oneof(
        fc.uint8Array({ maxLength: 60 }),
        fc.constantFrom('\r\n--', '\r\n------=_Part_', '--', '\r\n', '\r\n\r\n').map((t) => Buffer.from(t)),
      ),
      { minLength: 1, maxLength: 4 },
    )
    fc.assert(
      fc.property(contents, (list) => {
        const attachments = list.map((content, i) => attachment(`${i}@ehealth.fgov.be`, content))
        const { contentType, body } = buildMessageBody('<a/>', attachments, runtime)
        const multipart = parseMultipart(body, parseContentType(contentType))
        expect(Buffer.from(multipart.root.content).toString()).toBe('<a/>')
        const found = attachmentsOf(multipart)
        expect(found.size).toBe(list.length)
        for (const { contentId, content } of attachments) {
          const resolved = resolveAttachment(attachmentReference(contentId), found)
          expect(Buffer.compare(resolved.content, content)).toBe(0)
          expect(resolved.contentType).toBe('application/pdf')
        }
      }),
    )
  })

  it.each<[LayoutName, string, string[]]>([
    [
      'swaRequest',
      'multipart/related; boundary="B"; type="text/xml"',
      [
        '--B\r\nContent-Type: text/xml; charset=utf-8\r\n\r\n<a/>',
        '\r\n--B\r\nContent-Type: application/pdf\r\nContent-ID: x@y\r\n\r\nz',
      ],
    ],
    [
      'xop',
      'Multipart/Related; boundary="B"; type="application/xop+xml"; start-info="text/xml"',
      [
        '--B\r\nContent-Type: application/xop+xml; charset=utf-8; type="text/xml"\r\n' +
          'Content-ID: <root.message@ehealth.fgov.be>\r\nContent-Transfer-Encoding: 8bit\r\n\r\n<a/>',
        '\r\n--B\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: binary\r\n' +
          'Content-ID: <x@y>\r\n\r\nz',
      ],
    ],
    [
      'swaAnswer',
      'multipart/related; boundary="B"; type="text/xml"; start="<root.message@ehealth.fgov.be>"',
      [
        '--B\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n' +
          'Content-ID: <root.message@ehealth.fgov.be>\r\n\r\n<a/>',
        '\r\n--B\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: binary\r\n' +
          'Content-ID: <x@y>\r\n\r\nz',
      ],
    ],
  ])('is laid out to the letter of the specification: %s', (layout, type, parts) => {
    const message = buildMessageBody('<a/>', [attachment('x@y', 'z')], runtime, { layout })
    const boundary = /boundary="([^"]+)"/.exec(message.contentType)![1]!
    expect(message.contentType.replace(boundary, 'B')).toBe(type)
    expect(Buffer.from(message.body).toString().replaceAll(boundary, 'B')).toBe(
      `${parts.join('')}\r\n--B--\r\n`,
    )
  })

  it('is a package of one part when it is XOP without attachments', () => {
    const { contentType, body } = buildMessageBody('<a/>', [], runtime, { layout: 'xop' })
    expect(parseMultipart(body, parseContentType(contentType))).toMatchObject({
      root: { contentId: 'root.message@ehealth.fgov.be' },
      others: [],
    })
  })

  it.each([
    ['a line end in the identifier', attachment('x\r\nEvil: 1', ''), 'contentId'],
    ['an angle bracket in the identifier', attachment('x>', ''), 'contentId'],
    ['no identifier', attachment('', ''), 'contentId'],
    [
      'a line end in the media type',
      { ...attachment('x', ''), contentType: 'a/b\r\nEvil: 1' },
      'contentType',
    ],
    ['no media type', { ...attachment('x', ''), contentType: '' }, 'contentType'],
  ])('is not written with %s', (_, bad, path) => {
    expect(() => buildMessageBody('<a/>', [bad], runtime)).toThrow(
      expect.objectContaining({ code: 'contract.invalid', path: `attachments[0].${path}` }),
    )
  })

  it('is not written with one identifier twice', () => {
    expect(() => buildMessageBody('<a/>', [attachment('x', ''), attachment('x', '')], runtime)).toThrow(
      /used twice/,
    )
  })
})

describe('multipart dialects', () => {
  it('take the first part for the root without start, and identifiers without brackets', () => {
    const multipart = related(
      `${part('Content-Type: text/xml', '<a/>')}${part('Content-ID: x', 'y')}--b--\r\n`,
    )
    expect(Buffer.from(multipart.root.content).toString()).toBe('<a/>')
    expect([...attachmentsOf(multipart).keys()]).toEqual(['x'])
  })

  it('ignore what stands before the first and behind the last boundary', () => {
    const multipart = related(`preamble\r\n${part('content-id: <x>', 'y')}--b--\r\nepilogue\r\n--b\r\n`)
    expect(Buffer.from(multipart.root.content).toString()).toBe('y')
    expect(multipart.others).toEqual([])
  })

  it('know a boundary only at the start of a line, with nothing but blanks behind it', () => {
    const data = 'x--b\r\n--bc\r\n--b-\r\n\n--b\r\n --b\r\n'
    const multipart = related(`--b \t\r\nContent-ID: x\r\n\r\n${data}\r\n--b--`)
    expect(Buffer.from(multipart.root.content).toString()).toBe(data)
  })

  it.each([
    ['base64', 'aGVs\r\nbG8=', 'hello'],
    ['BASE64', 'aGVsbG8=', 'hello'],
    ['quoted-printable', 'h=C3=A9=\r\nllo =3D  \r\nx', 'h\u00c3\u00a9llo =\r\nx'],
    ['7bit', 'aGVsbG8=', 'aGVsbG8='],
    ['8bit', '\u00ff', '\u00ff'],
    ['binary', '\u0000', '\u0000'],
  ])('undo the transfer encoding %s', (encoding, text, expected) => {
    const multipart = related(`${part(`Content-Transfer-Encoding: ${encoding}`, text)}--b--`)
    expect(Buffer.from(multipart.root.content).toString('latin1')).toBe(expected)
  })

  it('join folded headers and read parts without headers or content', () => {
    const folded = related(`--b\r\nContent-Type: text/xml;\r\n charset=iso-8859-1\r\n\r\n<a/>\r\n--b--`)
    expect(folded.root.contentType.parameters.get('charset')).toBe('iso-8859-1')
    expect(Buffer.from(related('--b\r\n\r\nx\r\n--b--').root.content).toString()).toBe('x')
    expect(related('--b\r\nContent-ID: x\r\n\r\n--b--').root.content).toHaveLength(0)
  })

  it.each([
    ['no closing boundary', part('Content-ID: x', 'y')],
    ['no part', 'nothing'],
    ['a start that is not there', `${part('Content-ID: x', 'y')}--b--`, '; start="<z>"'],
    ['two parts of one identifier', `${part('Content-ID: x', 'y')}${part('Content-ID: <x>', 'z')}--b--`],
    ['a header that stands twice', `${part('Content-ID: x\r\nContent-ID: y', 'y')}--b--`],
    ['a line that is no header', `${part('what', 'y')}--b--`],
    ['an unknown transfer encoding', `${part('Content-Transfer-Encoding: x-uu', 'y')}--b--`],
    ['damaged base64', `${part('Content-Transfer-Encoding: base64', 'a!')}--b--`],
    ['damaged quoted-printable', `${part('Content-Transfer-Encoding: quoted-printable', 'a=Z')}--b--`],
    ['endless headers', `${part(`X: ${'y'.repeat(20_000)}`, 'y')}--b--`],
    ['endless parts', `${part('', 'y').repeat(501)}--b--`],
  ])('are refused with %s', (_, text, parameters = '') => {
    expect(() => related(text, parameters)).toThrow(expect.objectContaining({ code: 'transport.multipart' }))
  })

  it('are refused without a boundary', () => {
    expect(() => parseMultipart(Buffer.from('x'), parseContentType('multipart/related'))).toThrow(/boundary/)
  })

  it('never fail but with a typed error when cut (truncation)', () => {
    const { contentType, body } = buildMessageBody('<a/>', [attachment('x', 'content')], runtime)
    for (let length = 0; length < body.length - 2; length++) {
      let error: unknown
      try {
        parseMultipart(body.subarray(0, length), parseContentType(contentType))
      } catch (caught) {
        error = caught
      }
      // only the line end behind the closing boundary may go
      expect(error, `${length}`).toBeInstanceOf(EHealthError)
    }
  })
})

describe('references to attachments', () => {
  const attachments = new Map([
    ['a b@x', attachment('a b@x', '1')],
    ['a%20c', attachment('a%20c', '2')],
    ['100%', attachment('100%', '3')],
  ])

  it.each([
    ['cid:a%20b@x', '1'],
    ['CID:a b@x', '1'],
    ['a%20b@x', '1'],
    ['cid:a%2520c', '2'],
    ['cid:a%20c', '2'],
    ['cid:100%', '3'],
  ])('%s is decoded once, else taken as it stands', (reference, content) => {
    expect(Buffer.from(resolveAttachment(reference, attachments).content).toString()).toBe(content)
  })

  it('are written so that they come back (property)', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[!-;=?-~]{1,30}$/), (id) => {
        const map = new Map([[id, attachment(id, '')]])
        expect(resolveAttachment(attachmentReference(id), map).contentId).toBe(id)
      }),
    )
  })
})

describe('XOP', () => {
  const include = '<i:Include xmlns:i="http://www.w3.org/2004/08/xop/include" href="cid:x"/>'

  it.each([
    `<a>${include}<b/></a>`,
    `<a>${include}${include}</a>`,
    include,
    '<a>' + include.replace('href', 'ref') + '</a>',
  ])('is refused out of place: %s', (text) => {
    expect(() => includeXop(parseXml(text).root, new Map([['x', attachment('x', '')]]))).toThrow(
      expect.objectContaining({ code: 'transport.multipart' }),
    )
  })
})

describe('a Content-Type', () => {
  it('is read with quoted and bare parameters in any case', () => {
    const { mediaType, parameters } = parseContentType(
      'Multipart/Related; Boundary="a\\"b;c" ; type=text/xml;x="y"',
    )
    expect(mediaType).toBe('multipart/related')
    expect([...parameters]).toEqual([
      ['boundary', 'a"b;c'],
      ['type', 'text/xml'],
      ['x', 'y'],
    ])
  })

  it('has no parameter that stands twice, and no type when it is none', () => {
    expect(parseContentType('a/b; c=1; c=2').parameters.size).toBe(0)
    expect(parseContentType('nonsense').mediaType).toBe('')
    expect(parseContentType(undefined).mediaType).toBe('')
  })
})
