/** The mailboxes of the insurers and the registration against the official schemas, the samples and outside judges of signatures. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import {
  ConfirmRequest,
  ConfirmResponse,
  GenericAsyncFault,
  GetRequest,
  GetResponse,
  PostRequest,
  PostResponse,
  tackBasis,
  tackCode,
} from '../src/business/genericAsync/contract.js'
import { EncryptedKnownContent } from '../src/business/mycarenet/contract.js'
import { RegisterRequest, Registrations, RegistrationsAnswer } from '../src/business/registration/contract.js'
import { parseXml, read, write, type ElementDeclaration } from '../src/technical/xml/index.js'
import { outline } from './support/outline.js'
import { shared } from './support/shared.js'
import { hasXmllint, validate } from './support/xmllint.js'

const samples = shared('vectors/memberdata/')
const contracts = shared('contracts/connector/')
const genericAsync = `${contracts}mycarenet-genasync/XSD/mycarenet-genasync-v1.3.xsd`
const registrations = `${contracts}mycarenet-registration/XSD/registrations-v1.0.xsd`
const protocol = `${contracts}ehealth-mycarenetregistration/XSD/mycarenet-registration-protocol-1_0.xsd`
const businessContent = shared('contracts/wsdl/genasync/resources/businessContent.xsd')

const available = existsSync(samples) && existsSync(genericAsync) && hasXmllint()
if (!available)
  console.warn(
    'SKIPPED: GenericAsync conformance needs ../shared (contracts, vectors) and xmllint; nothing was judged',
  )

const workplace = available ? mkdtempSync(join(tmpdir(), 'genasync-')) : ''
afterAll(() => {
  if (workplace !== '') rmSync(workplace, { recursive: true })
})

const sampleOf = (name: string): Buffer => readFileSync(samples + name)
const readSample = <T>(name: string, declaration: ElementDeclaration<T>): T =>
  read(declaration, parseXml(sampleOf(name)).root, { strict: true })

/** What a document says, with every instant in UTC: attributes are written so, whatever zone they came in. */
const inUtc = (xml: Buffer | string): unknown =>
  JSON.parse(
    JSON.stringify(outline(parseXml(Buffer.from(xml)).root), (_, value: unknown) =>
      typeof value === 'string' && /^\d{4}-\d\d-\d\dT.*[Z+]/.test(value)
        ? new Date(value).toISOString()
        : value,
    ),
  )

describe.runIf(available)('the samples', () => {
  const files: [string, ElementDeclaration<unknown>, string][] = [
    ['genasync-post.xml', PostRequest, genericAsync],
    ['genasync-postresponse.xml', PostResponse, genericAsync],
    ['genasync-get.xml', GetRequest, genericAsync],
    ['genasync-getresponse.xml', GetResponse, genericAsync],
    ['genasync-getresponse-empty.xml', GetResponse, genericAsync],
    ['genasync-confirm-hash.xml', ConfirmRequest, genericAsync],
    ['genasync-confirm-reference.xml', ConfirmRequest, genericAsync],
    ['genasync-confirmresponse.xml', ConfirmResponse, genericAsync],
    ['genasync-fault.xml', GenericAsyncFault, genericAsync],
    ['registration-request.xml', RegisterRequest, protocol],
    ['registrations.xml', Registrations, registrations],
    ['registrations-answer-success.xml', RegistrationsAnswer, registrations],
    ['registrations-answer-error.xml', RegistrationsAnswer, registrations],
    ['encrypted-known-content-xades-async.xml', EncryptedKnownContent, businessContent],
  ]
  it.each(files)(
    '%s reads strictly, and is written again the same and valid',
    (name, declaration, schema) => {
      const { xml } = write(declaration, readSample(name, declaration))
      expect(inUtc(xml)).toEqual(inUtc(sampleOf(name)))
      validate(schema, xml, workplace)
    },
  )

  it('a post in its envelope is the post alone', () => {
    const inside = /<ga:post [^]*<\/ga:post>/.exec(sampleOf('soap-genasync-post-envelope.xml').toString())![0]
    expect(read(PostRequest, parseXml(Buffer.from(inside)).root, { strict: true })).toEqual(
      readSample('genasync-post.xml', PostRequest),
    )
  })

  it('the codes of the acknowledgements are those that are expected', () => {
    const { tackHmacSha256, sha256 } = JSON.parse(sampleOf('expected-values.json').toString()) as {
      tackHmacSha256: { message: string; keyUtf8: string; value: string }[]
      sha256: Record<string, string>
    }
    expect(tackHmacSha256.length).toBe(2)
    for (const { message, keyUtf8, value } of tackHmacSha256)
      expect(tackCode(sampleOf(message), keyUtf8).toString('base64')).toBe(value)
    const posted = readSample('genasync-post.xml', PostRequest).Detail.value
    const { return: tack } = readSample('genasync-postresponse.xml', PostResponse)
    expect(tackBasis(tack, { content: sampleOf('attributequerylist.xml'), sent: posted })).toBe('content')
    expect(tackBasis(tack, { content: posted, sent: posted })).toBeUndefined()
    const [message] = readSample('genasync-getresponse.xml', GetResponse).return.MsgResponse
    expect(Buffer.from(message!.Detail.HashValue!).toString('base64')).toBe(sha256['responselist.xml'])
  })
})
