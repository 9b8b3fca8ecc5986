/** Every file of `../shared/vectors/sts` and the verdict of its README: schema, signature, and what the library makes of it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, afterEach, describe, expect, it, vi } from 'vitest'

import { main } from '../src/cli/program.js'
import { identityOf } from '../src/technical/keystore/identity.js'
import { Certificate } from '../src/technical/pki/index.js'
import { faultError, judgeEnvelope, parseEnvelope, readFault } from '../src/technical/soap/index.js'
import { SignOnRequest, SignOnResponse } from '../src/technical/sso/contract.js'
import { acceptToken, samlStatusOf, ungrantedAttributes } from '../src/technical/sts/index.js'
import {
  RequestSecurityToken,
  RequestSecurityTokenResponse,
  stsOperations,
} from '../src/technical/sts/contract.js'
import { samlOperations, SamlRequest, SamlResponse } from '../src/technical/sts/samlContract.js'
import { read, type ElementDeclaration } from '../src/technical/xml/index.js'
import { parseXml, rawElement } from '../src/technical/xml/parse.js'
import { signEnveloped, verifyEnveloped } from '../src/technical/xml/signature/index.js'
import { descendants, isElement } from '../src/technical/xml/tree.js'
import { wssCertificate, wssCredential } from '../test/technical/soap/wssFixtures.js'
import { available } from './support/peerRequests.js'
import { shared } from './support/shared.js'
import { hasTool, isSigned, isValid } from './support/tools.js'

const judged = available && hasTool('xmllint') && hasTool('xmlsec1')
if (!judged) console.warn('SKIPPED: the vectors of the STS need ../shared, xmllint and xmlsec1')

const folder = shared('vectors/sts/')
const text = (name: string): string => readFileSync(folder + name, 'utf8')
const certificate = (name: string): Certificate => Certificate.from(text(`certs/${name}.pem`))
const at = '2030-01-15T12:00:00Z'

const schemas = {
  S: shared('contracts/connector/external/XSD/oasis-sstc-saml-schema-protocol-1.1.xsd'),
  W: shared('contracts/wsdl/ws-trust-sts/ws-trust-1.3.xsd'),
  S2: shared('contracts/connector/external/XSD/saml-schema-protocol-2.0.xsd'),
  C: shared('contracts/connector/ehealth-etee/XSD/ehealth-certra-schema-protocol-2_0.xsd'),
  K: shared('contracts/connector/ehealth-etee/XSD/ehealth-etkra-schema-protocol-2_0.xsd'),
} as const

type Schema = keyof typeof schemas
type Contract = ElementDeclaration<unknown>
const contract = (declaration: unknown): Contract => declaration as Contract

/** File, schema, whether it is valid against it, and the contract that reads it. */
const messages: [string, Schema, boolean, Contract?][] = [
  ['saml11/01-request.hok.unsigned.xml', 'S', true, contract(SamlRequest)],
  ['saml11/02-request.hok.signed-inner.rsa-sha1.xml', 'S', true, contract(SamlRequest)],
  ['saml11/02-request.hok.signed-inner.rsa-sha256.xml', 'S', true, contract(SamlRequest)],
  ['saml11/03-request.sender-vouches.xml', 'S', true, contract(SamlRequest)],
  ['saml11/04-response.success.unsigned.xml', 'S', true, contract(SamlResponse)],
  ['saml11/05-response.success.signed.rsa-sha1.xml', 'S', true, contract(SamlResponse)],
  ['saml11/05-response.success.signed.rsa-sha256.xml', 'S', true, contract(SamlResponse)],
  ['saml11/06-response.requester-error.xml', 'S', true, contract(SamlResponse)],
  ['saml11/07-response.success.not-recognised.unsigned.xml', 'S', true, contract(SamlResponse)],
  ['wstrust/01-issue.hok.request.xml', 'W', true, contract(RequestSecurityToken)],
  ['wstrust/02-issue.hok.no-usekey.request.xml', 'W', true, contract(RequestSecurityToken)],
  ['wstrust/03-issue.response.token.unsigned.xml', 'W', true, contract(RequestSecurityTokenResponse)],
  ['wstrust/04-issue.response.sign-challenge.xml', 'W', true, contract(RequestSecurityTokenResponse)],
  ['wstrust/05-challenge.request.xml', 'W', true, contract(RequestSecurityTokenResponse)],
  ['wstrust/06-renew.request.xml', 'W', true, contract(RequestSecurityToken)],
  ['wstrust/07-issue.response.token.signed.xml', 'W', true, contract(RequestSecurityTokenResponse)],
  ['wstrust/08-issue.sender-vouches.request.xml', 'W', true, contract(RequestSecurityToken)],
  ['wstrust/09-issue.hok.ec-p384.request.xml', 'W', true, contract(RequestSecurityToken)],
  ['sso/01-rst.artifact.xml', 'W', true, contract(SignOnRequest)],
  ['sso/01-rst.post.xml', 'W', true, contract(SignOnRequest)],
  ['sso/02-rstr.artifact.xml', 'W', true, contract(SignOnResponse)],
  ['invalid/01-request.designator-before-subject.xml', 'S', false, contract(SamlRequest)],
  ['invalid/02-request.no-attributes.xml', 'S', false, contract(SamlRequest)],
  ['invalid/03-request.id-starts-with-digit.xml', 'S', false, contract(SamlRequest)],
  ['invalid/04-rst.context-in-wst-namespace.xml', 'W', false, contract(RequestSecurityToken)],
  ['invalid/05-response.signed.tampered.xml', 'S', true, contract(SamlResponse)],
  ['invalid/06-response.signature-wrapping.xml', 'S', true, contract(SamlResponse)],
  // no connector of this library speaks these yet: the schema judges them alone
  ['daas/01-attribute-query.xml', 'S2', true],
  ['daas/02-response.success.unsigned.xml', 'S2', true],
  ['daas/03-response.unknown-attribute.xml', 'S2', true],
  ...(['01', '02', '03', '05', '06', '07', '08', '09', '10', '11', '15'] as const).map(
    (number): [string, Schema, boolean] => [certra(number), 'C', true],
  ),
  ...(['04', '12', '13', '14'] as const).map((number): [string, Schema, boolean] => [
    certra(number),
    'K',
    true,
  ]),
]

