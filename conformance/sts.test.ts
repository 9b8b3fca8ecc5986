/**
 * Tokens before outside judges: every request and answer of both profiles and of the single sign-on against the official
 * schemas and xmlsec1, the assertions of the simulator in OpenSAML's own verifier, and every change of them refused.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { connect } from '../src/connect.js'
import { EHealthError } from '../src/errors.js'
import { physician } from '../src/professions/index.js'
import { parseEnvelope } from '../src/technical/soap/envelope.js'
import { createRecorder } from '../src/technical/soap/recording.js'
import {
  acceptToken,
  issueToken,
  renewToken,
  type StsSettings,
  type Token,
} from '../src/technical/sts/index.js'
import { Certificate } from '../src/technical/pki/index.js'
import { canonicalize } from '../src/technical/xml/canonicalize.js'
import { parseXml } from '../src/technical/xml/parse.js'
import type { XmlElement } from '../src/technical/xml/tree.js'
import { playAnswers } from '../test/technical/sts/playedSts.js'
import {
  asserted,
  holderPrefix,
  hospitalAttributes,
  physicianAttributes,
  startSimulatedSts,
  type SimulatedSts,
} from '../test/technical/sts/simulated.js'
import { shared } from './support/shared.js'
import { hasTool, isSigned, isValid, samlsign } from './support/tools.js'

const judge = shared('tools/judge')
const missing = [
  ...(existsSync(judge) ? [] : ['../shared/tools/judge']),
  ...['xmllint', 'xmlsec1', 'samlsign'].filter((tool) => !hasTool(tool)),
]
if (missing.length > 0) console.warn(`SKIPPED: tokens need ${missing.join(', ')}; nothing was judged`)

const workplace = mkdtempSync(join(tmpdir(), 'sts-'))
const recording = join(workplace, 'recording')
const profiles: [string, StsSettings][] = [
  ['WS-Trust', { profile: 'ws-trust' }],
  ['SAML 1.1', { profile: 'saml-1.1' }],
  ['SAML 1.1, old contract', { profile: 'saml-1.1', operation: 'RequestSecureToken' }],
]

let sts: SimulatedSts
const tokens: Token[] = []

beforeAll(async () => {
  if (missing.length > 0) return
  sts = await startSimulatedSts()
  for (const [, how] of profiles) await scenario(how)
  await signOns()
})
afterAll(async () => {
  await sts?.close()
  rmSync(workplace, { recursive: true })
})

/** Every call of a profile: one key and two, EC, always signed, renewed, vouched for, refused. */
async function scenario(how: StsSettings): Promise<void> {
  const { keys } = sts
  const common = { ...sts.common(how), ...how }
  common.context = { ...common.context, recorder: createRecorder(recording) } as never
  const person = { attributes: physicianAttributes() }
  const saml = how.profile === 'saml-1.1'
  const one = await issueToken({
    ...common,
    ...person,
    identification: keys.sender,
    holderOfKey: keys.sender,
  })
  const two = await issueToken({ ...common, ...person, identification: keys.eid, holderOfKey: keys.sender })
  tokens.push(
    one,
    two,
    await issueToken({
      ...common,
      attributes: [asserted(`${holderPrefix}enterprise:cbe-number`, '0999990123')],
      identification: keys.ec,
      holderOfKey: keys.ec,
    }),
    await issueToken({
      ...common,
      ...person,
      identification: keys.sender,
      holderOfKey: keys.sender,
      ...(saml ? { innerSignature: { always: true, algorithm: 'rsa-sha256' } } : { useKey: false }),
    }),
    await renewToken({ ...common, token: one, identification: keys.sender, holderOfKey: keys.sender }),
    await renewToken({ ...common, token: two, identification: keys.eid, holderOfKey: keys.sender }),
  )
  if (!saml)
    tokens.push(await issueToken({ ...common, ...person, identification: keys.sender, holderOfKey: keys.ec }))
  for (const authenticationMethod of ['urn:oasis:names:tc:SAML:1.0:am:password', undefined])
    tokens.push(
      await issueToken({
        ...common,
        attributes: hospitalAttributes,
        identification: keys.hospital,
        onBehalfOf: {
          qualifier: 'https://vouching.example.test',
          name: 'user-4711',
          ...(authenticationMethod === undefined ? {} : { authenticationMethod }),
        },
      }),
    )
  await expect(
    issueToken({
      ...common,
      attributes: physicianAttributes('90010199726'),
      identification: keys.sender,
      holderOfKey: keys.sender,
    }),
  ).rejects.toMatchObject({ code: 'token.refused' })
}

const responses: string[] = []

