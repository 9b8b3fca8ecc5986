/** The mailboxes of the insurers and the registration against the official schemas, the samples and outside judges of signatures. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import {
  ConfirmRequest,
  ConfirmResponse,
  GenericAsyncFault,
  GetRequest,
  GetResponse,
  PostRequest,
  PostResponse,
  signedDocument,
  tackBasis,
  tackCode,
} from '../src/business/genericAsync/contract.js'
import { EncryptedKnownContent } from '../src/business/mycarenet/contract.js'
import { RegisterRequest, Registrations, RegistrationsAnswer } from '../src/business/registration/contract.js'
import { connect, type Connection } from '../src/connect.js'
import { physician } from '../src/professions/index.js'
import { startSimulator, type Simulator } from '../src/simulator/index.js'
import { octetsOf } from '../src/technical/soap/attachments/content.js'
import { createTransport } from '../src/technical/soap/index.js'
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

describe.runIf(available)('what this connector posts, and what it is answered', () => {
  const memberData = `${contracts}mycarenet-memberdata/XSD/Extensions-simplified.xsd`
  let simulator: Simulator
  let me: Connection<'genericAsync' | 'memberDataAsync' | 'registration'>
  beforeAll(async () => {
    simulator = await startSimulator({ insurersMailboxes: { answerDelay: 0, repeatDelay: 0 } })
    const { ssin, nihii, keystore, password } = simulator.personas.physician
    me = await connect({
      environment: simulator.environment,
      runtime: simulator.runtime,
      keystore: { bytes: keystore, password },
      as: physician({ ssin, nihii }),
      mycarenet: { licence: { username: 'sample', password: 'sample' } },
    })
  })
  afterAll(async () => {
    await me?.close()
    await simulator?.close()
  })

  /** xmlsec1 on a signature beside a blob: both in one document, the transform that it does not know done before. */
  function judgedByXmlsec(signature: Uint8Array, id: string, packed: Uint8Array): boolean {
    const text = Buffer.from(signature)
      .toString('utf8')
      .replace(/^<\?xml[^>]*\?>/, '')
    const anchors = join(workplace, 'anchors.pem')
    writeFileSync(anchors, simulator.environment.trust.signers!.join('\n'))
    const document = join(workplace, 'signed.xml')
    writeFileSync(document, `<Beside>${signedDocument(id, packed)}${text}</Beside>`)
    const { status } = spawnSync('xmlsec1', [
      '--verify',
      '--insecure',
      '--trusted-pem',
      anchors,
      '--id-attr:Id',
      'Detail',
      '--id-attr:Id',
      'http://uri.etsi.org/01903/v1.3.2#:SignedProperties',
      document,
    ])
    return status === 0
  }

  it('is valid inside as well: questions, lists of answers, what is sealed', async () => {
    const content = sampleOf('attributequerylist.xml').toString()
    validate(memberData, content, workplace)
    const store = join(workplace, 'store')
    await using batch = await me.memberDataAsync.open({ store })
    const questions = simulator.world.patients.map(({ name, ssin }) => ({
      key: name,
      patient: { ssin },
      facets: ['insurability', 'globalMedicalFile', { facet: 'carePath' as const }] as const,
    }))
    await batch.ask(questions)
    const [kept] = readdirSync(join(store, 'content'))
    validate(memberData, readFileSync(join(store, 'content', kept!), 'utf8'), workplace)
    for await (const result of batch.answers({ once: true })) if (!('answer' in result)) throw result.problem
  })

  it.each([
    ['text/xml', 'none'],
    ['text/plain', 'none'],
  ] as const)('carries signatures that xmlsec1 accepts: %s, packed as %s', async (contentType, encoding) => {
    const sent: Uint8Array[] = []
    const content = '<a>é</a>'
    const wire = createTransport({ trust: simulator.environment.trust.tls! })
    const { ssin, nihii, keystore, password } = simulator.personas.physician
    await using heard = await connect({
      environment: simulator.environment,
      runtime: simulator.runtime,
      transport: {
        close: () => wire.close(),
        post: async (request) => {
          sent.push(request.body instanceof Uint8Array ? request.body : await octetsOf(request.body))
          return wire.post(request)
        },
      },
      keystore: { bytes: keystore, password },
      as: physician({ ssin, nihii }),
      mycarenet: { licence: { username: 'sample', password: 'sample' } },
    })
    await heard.genericAsync.post({ mailbox: 'invoicingAsync', content, contentType, encoding, sign: true })
    const text = Buffer.from(sent.at(-1)!).toString('latin1')
    const id = /<ga:Detail [^>]*\bId="([^"]+)"/.exec(text)![1]!
    const signature = Buffer.from(/<ga:Xades-t[^>]*>([^<]+)</.exec(text)![1]!, 'base64')
    expect(judgedByXmlsec(signature, id, Buffer.from(content))).toBe(true)
    expect(judgedByXmlsec(signature, id, Buffer.from('<a>e</a>'))).toBe(false)
  })

  it('registers and is answered with signatures that xmlsec1 accepts', async () => {
    const outcome = await me.registration.register({
      insurer: '300',
      bankAccount: { iban: 'BE68539007547034' },
    })
    validate(registrations, Buffer.from(outcome.answer).toString(), workplace)
    const id = /URI="#([^"]+)"/.exec(Buffer.from(outcome.xades!).toString())![1]!
    expect(judgedByXmlsec(outcome.xades!, id, outcome.answer)).toBe(true)
  })
})