function certra(number: string): string {
  return available
    ? `certra/${readdirSync(`${folder}certra`).find((name) => name.startsWith(number))!}`
    : `certra/${number}`
}

describe.runIf(judged)('the messages of vectors/sts', () => {
  it.each(messages)('%s against %s is valid: %s', (name, schema, valid, declaration) => {
    expect(isValid(folder + name, schemas[schema])).toBe(valid)
    if (declaration === undefined) return
    const reading = (): unknown => read(declaration, parseXml(text(name)).root, { strict: true })
    if (valid) expect(reading()).toBeDefined()
    else expect(reading).toThrowError(expect.objectContaining({ code: 'contract.invalid' }))
  })

  it('are all here: a new file needs its verdict', () => {
    const known = new Set([...messages.map(([name]) => name), ...elsewhere])
    const all = ['saml11', 'wstrust', 'soap', 'sso', 'invalid', 'daas', 'certra', 'connect', 'certs'].flatMap(
      (part) => readdirSync(folder + part).map((name) => `${part}/${name}`),
    )
    expect(all.filter((name) => !known.has(name))).toEqual([])
  })
})

/** Signed files: who signed, the attribute of the identifier, SHA-1 or not. */
const signatures: [string, string, string, boolean][] = [
  ['saml11/02-request.hok.signed-inner.rsa-sha1.xml', 'pharmacy', 'RequestID Request', true],
  ['saml11/02-request.hok.signed-inner.rsa-sha256.xml', 'pharmacy', 'RequestID Request', false],
  ['saml11/05-response.success.signed.rsa-sha1.xml', 'sts', 'AssertionID Assertion', true],
  ['saml11/05-response.success.signed.rsa-sha256.xml', 'sts', 'AssertionID Assertion', false],
  ['wstrust/06-renew.request.xml', 'sts', 'AssertionID Assertion', false],
  ['wstrust/07-issue.response.token.signed.xml', 'sts', 'AssertionID Assertion', false],
]

