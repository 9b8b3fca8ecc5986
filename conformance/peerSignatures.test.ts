/**
 * Every request of the official connector in `../shared/vectors/peer-requests` under the trust and the clock of its
 * README: the policy of the service, what is covered, and what a change of it does.
 */
import { readdirSync, readFileSync } from 'node:fs'

import { afterEach, describe, expect, it, vi } from 'vitest'

import { main } from '../src/cli/program.js'
import { Certificate } from '../src/technical/pki/index.js'
import {
  genericAsyncDemands,
  judgeEnvelope,
  openBody,
  parseEnvelope,
  parseHttpDump,
  securityForms,
  type JudgeEnvelopeOptions,
  type SecurityKind,
  type SignedPart,
} from '../src/technical/soap/index.js'
import { available, vectors } from './support/peerRequests.js'

if (!available) console.warn('SKIPPED: the recorded requests are not beside this project')

/** Form by service, or by service and operation (spec soap-security §2.1). */
const forms: Record<string, SecurityKind> = {
  sts: 'x509',
  etkdepot: 'none',
  'kgss-get-new-key': 'none',
  'kgss-get-key': 'saml-hok',
  tsa: 'x509',
  tsc: 'x509',
  seals: 'x509',
  idsupport: 'saml-hok',
  'generic-consult.open': 'none',
  'generic-consult.x509': 'x509',
  'generic-consult': 'saml-hok',
  ehboxpublication: 'saml-hok',
  ehboxconsultation: 'saml-hok',
  consent: 'saml-hok',
  therlink: 'saml-hok',
  memberdata: 'saml-hok',
  person: 'saml-hok',
  cbssperson: 'saml-hok',
  ssinhistory: 'x509',
  addressbook: 'saml-hok',
  genericasync: 'saml-hok',
  registration: 'saml-hok',
  tarification: 'saml-hok',
  genins: 'saml-hok',
}

interface Peer {
  file: string
  kind: SecurityKind
  signedParts: readonly SignedPart[]
}

const files = !available
  ? []
  : ['technical', 'business'].flatMap((folder) =>
      readdirSync(`${vectors}peer-requests/${folder}`)
        .filter((name) => name.endsWith('-request.http'))
        .map((name) => `${folder}/${name}`),
    )
const peers = files.map((file): Peer => {
  const name = file.replace(/^\w+\/\d{4}-/, '')
  const key = Object.keys(forms)
    .filter((prefix) => name.startsWith(prefix))
    .toSorted((a, b) => b.length - a.length)[0]
  if (key === undefined) throw new Error(`no form for ${file}`)
  const kind = forms[key]!
  const signedParts =
    kind === 'none'
      ? []
      : key === 'genericasync'
        ? genericAsyncDemands.signedParts
        : securityForms[kind].signedParts
  return { file, kind, signedParts }
})

const anchors = ['etee/pki/root-ca.cer', 'etee/pki/issuing-ca.cer']
const stsFile = 'wss/certs/sts.pem'
const certificates = (...names: string[]): Certificate[] =>
  names.map((name) => Certificate.from(readFileSync(vectors + name)))

const bytesOf = (file: string): Buffer => readFileSync(`${vectors}peer-requests/${file}`)
const createdIn = (bytes: Buffer): Date =>
  new Date(/<wsu:Created>([^<]*)</.exec(bytes.toString('latin1'))?.[1] ?? '2026-11-22T21:50:30Z')

function policyOf({ kind, signedParts }: Peer, bytes: Buffer): JudgeEnvelopeOptions {
  return {
    kind,
    require: signedParts,
    trust: certificates(...anchors),
    sts: certificates(stsFile),
    at: createdIn(bytes),
  }
}

/** The request with one attribute more on its payload. */
function withChangedBody(bytes: Buffer): Buffer {
  const text = bytes.toString('latin1').replace(/^Content-Length:.*\r\n/im, '')
  const changed = text.replace(/<[\w-]+:Body\b[^>]*><[\w:.-]+/, (start) => `${start} changed="yes"`)
  expect(changed).not.toBe(text)
  return Buffer.from(changed, 'latin1')
}

