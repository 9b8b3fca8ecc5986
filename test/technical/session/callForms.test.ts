/** Calls of a session beyond the usual: answers too large for memory, assertions about others, headers of one's own. */
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { consultationOperations as ehbox } from '../../../src/business/ehbox/contract.js'
import { connect, type Connection } from '../../../src/index.js'
import { nurse, physician } from '../../../src/professions/index.js'
import { writeAssertion } from '../../../src/simulator/services/sts/assertion.js'
import { startSimulator, type Simulator } from '../../../src/simulator/index.js'
import { Certificate } from '../../../src/technical/pki/index.js'
import { parseEnvelope } from '../../../src/technical/soap/envelope.js'
import { resolveAttachment } from '../../../src/technical/soap/attachments/swa.js'
import { wsaNamespace } from '../../../src/technical/soap/namespaces.js'
import type { SamlAssertion } from '../../../src/technical/soap/types.js'
import { verifyEnvelope } from '../../../src/technical/soap/wsSecurity/verify.js'
import { signEnveloped } from '../../../src/technical/xml/signature/index.js'
import { childElements, childNamed, descendants, textOf } from '../../../src/technical/xml/tree.js'
import { ask } from '../soap/messages.js'
import { startTestServer, type TestServer } from '../soap/testServer.js'
import { wssCertificate, wssCredential } from '../soap/wssFixtures.js'

let simulator: Simulator
let server: TestServer
const seen: { headers: Record<string, unknown>; body: string }[] = []
const directory = mkdtempSync(join(tmpdir(), 'call-forms-'))
const opened: Connection<'ehbox'>[] = []

beforeAll(async () => {
  simulator = await startSimulator()
  server = await startTestServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.on('end', () => {
      seen.push({ headers: incoming.headers, body: Buffer.concat(chunks).toString() })
      outgoing.writeHead(200, { 'Content-Type': 'text/xml' })
      outgoing.end(
        '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><d:Answer xmlns:d="urn:test:soap"><Text>ok</Text></d:Answer></S:Body></S:Envelope>',
      )
    })
  })
})
afterAll(async () => {
  await Promise.all(opened.map((connection) => connection.close()))
  await server.close()
  await simulator.close()
  rmSync(directory, { recursive: true })
})

async function open(name: 'physician' | 'nurse'): Promise<Connection<'ehbox'>> {
  const { ssin, nihii, keystore, password } = simulator.personas[name]
  const { environment } = simulator
  const connection = await connect({
    environment: {
      ...environment,
      trust: {
        ...environment.trust,
        tls: [...environment.trust.tls!, server.authorities.root.certificate.toPem()],
      },
    },
    keystore: { bytes: keystore, password },
    as: name === 'physician' ? physician({ ssin, nihii }) : nurse({ ssin, nihii }),
    http: { maxResponseBytes: 8 << 20 },
  })
  opened.push(connection)
  return connection
}

describe('an answer with large attachments', () => {
  it('goes to files with the token of the session, and is gone when it is closed', async () => {
    const content = Buffer.alloc(3 << 20, 'scan')
    const [me, reader] = [await open('physician'), await open('nurse')]
    const { ssin } = simulator.personas.nurse
    await me.ehbox.send({
      to: [{ ssin, quality: 'NURSE' }],
      title: 'T',
      body: 'text',
      annexes: [{ title: 'A', fileName: 'a.bin', mimeType: 'application/octet-stream', content }],
    })
    const { value: list } = await reader.technical.call(ehbox.getMessagesList, { Source: 'INBOX' })
    const MessageId = list.Message![0]!.MessageId
    {
      await using answer = await reader.technical.callStreaming(
        ehbox.getFullMessage,
        { Source: 'INBOX', MessageId },
        { directory, spoolAbove: 1 << 20 },
      )
      const href = [...descendants(answer.element)].map(textOf).find((text) => text.startsWith('cid:'))!
      const large = [...answer.attachments.values()].find(({ length }) => length === content.length)!
      expect(resolveAttachment(href, answer.attachments)).toBeDefined()
      expect(large.file).toContain(directory)
      expect(existsSync(large.file!)).toBe(true)
      const pieces: Uint8Array[] = []
      for await (const piece of large.stream()) pieces.push(piece)
      expect(Buffer.concat(pieces).equals(content)).toBe(true)
      expect(answer.meta).toMatchObject({ service: 'ehboxConsultation', operation: 'getFullMessage' })
    }
    expect(readdirSync(directory)).toEqual([])

    // a refused token is renewed here as well, and a call that fails leaves no file
    simulator.faults.add({ kind: 'soa', code: 'SOA-01001', service: 'ehboxConsultation' })
    const again = await reader.technical.callStreaming(
      ehbox.getFullMessage,
      { Source: 'INBOX', MessageId },
      { directory, spoolAbove: 1 << 20 },
    )
    expect(again.meta.failedAttempts).toHaveLength(1)
    await again.close()
    simulator.faults.add({ kind: 'truncate', service: 'ehboxConsultation', times: Infinity })
    await expect(
      reader.technical.callStreaming(
        ehbox.getFullMessage,
        { Source: 'INBOX', MessageId },
        { directory, spoolAbove: 1 << 20, retry: { attempts: 1 } },
      ),
    ).rejects.toMatchObject({ code: 'transport.reset' })
    simulator.faults.clear()
    expect(readdirSync(directory)).toEqual([])
    await reader.close()
    await expect(
      reader.technical.callStreaming(ehbox.getFullMessage, { Source: 'INBOX', MessageId }),
    ).rejects.toMatchObject({ code: 'configuration.closed' })
  })
})

