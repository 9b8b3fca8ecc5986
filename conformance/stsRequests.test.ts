/**
 * The library asks as the official connector does: for every recorded request to the STS it writes its own, from the same
 * keys, attributes, identifiers and instants, and the two say the same. The recorded answers are judged as answers to it.
 */
import { readdirSync, readFileSync } from 'node:fs'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { systemRuntime, type Runtime } from '../src/technical/environment/runtime.js'
import { openKeystore, type Credential } from '../src/technical/keystore/index.js'
import { Certificate } from '../src/technical/pki/index.js'
import { parseEnvelope } from '../src/technical/soap/envelope.js'
import { parseHttpDump } from '../src/technical/soap/httpDump.js'
import { createTransport } from '../src/technical/soap/transport.js'
import {
  acceptToken,
  attributeNamespaces,
  issueToken,
  renewToken,
  type IssueTokenOptions,
  type SamlAttribute,
  type Token,
} from '../src/technical/sts/index.js'
import { canonicalize } from '../src/technical/xml/canonicalize.js'
import { rawElement } from '../src/technical/xml/parse.js'
import { dsNamespace } from '../src/technical/xml/signature/index.js'
import { attribute, childNamed, descendants, textOf, type XmlElement } from '../src/technical/xml/tree.js'
import { available, vectors } from './support/peerRequests.js'
import { playAnswers, type PlayedServer } from '../test/technical/sts/playedSts.js'

if (!available) console.warn('SKIPPED: the recorded requests are not beside this project')

const folder = `${vectors}peer-requests/technical/`
const dump = (number: string, kind: 'request' | 'response') =>
  parseHttpDump(
    readFileSync(
      folder +
        readdirSync(folder).find((name) => name.startsWith(`${number}-`) && name.endsWith(`-${kind}.http`))!,
    ),
  )

const { identification, certified } = attributeNamespaces
const holder = 'urn:be:fgov:ehealth:1.0:certificateholder:'
const asserted = (name: string, value: string): SamlAttribute => ({
  name,
  namespace: identification,
  values: [value],
})
const asked = (name: string): SamlAttribute => ({ name, namespace: certified })
const physician = (ssin: string): SamlAttribute[] => [
  asserted(`${holder}person:ssin`, ssin),
  asserted('urn:be:fgov:person:ssin', ssin),
  asked('urn:be:fgov:person:ssin:ehealth:1.0:doctor:nihii11'),
  asked('urn:be:fgov:person:ssin:doctor:boolean'),
]
const organisation: SamlAttribute[] = [
  asserted(`${holder}enterprise:cbe-number`, '0999990123'),
  asserted('urn:be:fgov:kbo-bce:organization:cbe-number', '0999990123'),
]
const hospital: SamlAttribute[] = [
  asserted(`${holder}hospital:nihii-number`, '99990172'),
  { ...asserted('urn:be:fgov:ehealth:1.0:hospital:nihii-number', '99990172'), designated: false },
  asked('urn:be:fgov:ehealth:1.0:hospital:nihii-number:recognisedhospital:boolean'),
]

let keys: Record<'sender' | 'eid' | 'hospital' | 'ec', Credential>
let sts: Certificate[]
let server: PlayedServer
const transport = createTransport()

beforeAll(async () => {
  if (!available) return
  const open = async (file: string, alias = 'authentication') =>
    (
      await openKeystore(
        { bytes: readFileSync(`${vectors}etee/keystores/${file}.p12`) },
        { password: 'etee-alpha', alias },
      )
    ).authentication
  const [sender, eid, clinic, ec] = await Promise.all([
    open('sender'),
    open('eid-like', 'Authentication'),
    open('recipient-a'),
    open('ec-p384'),
  ])
  keys = { sender, eid, hospital: clinic, ec }
  sts = Certificate.allFrom(readFileSync(`${vectors}wss/certs/sts.pem`))
  server = await playAnswers()
})
afterAll(async () => {
  transport.close()
  await server?.[Symbol.asyncDispose]()
})

const payloadOf = (number: string): XmlElement => parseEnvelope(dump(number, 'request').body).payload