describe.runIf(judged)('the signatures of vectors/sts', () => {
  it.each(signatures)('%s is signed by %s', (name, signer, idAttribute, sha1) => {
    expect(isSigned(folder + name, `${folder}certs/ca.pem`, idAttribute)).toBe(true)
    const [id, local] = idAttribute.split(' ') as ['RequestID' | 'AssertionID', string]
    const { root } = parseXml(text(name))
    const element = [...descendants(root)].find((each) => each.local === local)!
    const verify = (who: string, allowSha1: boolean) =>
      verifyEnveloped(element, { idAttribute: id, trusted: [certificate(who)], allowSha1 }).signer
    expect(verify(signer, sha1).equals(certificate(signer))).toBe(true)
    expect(() => verify('person', true)).toThrowError(expect.objectContaining({ code: 'signature.key' }))
    if (sha1)
      expect(() => verify(signer, false)).toThrowError(
        expect.objectContaining({ code: 'signature.algorithm' }),
      )
  })

  it.each([
    ['05', 'eid-auth'],
    ['08', 'eid-sign'],
    ['11', 'eid-sign'],
    ['12', 'person'],
    ['13', 'person'],
  ])('certra/%s is signed by %s', (number, signer) => {
    const { root } = parseXml(text(certra(number)))
    expect(isSigned(folder + certra(number), `${folder}certs/ca.pem`, `Id ${root.local}`)).toBe(true)
    const { signer: found } = verifyEnveloped(root, { idAttribute: 'Id', trusted: [certificate(signer)] })
    expect(found.equals(certificate(signer))).toBe(true)
  })

  it('the tampered and the wrapped one are told apart from a good one', () => {
    const [tampered, wrapped] = ['05-response.signed.tampered', '06-response.signature-wrapping'].map(
      (name) => `${folder}invalid/${name}.xml`,
    )
    expect(isSigned(tampered!, `${folder}certs/ca.pem`, 'AssertionID Assertion')).toBe(false)
    // a good signature is in it: whoever asks no more is taken in
    expect(isSigned(wrapped!, `${folder}certs/ca.pem`, 'AssertionID Assertion')).toBe(true)
  })
})

afterEach(() => vi.restoreAllMocks())

/** Runs `ehealth verify --kind assertion` in this process. */
async function verify(
  file: string,
  {
    more = [],
    sts = `${folder}certs/sts.pem`,
    instant = at,
  }: { more?: string[]; sts?: string; instant?: string } = {},
): Promise<{ code: number; codes: string[] }> {
  let stdout = ''
  vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
    stdout += String(chunk)
    return true
  })
  const parameters = ['--kind', 'assertion', '--sts', sts, '--at', instant, ...more]
  const code = await main(['verify', '--json', ...parameters, file])
  vi.restoreAllMocks()
  const { valid, errors } = JSON.parse(stdout) as { valid: boolean; errors: { code: string }[] }
  expect(code).toBe(valid ? 0 : 1)
  return { code, codes: errors.map((error) => error.code) }
}

