import { readFileSync } from 'node:fs'

import { describe, expect, it } from 'vitest'

import {
  consultationOperations,
  GetFullMessageResponse,
  GetMessageAcknowledgmentsStatusResponse,
  GetMessagesListResponse,
  GetOoOListResponse,
  InsertOoORequest,
  MoveMessageRequest,
  publicationOperations,
  SendMessageRequest,
  SendMessageResponse,
} from '../../../src/business/ehbox/contract.js'
import { problemsOf, read, write, type ElementDeclaration } from '../../../src/technical/xml/index.js'
import { parseXml } from '../../../src/technical/xml/parse.js'

const fixture = (name: string): string =>
  readFileSync(new URL(`../../../fixtures/ehbox/${name}`, import.meta.url), 'utf8')

const samples: [string, ElementDeclaration<unknown>][] = [
  ['send-message-request.encrypted.xml', SendMessageRequest],
  ['send-message-request.clear.xml', SendMessageRequest],
  ['send-message-response.success.xml', SendMessageResponse],
  ['send-message-response.out-of-office.xml', SendMessageResponse],
  ['get-messages-list-response.xml', GetMessagesListResponse],
  ['get-full-message-response.document.xml', GetFullMessageResponse],
  ['get-full-message-response.acknowledgment.xml', GetFullMessageResponse],
  ['get-full-message-response.error.xml', GetFullMessageResponse],
  ['get-message-acknowledgments-status-response.xml', GetMessageAcknowledgmentsStatusResponse],
  ['insert-ooo-request.xml', InsertOoORequest],
]

/** What two documents have in common whatever their layout: white space between elements does not count. */
const compact = (xml: string): string =>
  xml
    .replace(/^<\?xml[^>]*\?>\s*/, '')
    .replace(/>\s+</g, '><')
    .trim()