afterEach(() => vi.restoreAllMocks())

describe.runIf(available)('the recorded requests', () => {
  it('are all judged: 114 of them, 90 signed', () => {
    expect(peers).toHaveLength(114)
    const bySecurity = (has: boolean) => peers.filter(({ kind }) => (kind === 'none') !== has)
    for (const { file } of bySecurity(true)) expect(bytesOf(file).includes(':Security '), file).toBe(true)
    for (const { file } of bySecurity(false)) expect(bytesOf(file).includes(':Security '), file).toBe(false)
    expect(bySecurity(true)).toHaveLength(90)
    // what the issue names is among them
    const texts = peers.map(({ file }) => bytesOf(file).toString('latin1'))
    expect(texts.some((text) => text.includes('ecdsa-sha256'))).toBe(true)
    expect(texts.some((text) => text.includes('multipart/related'))).toBe(true)
    expect(texts.some((text) => text.includes('application/xop+xml'))).toBe(true)
    expect(texts.some((text) => text.includes(':Security ') && !/^SOAPAction:/im.test(text))).toBe(true)
  })

  it.each(peers)('$file is accepted as $kind', (peer) => {
    const bytes = bytesOf(peer.file)
    const judgement = judgeEnvelope(bytes, policyOf(peer, bytes))
    expect(judgement.errors).toEqual([])
    expect(judgement.valid).toBe(true)
    expect(judgement.covered).toEqual(peer.signedParts)
    const { headers, body } = parseHttpDump(bytes)
    const { attachments, root } = openBody(headers['content-type'], body)
    expect(parseEnvelope(root).payload.namespace).toMatch(/^(urn|http)/)
    expect(judgement.warnings).toHaveLength(attachments.size > 0 ? 1 : 0)
  })

  const signed = peers.filter(({ kind }) => kind !== 'none')

  it.each(signed)('$file is refused when changed, late, or by strangers', (peer) => {
    const bytes = bytesOf(peer.file)
    const policy = policyOf(peer, bytes)
    const codeOf = (content: Buffer, more: Partial<JudgeEnvelopeOptions>): string | undefined =>
      judgeEnvelope(content, { ...policy, ...more }).errors[0]?.code
    const later = new Date(policy.at.getTime() + 11 * 60_000)
    expect(codeOf(bytes, { at: later })).toBe('signature.timestamp')
    if (peer.kind === 'saml-hok') expect(codeOf(bytes, { sts: [] })).toBe('token.untrusted')
    else expect(codeOf(bytes, { trust: [] })).toBe('certificate.untrusted')
    const changed = withChangedBody(bytes)
    // GenericAsync signs its Timestamp alone
    const expected = peer.signedParts.includes('body') ? 'signature.digest' : undefined
    expect(codeOf(changed, {})).toBe(expected)
  })

  it('get the same verdict from `ehealth verify`', async () => {
    for (const peer of peers) {
      const bytes = bytesOf(peer.file)
      let stdout = ''
      vi.spyOn(process.stdout, 'write').mockImplementation((chunk) => {
        stdout += String(chunk)
        return true
      })
      const parameters = [
        ...['--kind', 'envelope', '--policy', peer.kind, '--at', createdIn(bytes).toISOString()],
        ...(peer.signedParts.length === 0 ? [] : ['--require', peer.signedParts.join(',')]),
        ...['--trust', ...anchors.map((name) => vectors + name), '--sts', vectors + stsFile],
      ]
      const code = await main([
        'verify',
        '--json',
        ...parameters,
        '--',
        `${vectors}peer-requests/${peer.file}`,
      ])
      vi.restoreAllMocks()
      expect([code, JSON.parse(stdout)], peer.file).toMatchObject([0, { valid: true, errors: [] }])
    }
  })
})