describe.runIf(judged)('ehealth verify --kind assertion', () => {
  it.each<[string, string[], string[]]>([
    ['saml11/04-response.success.unsigned.xml', ['token.unsigned'], []],
    ['saml11/05-response.success.signed.rsa-sha256.xml', [], []],
    ['saml11/05-response.success.signed.rsa-sha1.xml', ['signature.algorithm'], []],
    ['saml11/05-response.success.signed.rsa-sha1.xml', [], ['--allow-sha1']],
    ['saml11/06-response.requester-error.xml', ['token.count'], []],
    ['saml11/07-response.success.not-recognised.unsigned.xml', ['token.unsigned'], []],
    ['wstrust/03-issue.response.token.unsigned.xml', ['token.unsigned'], []],
    ['wstrust/04-issue.response.sign-challenge.xml', ['token.count'], []],
    ['wstrust/06-renew.request.xml', [], []],
    ['wstrust/07-issue.response.token.signed.xml', [], []],
    ['invalid/05-response.signed.tampered.xml', ['signature.digest'], []],
    ['invalid/06-response.signature-wrapping.xml', ['token.count'], []],
  ])('%s: %j %j', async (name, codes, more) => {
    expect(await verify(folder + name, { more })).toEqual({ code: codes.length === 0 ? 0 : 1, codes })
  })

  it('goes by the clock and by the pinned signer', async () => {
    const good = `${folder}wstrust/07-issue.response.token.signed.xml`
    expect((await verify(good, { instant: '2030-01-16T10:00:00Z' })).codes).toEqual(['token.expired'])
    expect((await verify(good, { instant: '2030-01-15T09:49:59Z' })).codes).toEqual(['token.not-yet-valid'])
    expect((await verify(good, { sts: `${folder}certs/person.pem` })).codes).toEqual(['token.untrusted'])
  })
})

const workplace = mkdtempSync(join(tmpdir(), 'sts-vectors-'))
afterAll(() => rmSync(workplace, { recursive: true }))

describe.runIf(judged)('what the library makes of the answers', () => {
  it('06: the status is read by its qualified names', () => {
    expect(samlStatusOf(parseXml(text('saml11/06-response.requester-error.xml')).root)).toEqual({
      success: false,
      codes: ['Requester', 'RequestDenied'],
      message: 'SYNTHETIC MESSAGE',
    })
  })

  it('07: a success without recognition names the attributes, once it is signed', async () => {
    const document = parseXml(text('saml11/07-response.success.not-recognised.unsigned.xml'))
    expect(samlStatusOf(document.root).success).toBe(true)
    const element = [...descendants(document.root)].find((each) =>
      isElement(each, 'urn:oasis:names:tc:SAML:1.0:assertion', 'Assertion'),
    )!
    const xml = await signEnveloped(rawElement(document, element, 'mentioned'), {
      idAttribute: 'AssertionID',
      credential: wssCredential('sts'),
    })
    const physiotherapist = 'urn:be:fgov:person:ssin:ehealth:1.0:professional:physiotherapist:boolean'
    const number = 'urn:be:fgov:person:ssin:ehealth:1.0:nihii:physiotherapist:nihii11'
    const accept = (): unknown =>
      acceptToken(xml, {
        sts: [wssCertificate('sts')],
        at: new Date(at),
        holderOfKey: certificate('person'),
        demanded: [physiotherapist, number],
      })
    let error: unknown
    try {
      accept()
    } catch (reason) {
      error = reason
    }
    expect(ungrantedAttributes(error)).toEqual([
      { name: physiotherapist, state: 'false', advice: 'obtain-recognition' },
      { name: number, state: 'empty', advice: 'check-registration' },
    ])
    const file = join(workplace, 'not-recognised.xml')
    writeFileSync(file, xml)
    // sound as an assertion: it is what it says that does not suffice
    const pinned = join(workplace, 'sts.pem')
    writeFileSync(pinned, wssCertificate('sts').toPem())
    expect((await verify(file, { sts: pinned })).codes).toEqual([])
  })

  it('soap/01: a message without signature is refused; soap/02: the fault is read', () => {
    const skeleton = Buffer.from(text('soap/01-envelope.sts.skeleton.xml'))
    const { valid, errors } = judgeEnvelope(skeleton, {
      trust: [certificate('ca')],
      sts: [],
      at: new Date(at),
    })
    expect([valid, errors.length]).toEqual([false, 1])
    const { payload } = parseEnvelope(text('soap/02-fault.not-authorized.xml'))
    expect(faultError(readFault(payload))).toMatchObject({
      code: 'fault.not-authorised',
      platform: { code: 'SOA-01002', id: 'synthetic-0001', environment: 'Acceptation', origin: 'Consumer' },
    })
  })
})