/** What the recorded request was made with: its instants and the random parts of its identifiers. */
function circumstances(number: string): { runtime: Runtime; validity: number } {
  const payload = payloadOf(number)
  const text = rawElement(parseEnvelope(dump(number, 'request').body).document, payload)
  const uuids = [...text.matchAll(/(?:Context|RequestID|wsu:Id)="(?:[a-z]+-)?([0-9a-f-]{36})"/g)].map(
    ([, uuid]) => uuid!,
  )
  const instants = ['Created', 'Expires'].map((local) => {
    const found = [...descendants(payload)].find((each) => each.local === local)
    return found === undefined ? undefined : new Date(textOf(found))
  })
  const conditions = [...descendants(payload)].find(({ local }) => local === 'Conditions')
  const from = instants[0] ?? new Date(attribute(conditions!, 'NotBefore')!)
  const until = instants[1] ?? new Date(attribute(conditions!, 'NotOnOrAfter')!)
  // one draw names request and statement in the same words
  const draws = [...new Set(uuids)]
  return {
    runtime: {
      ...systemRuntime,
      now: () =>
        payload.local === 'RequestSecurityToken' && instants[0] === undefined ? created(number) : from,
      uuid: () => draws.shift() ?? systemRuntime.uuid(),
    },
    validity: until.getTime() - from.getTime(),
  }
}

const created = (number: string): Date => {
  const security = parseEnvelope(dump(number, 'request').body).security!
  return new Date(textOf([...descendants(security)].find(({ local }) => local === 'Created')!))
}

type Asked = Pick<
  IssueTokenOptions,
  'identification' | 'holderOfKey' | 'onBehalfOf' | 'profile' | 'innerSignature' | 'operation'
>

const common = (number: string, replies: readonly string[]) => {
  server.answers.splice(0, Infinity, ...replies.map((reply) => dump(reply, 'response').body))
  const { runtime, validity } = circumstances(number)
  return {
    endpoint: `${server.url}/sts`,
    trust: { sts },
    context: { transport, runtime, emit: () => undefined },
    runtime,
    validity,
  }
}

const issue = (number: string, order: Asked & { attributes: SamlAttribute[] }, replies = [number]) =>
  issueToken({ ...order, ...common(number, replies) })

/** The first assertion that a recorded answer holds, as a token. */
function tokenOf(number: string, holderOfKey: Credential): Token {
  const { document } = parseEnvelope(dump(number, 'response').body)
  const element = [...descendants(document.root)].find(({ local }) => local === 'Assertion')!
  return acceptToken(rawElement(document, element, 'mentioned'), {
    sts,
    at: created(number),
    holderOfKey: holderOfKey.certificate,
  })
}

/** Everything that is said, in canonical form: without white space between elements, instants in UTC. */
function said(payload: XmlElement): { text: string; innerDigest: string | undefined } {
  const inner = childNamed(payload, dsNamespace, 'Signature')
  const digest = inner && [...descendants(inner)].find(({ local }) => local === 'DigestValue')
  const text = canonicalize(payload, { exclude: (element) => element === inner })
    .replace(/>\s+</g, '><')
    .replace(
      /(<wsu:(?:Created|Expires)[^>]*>)([^<]+)/g,
      (_, tag: string, instant: string) => tag + new Date(instant).toISOString(),
    )
  return { text, innerDigest: digest && textOf(digest) }
}

/** Own request and recorded one say the same. */
function compare(own: string, number: string): void {
  const ours = said(parseEnvelope(own).payload)
  const theirs = said(payloadOf(number))
  expect(ours.text).toBe(theirs.text)
  // the digest under the inner signature covers every octet of the request: it is the same one
  expect(ours.innerDigest).toBe(theirs.innerDigest)
}

const ownRequest = (): string => server.requests.at(-1)!

