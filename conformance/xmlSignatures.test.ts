/** What the library signs, before other judges: xmlsec1, the schema of XAdES, OpenSSL. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { afterAll, describe, expect, it } from 'vitest'

import { signCades, signXml, type SignedXml, type SignXmlOptions } from '../src/technical/xades/index.js'
import { softwareCredential } from '../src/technical/keystore/index.js'
import { actor, issue } from '../test/technical/pki/issue.js'
import { authorityAt } from '../test/technical/xades/authority.js'
import { credential } from '../test/technical/xades/vectors.js'
import { available } from './support/peerRequests.js'
import { shared } from './support/shared.js'
import { hasTool, isValid } from './support/tools.js'

const judged = hasTool('xmlsec1') && hasTool('xmllint') && hasTool('openssl') && available
if (!judged) console.warn('SKIPPED: XML signatures need ../shared, xmlsec1, xmllint and openssl')

const folder = mkdtempSync(join(tmpdir(), 'xmlsig-'))
afterAll(() => rmSync(folder, { recursive: true }))
const root = fileURLToPath(new URL('../fixtures/xmldsig/pki/root.cert.pem', import.meta.url))

const written = (name: string, content: string | Uint8Array): string => {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

const identifiers = [
  'Blob',
  'request',
  'EncryptedKnownContent',
  'http://uri.etsi.org/01903/v1.3.2#:SignedProperties',
  'http://www.w3.org/2000/09/xmldsig#:Manifest',
]

/** Verdict of xmlsec1 over the first signature of a document; with a manifest, all that it names. */
function xmlsec(document: string): boolean {
  const ids = identifiers.flatMap((name) => ['--id-attr:Id', name])
  const file = written('signed.xml', document)
  const { status, stdout, stderr } = spawnSync(
    'xmlsec1',
    ['--verify', '--insecure', '--trusted-pem', root, ...ids, file],
    { encoding: 'utf8' },
  )
  // what a manifest names does not change the verdict: the counts tell it
  const counts = /Manifests References \(ok\/all\): (\d+)\/(\d+)/.exec(stdout + stderr)
  return status === 0 && counts?.[1] === counts?.[2]
}

const content = Buffer.from(
  '<?xml version="1.0"?><record xmlns="urn:r"><!-- note --><of>é</of></record>',
).toString('base64')
const blob = `<Blob Id="_b1">${content}</Blob>`
const request =
  '<r:request xmlns:r="urn:r" xmlns:unused="urn:u" Id="_r1"><r:of b="2" a="1">1</r:of></r:request>'
const sign = (document: string, options: Partial<SignXmlOptions>): Promise<SignedXml> =>
  signXml(document, { credential: credential('signer-rsa'), ...options })
/** A detached signature is judged beside what it signs. */
const beside = ({ signature }: SignedXml, document: string): string => `<all>${document}${signature}</all>`

describe.runIf(judged)('xmlsec1 verifies', () => {
  const forms: [string, Partial<SignXmlOptions>][] = (['signer-rsa', 'signer-ec'] as const).flatMap((name) =>
    (['sha256', 'sha384', 'sha512'] as const).flatMap((digest) =>
      (['exc-c14n', 'c14n'] as const).map((canonicalization): [string, Partial<SignXmlOptions>] => [
        `${name} ${digest} ${canonicalization}`,
        { credential: credential(name), digest, signatureDigest: digest, canonicalization },
      ]),
    ),
  )

  it.each(forms)('%s', async (_, options) => {
    for (const layout of ['compact', 'connector'] as const) {
      const enveloped = await sign(request, { ...options, layout, id: '_r1', place: 'enveloped' })
      expect(xmlsec(enveloped.xml)).toBe(true)
      expect(xmlsec(enveloped.xml.replace('>1<', '>2<'))).toBe(false)
      const detached = await sign(request, { ...options, layout, id: '_r1' })
      expect(xmlsec(beside(detached, request))).toBe(true)
    }
  })

  it.each([[['base64']], [['base64', 'exc-c14n']], [['base64', 'c14n']], [['exc-c14n']], [['c14n']]])(
    'the transforms %j',
    async (transforms) => {
      const signed = await sign(blob, { id: '_b1', transforms })
      expect(xmlsec(beside(signed, blob))).toBe(true)
      expect(xmlsec(beside(signed, blob.replace(content, 'AAAA')))).toBe(false)
    },
  )

  it('levels, places and manifests', async () => {
    const timestamp = { authority: authorityAt(new Date()) }
    const all: Partial<SignXmlOptions>[] = [
      { level: 'xmldsig' },
      { level: 'xades-t', timestamp },
      { place: { before: "/*/*[local-name()='of']" } },
      { manifest: [{ id: '_r1' }] },
    ]
    for (const options of all) {
      const { xml } = await sign(request, { place: 'enveloped', id: '_r1', ...options })
      expect(xmlsec(xml)).toBe(true)
      expect(xmlsec(xml.replace('>1<', '>2<'))).toBe(false)
    }
    const manifest = [
      { id: '_b1', transforms: ['base64'] },
      { id: '_r1', document: request },
    ]
    const signed = await sign(blob, { manifest })
    expect(xmlsec(`<all>${blob}${request}${signed.signature}</all>`)).toBe(true)
    expect(xmlsec(`<all>${blob}${request.replace('>1<', '>2<')}${signed.signature}</all>`)).toBe(false)
  })
})

describe.runIf(judged)('the schema of XAdES accepts', () => {
  const schema = shared('contracts/connector/external/XSD/XAdES.xsd')
  // libxml2 knows no integers of more than 24 digits, as serial numbers of certificates have (spec xml-signature, trap 14)
  const subject = actor('Signer')
  const certificate = issue({ subject, issuer: actor('Root'), serial: 4711n })
  const short = softwareCredential({ certificate, privateKey: subject.privateKey })

  it.each(['compact', 'connector'] as const)('what is signed, %s', async (layout) => {
    for (const level of ['xades', 'xades-t'] as const) {
      const { signature } = await sign(blob, {
        ...{ id: '_b1', layout, level, credential: short },
        ...(level === 'xades-t' ? { timestamp: { authority: authorityAt(new Date()) } } : {}),
      })
      const file = written(
        'properties.xml',
        /<QualifyingProperties[\s\S]*<\/QualifyingProperties>/.exec(signature)![0],
      )
      expect(isValid(file, schema)).toBe(true)
      const core = written('signature.xml', signature)
      expect(isValid(core, shared('contracts/connector/external/XSD/xmldsig-core-schema.xsd'))).toBe(true)
    }
  })
})

describe.runIf(judged)('OpenSSL verifies', () => {
  it.each(['signer-rsa', 'signer-ec'] as const)('the proofs of %s', async (name) => {
    const data = Buffer.from('proof')
    const file = written('proof.bin', data)
    const verify = (signature: Uint8Array, parameters: string[]): string =>
      execFileSync(
        'openssl',
        [
          ...['cms', '-verify', '-binary', '-inform', 'DER', '-CAfile', root, '-purpose', 'any'],
          ...['-in', written('proof.p7', signature), ...parameters],
        ],
        { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] },
      )
    const detached = await signCades(data, { credential: credential(name) })
    expect(verify(detached, ['-content', file])).toBe('proof')
    const encapsulated = await signCades(data, { credential: credential(name), detached: false })
    expect(verify(encapsulated, [])).toBe('proof')
    expect(() => verify(detached, ['-content', written('other.bin', 'other')])).toThrow()
  })
})