async function signOns(): Promise<void> {
  const { personas, environment, runtime } = sts.simulator
  const { ssin, nihii, keystore, password } = personas.physician
  await using me = await connect({
    environment,
    runtime,
    record: recording,
    keystore: { bytes: keystore, password },
    as: physician({ ssin, nihii }),
  })
  await me.technical.signOn('artifact')
  const { fields } = await me.technical.signOn('post', { destination: true })
  responses.push(Buffer.from(fields.SAMLResponse, 'base64').toString())
}

const write = (name: string, content: string): string => {
  const file = join(workplace, name)
  writeFileSync(file, content)
  return file
}
const pinned = (): string => write('sts.pem', String(sts.simulator.environment.trust.sts![0]))
const anchor = (): string => write('root.pem', String(sts.simulator.environment.trust.tls![0]))

describe.runIf(missing.length === 0)('everything on the wire', () => {
  it('is valid by the official schemas and verifies in xmlsec1', () => {
    const names = readdirSync(recording)
    for (const operation of [
      'sts-RequestSecurityToken',
      'sts-Challenge',
      'stssaml11-RequestSecurityToken',
      'stssaml11legacy-RequestSecureToken',
      'singlesignon-RequestSecurityToken',
    ])
      expect(
        names.some((name) => name.includes(`${operation}-request.`)),
        operation,
      ).toBe(true)
    const verdict = spawnSync(judge, [recording, '--verbose'], { encoding: 'utf8' })
    expect(verdict.stdout).toMatch(/\b0 failed$/m)
    expect(verdict.stdout).not.toContain('no schema for')
    expect(Number(/(\d+) passed/.exec(verdict.stdout)?.[1])).toBeGreaterThan(150)
  })

  it('carries inner signatures that xmlsec1 verifies alone', () => {
    const inner = readdirSync(recording)
      .filter((name) => /saml11\w*-RequestSecur\w+-request\.xml$/.test(name))
      .map(
        (name) => /<samlp:Request .*<\/samlp:Request>/s.exec(readFileSync(join(recording, name), 'utf8'))![0],
      )
      .filter((xml) => xml.includes('</ds:Signature><samlp:AttributeQuery'))
    expect(inner).toHaveLength(6)
    const root = shared('vectors/etee/pki/root-ca.cer')
    const anchorFile = write('etee-root.pem', Certificate.from(readFileSync(root)).toPem())
    const issuing = Certificate.from(readFileSync(shared('vectors/etee/pki/issuing-ca.cer')))
    const anchors = write('etee.pem', readFileSync(anchorFile, 'utf8') + issuing.toPem())
    for (const [index, xml] of inner.entries()) {
      const file = write(`inner-${index}.xml`, xml)
      expect(isSigned(file, write('issuing.pem', issuing.toPem()), 'RequestID Request')).toBe(true)
      const changed = write('changed.xml', xml.replace('90010199794<', '90010199695<'))
      expect(isSigned(changed, anchors, 'RequestID Request')).toBe(false)
    }
  })
})

describe.runIf(missing.length === 0)('assertions of the simulator', () => {
  it('verify in samlsign and xmlsec1 by the certificate of the STS, and by no other', () => {
    expect(tokens).toHaveLength(25)
    const other = write('other.pem', sts.keys.sender.certificate.toPem())
    for (const [index, { xml }] of tokens.entries()) {
      const file = write(`token-${index}.xml`, xml)
      expect(samlsign(file, pinned())).toBe(true)
      expect(samlsign(file, other)).toBe(false)
      expect(
        isValid(file, shared('contracts/connector/external/XSD/oasis-sstc-saml-schema-assertion-1.1.xsd')),
      ).toBe(true)
    }
    expect(isSigned(write('token.xml', tokens[0]!.xml), anchor(), 'AssertionID Assertion')).toBe(true)
  })

  it('are taken by our verifier as samlsign takes them: untouched', () => {
    const [token] = tokens
    const { xml } = token!
    const options = {
      sts: [Certificate.from(sts.simulator.environment.trust.sts![0]!)],
      at: sts.simulator.clock.now(),
      holderOfKey: sts.keys.sender.certificate,
    }
    expect(acceptToken(xml, options).id).toBe(token!.id)
    const accepted = (changed: string): boolean => {
      try {
        acceptToken(changed, options)
        return true
      } catch (error) {
        if (!(error instanceof EHealthError)) throw error
        return false
      }
    }
    const variants = [...variantsOf(xml)]
    expect(variants.length).toBeGreaterThan(60)
    for (const [what, changed] of variants) {
      expect(changed, what).not.toBe(xml)
      expect(accepted(changed), what).toBe(false)
      expect(samlsign(write('variant.xml', changed), pinned()), what).toBe(false)
    }
  })
})