describe('the messages of the eHealthBox', () => {
  it.each(samples)('read strictly and write again the same: %s', (name, declaration) => {
    const value = read(declaration, parseXml(fixture(name)).root, { strict: true })
    const { xml } = write(declaration, value)
    expect(read(declaration, parseXml(xml).root, { strict: true })).toEqual(value)
    // Instants are written in UTC, whatever zone they came in: everything else keeps its text.
    const instants = (text: string): string =>
      text.replace(/\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)/g, (at) => new Date(at).toISOString())
    const withSortedAttributes = (text: string): string =>
      compact(text).replace(/<(\S+)((?: [^\s=]+="[^"]*")+)/g, (_, tag: string, attributes: string) => {
        const list = attributes.match(/[^\s=]+="[^"]*"/g) ?? []
        return `<${tag} ${[...list].sort().join(' ')}`
      })
    expect(withSortedAttributes(instants(xml))).toBe(withSortedAttributes(instants(fixture(name))))
  })

  it('stand in the namespace of the service with their root only', () => {
    const value = read(SendMessageRequest, parseXml(fixture('send-message-request.clear.xml')).root)
    const { xml, canonical } = write(SendMessageRequest, value)
    expect(canonical).toBe(true)
    expect(xml).toMatch(
      /^<pub:SendMessageRequest xmlns:pub="urn:be:fgov:ehealth:ehbox:publication:protocol:v3" PublicationId="[^"]+"><DestinationContext><Id>/,
    )
  })

  const valid = (): SendMessageRequest =>
    read(SendMessageRequest, parseXml(fixture('send-message-request.encrypted.xml')).root)

  const spoilt: [string, (value: SendMessageRequest) => void, string][] = [
    [
      'title',
      (v) => (v.ContentContext.Content.Document.Title = 'x'.repeat(401)),
      'SendMessageRequest.ContentContext.Content.Document.Title',
    ],
    [
      'empty title',
      (v) => (v.ContentContext.Content.Document.Title = ''),
      'SendMessageRequest.ContentContext.Content.Document.Title',
    ],
    [
      'file name',
      (v) => (v.ContentContext.Content.Annex[1]!.DownloadFileName = ''),
      'SendMessageRequest.ContentContext.Content.Annex[1].DownloadFileName',
    ],
    [
      'application name',
      (v) => (v.ContentContext.ContentSpecification.ApplicationName = 'x'.repeat(26)),
      'SendMessageRequest.ContentContext.ContentSpecification.ApplicationName',
    ],
    [
      'custom metas',
      (v) => (v.ContentContext.CustomMeta = Array.from({ length: 101 }, () => ({ Key: 'k', Value: 'v' }))),
      'SendMessageRequest.ContentContext.CustomMeta',
    ],
    [
      'publication id',
      (v) => Object.assign(v, { PublicationId: 'x'.repeat(14) }),
      'SendMessageRequest@PublicationId',
    ],
    ['e-mail address', (v) => (v.CopyMailTo = ['x'.repeat(81)]), 'SendMessageRequest.CopyMailTo[0]'],
    ['no recipient', (v) => (v.DestinationContext = []), 'SendMessageRequest.DestinationContext'],
    [
      'user',
      (v) => (v.DestinationContext[1]!.User!.value = '71999041'),
      'SendMessageRequest.DestinationContext[1].User',
    ],
    [
      'an empty table',
      (v) => (v.ContentContext.Content.FreeInformations = { Table: { Row: [] } }),
      'SendMessageRequest.ContentContext.Content.FreeInformations.Table.Row',
    ],
  ]
  it.each(spoilt)('name the path of what is out of bounds: %s', (_, spoil, path) => {
    const value = valid()
    expect(problemsOf(SendMessageRequest, value)).toEqual([])
    spoil(value)
    expect(problemsOf(SendMessageRequest, value).map((problem) => problem.path)).toEqual([path])
  })

  it('allow 1 to 100 messages in one move, each with 13 letters and digits', () => {
    const request = (ids: string[]): MoveMessageRequest => ({
      Source: 'INBOX',
      Destination: 'BININBOX',
      MessageId: ids,
    })
    expect(problemsOf(MoveMessageRequest, request(['9Y000AAA00001']))).toEqual([])
    expect(problemsOf(MoveMessageRequest, request([]))).toHaveLength(1)
    expect(
      problemsOf(MoveMessageRequest, request(Array.from({ length: 101 }, () => '9Y000AAA00001'))),
    ).toHaveLength(1)
    expect(problemsOf(MoveMessageRequest, request(['9Y000AAA0000-']))).toHaveLength(1)
    expect(problemsOf(MoveMessageRequest, request(['9Y000AAA000012']))).toHaveLength(1)
  })

  it.each([
    ['no absences', GetOoOListResponse],
    ['a refusal without content', GetFullMessageResponse],
    ['a refusal of a list', GetMessagesListResponse],
    ['a refusal of a status', GetMessageAcknowledgmentsStatusResponse],
  ] as [string, ElementDeclaration<unknown>][])('may consist of a status alone: %s', (_, declaration) => {
    const xml = `<con:${declaration.local} xmlns:con="${declaration.namespace}"><Status><Code>100</Code><Message>x</Message></Status></con:${declaration.local}>`
    expect(read(declaration, parseXml(xml).root, { strict: true })).toMatchObject({ Status: { Code: '100' } })
  })
})

describe('the operations of the eHealthBox', () => {
  const all = [...Object.values(publicationOperations), ...Object.values(consultationOperations)]

  it('are the twelve of the platform, each under a token with holder-of-key', () => {
    expect(all).toHaveLength(12)
    for (const { security } of all) expect(security).toBe('saml-hok')
  })

  it('name their action and their elements, which differ for the history', () => {
    for (const [name, operation] of Object.entries(consultationOperations)) {
      expect(operation.name).toBe(name)
      expect(operation.soapAction).toBe(`urn:be:fgov:ehealth:ehbox:consultation:protocol:v3:${name}`)
      const element = name === 'getMessageHistory' ? 'GetHistory' : name[0]!.toUpperCase() + name.slice(1)
      expect(operation.request.local).toBe(`${element}Request`)
      expect(operation.response.local).toBe(`${element}Response`)
    }
  })

  it('are repeated by the pipeline only where repeating changes nothing', () => {
    const changing = all.filter(({ idempotent }) => !idempotent).map(({ name }) => name)
    expect(changing.sort()).toEqual(['deleteMessage', 'deleteOoO', 'insertOoO', 'moveMessage', 'sendMessage'])
  })
})
