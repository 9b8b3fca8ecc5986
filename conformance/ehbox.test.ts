/** The eHealthBox messages against the official schemas, the samples and the official connector's own requests. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { buildContent } from '../src/business/ehbox/content.js'
import * as contract from '../src/business/ehbox/contract.js'
import type { ElementDeclaration } from '../src/technical/xml/index.js'
import { read, write } from '../src/technical/xml/index.js'
import { parseXml } from '../src/technical/xml/parse.js'
import { childElements, type XmlElement } from '../src/technical/xml/tree.js'
import { outline } from './support/outline.js'
import { shared } from './support/shared.js'
import { hasXmllint, validate } from './support/xmllint.js'

const schemas = shared('contracts/connector/ehealth-ehbox/XSD/')
const samples = shared('vectors/ehbox/')
const peerRequests = shared('vectors/peer-requests/business/')

const available = existsSync(schemas) && existsSync(samples) && existsSync(peerRequests) && hasXmllint()
if (!available)
  console.warn(
    'SKIPPED: eHealthBox conformance needs ../shared (contracts, vectors) and xmllint; nothing was judged',
  )

const operations = [
  ...Object.values(contract.publicationOperations),
  ...Object.values(contract.consultationOperations),
]
const declarations = new Map<string, ElementDeclaration<unknown>>(
  operations
    .flatMap(({ request, response }): ElementDeclaration<unknown>[] => [request, response])
    .map((declaration) => [declaration.local, declaration]),
)
const declarationOf = ({ local }: XmlElement): ElementDeclaration<unknown> => {
  const declaration = declarations.get(local)
  if (declaration === undefined) throw new Error(`no contract for ${local}`)
  return declaration
}

const workplace = available ? mkdtempSync(join(tmpdir(), 'ehbox-')) : ''
afterAll(() => {
  if (workplace !== '') rmSync(workplace, { recursive: true })
})

/** Throws with xmllint's own words when the message is not valid. */
function judge(declaration: ElementDeclaration<unknown>, xml: string): void {
  const service = declaration.namespace.includes('publication') ? 'publication' : 'consultation'
  validate(join(schemas, `ehealth-ehBox-${service}-schema-protocol-3_0.xsd`), xml, workplace)
}

describe.runIf(available)('the samples of the eHealthBox', () => {
  const names = available
    ? readdirSync(samples).filter((name) => /^(send|get|insert).*\.xml$/.test(name))
    : []

  it('are there', () => {
    expect(names.length).toBeGreaterThanOrEqual(10)
  })

  it.each(names)('read strictly, write again the same and valid: %s', (name) => {
    const { root } = parseXml(readFileSync(join(samples, name)))
    const declaration = declarationOf(root)
    const { xml } = write(declaration, read(declaration, root, { strict: true }))
    expect(outline(parseXml(xml).root)).toEqual(outline(root))
    judge(declaration, xml)
  })
})

describe.runIf(available)('requests of the official connector', () => {
  const names = available
    ? readdirSync(peerRequests).filter((name) => name.includes('-ehbox') && name.endsWith('-request.http'))
    : []

  it('are there for both services', () => {
    expect(names.filter((name) => name.includes('publication')).length).toBeGreaterThanOrEqual(3)
    expect(names.filter((name) => name.includes('consultation')).length).toBeGreaterThanOrEqual(8)
  })

  it.each(names)('read strictly into what we write for the same values: %s', (name) => {
    const envelope = envelopeOf(readFileSync(join(peerRequests, name), 'utf8'))
    const body = childElements(parseXml(envelope).root).find(({ local }) => local === 'Body')!
    const request = childElements(body)[0]!
    const declaration = declarationOf(request)
    const { xml } = write(declaration, read(declaration, request, { strict: true }))
    expect(outline(parseXml(xml).root)).toEqual(outline(request))
    judge(declaration, xml)
  })
})

/** The envelope inside an exchange as it was on the wire. */
function envelopeOf(exchange: string): string {
  const start = exchange.search(/<[\w-]+:Envelope/)
  const end = /<\/[\w-]+:Envelope>/.exec(exchange)!
  return exchange.slice(start, end.index + end[0].length)
}

describe.runIf(available)('a message with everything in it', () => {
  it.each(['table', 'freeText'] as const)('is valid against the official schema: %s', async (free) => {
    const now = new Date('2026-03-02T10:00:00Z')
    const { content } = await buildContent(
      {
        to: [],
        title: 'T & <é>',
        body: { content: '<p>é</p>', mimeType: 'text/html', fileName: 'a.html' },
        encrypt: true,
        patient: { ssin: '90010199794' },
        ...(free === 'table' ? { table: { title: 'T', rows: [['a', 'b']] } } : { freeText: 'free' }),
        annexes: [
          { title: 'A', fileName: 'a.bin', mimeType: 'application/octet-stream', content: Uint8Array.of(1) },
          { title: 'B', fileName: 'b.txt', mimeType: 'text/plain', content: 'inline', as: 'inline' },
        ],
      },
      { transform: (plain) => Promise.resolve(plain), contentId: () => 'a@example.invalid' },
      now,
    )
    const { xml } = write(contract.SendMessageRequest, {
      PublicationId: '2F8K3ZQ7A1B0',
      BoxId: { Id: '71999041', Type: 'NIHII', SubType: 'HOSPITAL', Quality: 'HOSPITAL' },
      DestinationContext: [
        {
          Id: '90010199794',
          Type: 'INSS',
          Quality: 'NURSE',
          User: { value: '90010199794', FirstName: 'A', LastName: 'B' },
          Mandate: { Id: '1', Type: 'X', Name: 'N' },
          OoOProcessed: true,
        },
      ],
      ContentContext: {
        Content: content,
        ContentSpecification: {
          ApplicationName: 'synthetic',
          ContentType: 'NEWS',
          IsImportant: true,
          IsEncrypted: true,
          PublicationReceipt: true,
          ReceivedReceipt: true,
          ReadReceipt: true,
        },
        CustomMeta: [{ Key: 'k', Value: 'v' }],
      },
      Meta: [{ Type: 'T', Value: ['1', '2'] }],
      CopyMailTo: ['inbox@example.invalid'],
    })
    judge(contract.SendMessageRequest, xml)
  })
})