/** Every attribute and every text changed, every element left out or doubled, octets of each class in the base64. */
function* variantsOf(xml: string): Generator<[string, string]> {
  const head = xml.slice(0, xml.indexOf('<ds:SignatureValue'))
  // the declarations say how the rest is read; a changed one is another document, or none
  for (const { index, 0: text, 1: name, 2: value } of head.matchAll(/ ([\w:]+)="([^"]*)"/g)) {
    if (/^xmlns/.test(name!)) continue
    const flipped = value!.replace(/.$/, (last) => (last === '0' ? '1' : '0'))
    yield [`attribute ${name} at ${index}`, splice(xml, index, text, ` ${name}="${flipped}"`)]
    yield [`no attribute ${name} at ${index}`, splice(xml, index, text, '')]
  }
  for (const { index, 0: text, 1: content } of head.matchAll(/>([^<]+)</g)) {
    const flipped = content!.replace(/^./, (first) => (first === 'A' ? 'B' : 'A'))
    yield [`text at ${index}`, splice(xml, index, text, `>${flipped}<`)]
  }
  for (const local of [
    'Attribute',
    'AttributeStatement',
    'AuthenticationStatement',
    'Conditions',
    'Subject',
  ]) {
    const found = new RegExp(`<${local}[ >].*?(</${local}>|/>)`, 's').exec(xml)!
    yield [`without ${local}`, splice(xml, found.index, found[0], '')]
    yield [`two of ${local}`, splice(xml, found.index, found[0], found[0].repeat(2))]
  }
  const value = /<ds:SignatureValue>([^<]+)</.exec(xml)!
  for (const [what, pattern] of [
    ['upper case', /[A-Z]/],
    ['lower case', /[a-z]/],
    ['a digit', /[0-9]/],
  ] as const) {
    const changed = value[1]!.replace(pattern, (found) => (/[Aa0]/.test(found) ? 'Q' : 'A'))
    yield [
      `${what} of the signature value`,
      splice(xml, value.index, value[1]!, changed, '<ds:SignatureValue>'.length),
    ]
  }
  yield ['no signature value', xml.replace(value[1]!, '')]
  yield ['no signature', xml.replace(/<ds:Signature .*<\/ds:Signature>/s, '')]
}

const splice = (xml: string, at: number, old: string, fresh: string, skip = 0): string =>
  xml.slice(0, at + skip) + fresh + xml.slice(at + skip + old.length)

describe.runIf(missing.length === 0)('the samples of the single sign-on', () => {
  const sample = (name: string): string =>
    readFileSync(shared(`vectors/sts/sso/${name}.xml`), 'utf8').replace(/^<\?xml.*?\?>\s*/, '')
  const said = (payload: XmlElement): string => canonicalize(payload).replace(/ Context="[^"]*"/, '')

  it('are the own requests, and the answer leads to the identity provider of acceptance', async () => {
    const answer = Buffer.from(
      `<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body>${sample('02-rstr.artifact')}</S:Body></S:Envelope>`,
    )
    await using server = await playAnswers([answer, answer])
    const { personas, environment, runtime } = sts.simulator
    const { ssin, nihii, keystore, password } = personas.physician
    await using me = await connect({
      environment: 'acceptance',
      trust: environment.trust,
      endpoints: {
        sts: `${sts.simulator.url}/IAM/SecurityTokenService/v1`,
        singleSignOn: `${server.url}/IAM/SingleSignOnService/v1`,
      },
      runtime,
      keystore: { bytes: keystore, password },
      as: physician({ ssin, nihii }),
    })
    const { url } = await me.technical.signOn('artifact')
    expect(url).toBe('https://wwwacc.ehealth.fgov.be/idp/profile/SAML2/Bearer/Artifact?SAMLart=U1lOVEhFVElD')
    // an address is no assertion
    await expect(me.technical.signOn('post')).rejects.toMatchObject({ code: 'sso.malformed' })
    for (const [index, name] of ['01-rst.artifact', '01-rst.post'].entries())
      expect(said(parseEnvelope(server.requests[index]!).payload)).toBe(said(parseXml(sample(name)).root))
  })
})

describe.runIf(missing.length === 0)('the response of a single sign-on', () => {
  it('is a SAML 2.0 response with the assertion as it was signed', () => {
    const [xml] = responses
    const file = write('response.xml', xml!)
    expect(isValid(file, shared('contracts/connector/external/XSD/saml-schema-protocol-2.0.xsd'))).toBe(true)
    const assertion = /<saml2:Assertion .*<\/saml2:Assertion>/s.exec(xml!)![0]
    expect(samlsign(write('bearer.xml', assertion), pinned())).toBe(true)
    expect(samlsign(write('bearer.xml', assertion.replace('true<', 'TRUE<')), pinned())).toBe(false)
  })
})