/** The number of the sample person, from a sample. */
const ssin = available ? /SSIN=(\d{11})/.exec(text('saml11/01-request.hok.unsigned.xml'))![1]! : ''

const certificates: [string, string, string, string | undefined][] = [
  ['person', 'SSIN', ssin, undefined],
  ['person-ec', 'SSIN', ssin, undefined],
  ['pharmacy', 'NIHII-PHARMACY', '41999020', undefined],
  ['hospital-app', 'NIHII-HOSPITAL', '71999041', 'SYNTHAPP'],
  ['sts', 'CBE', '0999999031', 'IAMSYN'],
  ['eid-auth', 'SSIN', ssin, undefined],
  ['eid-sign', 'SSIN', ssin, undefined],
]

describe.runIf(judged)('the certificates of vectors/sts', () => {
  it.each(certificates)('%s is %s', (name, type, value, application) => {
    expect(identityOf(certificate(name))).toMatchObject({ type, value })
    expect(identityOf(certificate(name)).application).toBe(application)
  })

  it('the root names nobody; the serial of etk is a positive number', () => {
    expect(() => identityOf(certificate('ca'))).toThrowError(
      expect.objectContaining({ code: 'keystore.identity' }),
    )
    expect(certificate('etk').serialNumber).toBe(BigInt('0xF1E2D3C4B5A697887766554433221100'))
  })

  it('person.pem gives the names of the samples, in the form of RFC 1779', () => {
    const sample = text('saml11/01-request.hok.unsigned.xml')
    const { subject, issuer } = certificate('person')
    expect(sample).toContain(`>${subject.toRfc1779()}</saml:NameIdentifier>`)
    expect(sample).toContain(`NameQualifier="${issuer.toRfc1779()}"`)
  })
})

describe.runIf(judged)('the operations', () => {
  const wsdl = (path: string): string => readFileSync(shared(`contracts/${path}`), 'utf8')

  it('have the names, actions and messages of the official contracts', () => {
    const old = wsdl('connector/WSDL/sts_v1.wsdl')
    const { name, soapAction } = samlOperations.RequestSecureToken
    expect(old).toContain(`<operation name="${name}">`)
    expect(old).toContain(`soapAction="${soapAction}"`)
    expect(old).toMatch(/element="samlp:Request"[^]*element="samlp:Response"/)
    const trust = wsdl('wsdl/ws-trust-sts/ws-trust-1.3.wsdl')
    for (const operation of Object.values(stsOperations))
      expect(trust).toContain(`soapAction="${operation.soapAction}"`)
    expect(trust).toMatch(/element="wst:RequestSecurityToken"[^]*element="wst:RequestSecurityTokenResponse"/)
  })
})

describe.runIf(judged)('the samples of I.AM Connect', () => {
  it('are JSON and forms; no connector of this library speaks it yet', () => {
    for (const name of readdirSync(`${folder}connect`)) {
      const content = text(`connect/${name}`)
      if (name.endsWith('.json')) expect(JSON.parse(content)).toBeTypeOf('object')
      else expect(new URLSearchParams(content.trim()).get('grant_type')).toMatch(/^[\w:-]+$/)
    }
  })
})

/** Files with their verdict in the tests above, outside of the table of messages. */
const elsewhere = available
  ? [
      ...['01-envelope.sts.skeleton', '02-fault.not-authorized'].map((name) => `soap/${name}.xml`),
      ...[...certificates.map(([name]) => name), 'ca', 'etk'].map((name) => `certs/${name}.pem`),
      ...readdirSync(`${folder}connect`).map((name) => `connect/${name}`),
    ]
  : []