async function vouchedFor(): Promise<SamlAssertion> {
  const id = `_${'1'.repeat(32)}`
  const now = new Date()
  const other = wssCertificate('holder-ec')
  const plain = writeAssertion({
    id,
    issuedAt: now,
    notBefore: new Date(now.getTime() - 60_000),
    notOnOrAfter: new Date(now.getTime() + 3_600_000),
    identification: other,
    holderOfKey: other,
    attributes: [{ name: 'urn:test', namespace: 'urn:test', values: ['1'] }],
  }).replaceAll('cm:holder-of-key', 'cm:sender-vouches')
  return {
    id,
    xml: await signEnveloped(plain, { idAttribute: 'AssertionID', credential: wssCredential('sts') }),
  }
}

const request = { Id: 'a', Text: 'question', Flags: [] }

describe('whoever vouches for somebody', () => {
  it('signs with the own key, over Body, Timestamp and certificate, beside an assertion of the other', async () => {
    const me = await open('physician')
    const assertion = await vouchedFor()
    seen.length = 0
    const operation = { ...ask(), security: 'saml-sender-vouches' as const }
    const { value } = await me.technical.call(operation, request, { endpoint: server.url, assertion })
    expect(value.Text).toBe('ok')
    const { authentication } = await me.session.keystore()
    const verified = verifyEnvelope(parseEnvelope(seen[0]!.body), {
      kind: 'saml-sender-vouches',
      trust: simulator.environment.trust.signers!.flatMap((root) => Certificate.allFrom(root)),
      intermediates: authentication.chain,
      sts: [wssCertificate('sts')],
      at: new Date(),
    })
    expect(verified.covered).toEqual(['body', 'timestamp', 'bst'])
    expect(seen[0]!.body).toContain(Buffer.from(authentication.certificate.der).toString('base64'))
    // without a token of his own being asked for
    expect(JSON.parse(JSON.stringify(me.session))).toMatchObject({ tokenUntil: null })
  })

  it('brings an assertion, and nobody else does', async () => {
    const me = await open('physician')
    const assertion = await vouchedFor()
    seen.length = 0
    for (const [security, options] of [
      ['saml-sender-vouches', {}],
      ['saml-hok', { assertion }],
      ['x509', { assertion }],
      ['none', { assertion }],
    ] as const)
      await expect(
        me.technical.call({ ...ask(), security }, request, { endpoint: server.url, ...options }),
      ).rejects.toMatchObject({ code: 'configuration.invalid', path: 'assertion' })
    expect(seen).toEqual([])
  })
})

describe('the headers of one call', () => {
  it('have no SOAPAction where the caller says so, another one, and WS-Addressing behind Security', async () => {
    const me = await open('physician')
    seen.length = 0
    const to = { endpoint: server.url }
    const operation = ask('x509')
    const addressing = { action: 'urn:test:act', to: 'urn:test:to', messageId: 'id-1' }
    await me.technical.call(operation, request, to)
    await me.technical.call(operation, request, { ...to, soapAction: false })
    await me.technical.call(operation, request, { ...to, soapAction: 'urn:test:other', addressing })
    expect(seen.map(({ headers }) => headers['soapaction'])).toEqual([
      '"urn:test:soap:ask"',
      undefined,
      '"urn:test:other"',
    ])
    const { header } = parseEnvelope(seen[2]!.body)
    expect(childElements(header!).map(({ local }) => local)).toEqual([
      'Security',
      'Action',
      'To',
      'MessageID',
    ])
    expect(textOf(childNamed(header!, wsaNamespace, 'Action')!)).toBe('urn:test:act')
  })

  it.each(['a"b', 'a\r\nX-Other: 1', 'é'])('are never written by an action like %j', async (soapAction) => {
    const me = await open('physician')
    seen.length = 0
    await expect(
      me.technical.call(ask(), request, { endpoint: server.url, soapAction }),
    ).rejects.toMatchObject({ code: 'configuration.invalid', path: 'soapAction' })
    expect(seen).toEqual([])
  })
})