describe.runIf(available)('a request over SAML 1.1 says what that of the official connector says', () => {
  const saml = (identificationKey: Credential, holderOfKey: Credential) =>
    ({
      identification: identificationKey,
      holderOfKey,
      profile: 'saml-1.1',
      operation: 'RequestSecureToken',
    }) as const

  it.each(['0001', '0003', '0006', '0033'])('%s: one key', async (number) => {
    const attributes = physician('90010199794')
    const token = await issue(number, { ...saml(keys.sender, keys.sender), attributes })
    compare(ownRequest(), number)
    expect(token.grants('urn:be:fgov:person:ssin:doctor:boolean')).toBe(true)
  })

  it('0004: two keys, the holder signs inside', async () => {
    const token = await issue('0004', {
      ...saml(keys.eid, keys.sender),
      attributes: physician('90010199794'),
    })
    compare(ownRequest(), '0004')
    expect(said(payloadOf('0004')).innerDigest).toBeDefined()
    expect(token.confirmation).toBe('holder-of-key')
  })

  it('0005: one key, signed inside all the same', async () => {
    const attributes = physician('90010199794')
    await issue('0005', { ...saml(keys.sender, keys.sender), attributes, innerSignature: { always: true } })
    compare(ownRequest(), '0005')
    expect(said(payloadOf('0005')).innerDigest).toBeDefined()
  })

  it('0007: renewal, a new request made from the old token', async () => {
    const old = tokenOf('0006', keys.sender)
    const token = await renewToken({
      ...saml(keys.sender, keys.sender),
      token: old,
      ...common('0007', ['0007']),
    })
    compare(ownRequest(), '0007')
    expect(token.attributes).toEqual(old.attributes)
  })

  it('0008: somebody else’s number is refused with the codes and the text of the STS', async () => {
    const attributes = physician('90010199726')
    const asking = issue('0008', { ...saml(keys.sender, keys.sender), attributes })
    await expect(asking).rejects.toMatchObject({
      code: 'token.refused',
      platform: {
        code: 'Requester/RequestDenied',
        messages: [{ text: 'The number is not that of the certificate (synthetic).' }],
      },
      details: { status: ['Requester', 'RequestDenied'] },
    })
    compare(ownRequest(), '0008')
  })

  it.each([
    ['0009', 'urn:oasis:names:tc:SAML:1.0:am:password'],
    ['0010', undefined],
  ])('%s: sender-vouches, authentication method %s', async (number, authenticationMethod) => {
    const token = await issue(number, {
      identification: keys.hospital,
      onBehalfOf: {
        qualifier: 'https://vouching.example.test',
        name: 'user-4711',
        ...(authenticationMethod === undefined ? {} : { authenticationMethod }),
      },
      profile: 'saml-1.1',
      operation: 'RequestSecureToken',
      attributes: hospital,
    })
    compare(ownRequest(), number)
    expect(token.confirmation).toBe('sender-vouches')
  })

  it('0011: EC P-384 for both', async () => {
    await issue('0011', { ...saml(keys.ec, keys.ec), attributes: organisation })
    compare(ownRequest(), '0011')
  })
})

describe.runIf(available)('a request over WS-Trust says what that of the official connector says', () => {
  it.each(['0012', '0015'])('%s: one key', async (number) => {
    const attributes = physician('90010199794')
    await issue(number, { identification: keys.sender, holderOfKey: keys.sender, attributes })
    compare(ownRequest(), number)
  })

  it('0055: EC P-384 for both', async () => {
    await issue('0055', { identification: keys.ec, holderOfKey: keys.ec, attributes: organisation })
    compare(ownRequest(), '0055')
  })

  it.each([
    ['0013', '0014', 'eid', 'sender'],
    ['0017', '0018', 'eid', 'sender'],
    ['0021', '0022', 'sender', 'ec'],
  ] as const)(
    '%s, %s: %s identifies, %s holds, and gives the challenge back',
    async (order, reply, id, hok) => {
      const before = server.requests.length
      const token = await issue(
        order,
        {
          identification: keys[id],
          holderOfKey: keys[hok],
          attributes: physician('90010199794'),
        },
        [order, reply],
      )
      expect(server.requests.length - before).toBe(2)
      compare(server.requests[before]!, order)
      compare(ownRequest(), reply)
      expect(token.grants('urn:be:fgov:person:ssin:doctor:boolean')).toBe(true)
    },
  )

  it.each([
    ['0016', '0015', 'sender'],
    ['0019', '0018', 'eid'],
  ] as const)('%s: renewal of the token of %s', async (number, from, id) => {
    const old = tokenOf(from, keys.sender)
    await renewToken({
      token: old,
      identification: keys[id],
      holderOfKey: keys.sender,
      ...common(number, [number]),
      validity: 3_600_000,
    })
    compare(ownRequest(), number)
    // the old token stands in the request to the letter
    expect(ownRequest()).toContain(old.xml)
  })

  it('0020: sender-vouches; an answer that loses what was asserted is refused', async () => {
    const asking = issue('0020', {
      identification: keys.hospital,
      onBehalfOf: {
        qualifier: 'https://vouching.example.test',
        name: 'user-4711',
        authenticationMethod: 'urn:oasis:names:tc:SAML:1.0:am:password',
      },
      attributes: hospital,
    })
    await expect(asking).rejects.toMatchObject({
      code: 'token.identification',
      details: { attribute: `${holder}hospital:nihii-number`, state: 'changed' },
    })
    compare(ownRequest(), '0020')
  })
})
