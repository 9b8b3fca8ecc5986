/**
 * What one signed call costs: building and signing, verifying, and the whole exchange over loopback, for bodies of 1 KiB,
 * 100 KiB and 7 MiB, against the bare cost of hash and signature, xml-crypto's way and node-soap's way (when `soap` is
 * installed). Contenders take turns, so that whatever else the machine does meets them all; medians.
 *
 *     npx vitest run --config bench/vitest.config.ts bench/soap.ts
 */
import { fork, type ChildProcess } from 'node:child_process'
import { createHash, createPrivateKey } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, it } from 'vitest'
import { SignedXml } from 'xml-crypto'

import { systemRuntime } from '../src/technical/environment/runtime.js'
import { call } from '../src/technical/soap/call.js'
import { buildEnvelope, envelopePieces, parseEnvelope } from '../src/technical/soap/envelope.js'
import { createTransport } from '../src/technical/soap/transport.js'
import type { Operation, Security } from '../src/technical/soap/types.js'
import { verifyEnvelope } from '../src/technical/soap/wsSecurity/verify.js'
import { base64Binary, namespace, string, type Infer } from '../src/technical/xml/index.js'
import {
  wssAssertion,
  wssCertificate,
  wssClock,
  wssCredential,
  wssFile,
} from '../test/technical/soap/wssFixtures.js'
import { median, turns, type Contenders, type Run } from './turns.js'

const sizes = { '1 KiB': 1024, '100 KiB': 100 * 1024, '7 MiB': 7 * 1024 * 1024 }
const rounds = { '1 KiB': 200, '100 KiB': 100, '7 MiB': 9 }

const bench = namespace('urn:bench', { prefix: 'b', qualified: true })
const Send = bench.element('Send', bench.sequence({ Content: base64Binary }))
const SendText = bench.element('Send', bench.sequence({ Content: string() }))
const Done = bench.element('Done', bench.sequence({ Text: string() }))

const privateKey = createPrivateKey(wssFile('keys/holder-rsa.key.pem'))
const credential = wssCredential('holder-rsa')
const security: Security = { kind: 'x509', credential }
const runtime = systemRuntime

const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const sha256 = 'http://www.w3.org/2001/04/xmlenc#sha256'

/** node-soap, which is no dependency of the bench: it may not be there. */
interface NodeSoap {
  WSSecurityCert: new (
    key: unknown,
    certificate: string,
    password: string,
    options: object,
  ) => { postProcess(xml: string, envelopeKey: string): string }
  createClientAsync(wsdl: string): Promise<{
    setSecurity(security: unknown): void
    SendAsync(value: unknown): Promise<unknown>
  }>
}
const nodeSoap = (await import('soap').catch(() => undefined)) as NodeSoap | undefined

/** Hash over the body and one signature over something as large as a SignedInfo. */
async function bare(body: Uint8Array): Promise<void> {
  createHash('sha256').update(body).digest()
  // in the pool of threads, as every signature of the library: this thread goes on with other sessions meanwhile
  await credential.sign('rsa-sha256', Buffer.alloc(1200, 'x'))
}

/** Signs Body, Timestamp and token of a finished envelope, as our message does. */
function signWithXmlCrypto(envelope: string): string {
  const signer = new SignedXml({ privateKey, idMode: 'wssecurity' })
  signer.canonicalizationAlgorithm = exclusive
  signer.signatureAlgorithm = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
  for (const local of ['Body', 'Timestamp', 'BinarySecurityToken'])
    signer.addReference({
      xpath: `//*[local-name()='${local}']`,
      transforms: [exclusive],
      digestAlgorithm: sha256,
    })
  signer.computeSignature(envelope, {
    location: { reference: "//*[local-name()='Security']", action: 'append' },
  })
  return signer.getSignedXml()
}

const nodeSoapSecurity = () =>
  nodeSoap &&
  new nodeSoap.WSSecurityCert(wssFile('keys/holder-rsa.key.pem'), credential.certificate.toPem(), '', {
    hasTimeStamp: true,
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
  })

const textOf = (length: number): string => Buffer.alloc((length * 3) / 4, 'a body').toString('base64')
const writtenOf = (content: string) => ({
  xml: `<b:Send xmlns:b="urn:bench"><b:Content>${content}</b:Content></b:Send>`,
  canonical: true,
})

async function compare(title: string, contenders: (size: number) => Promise<Contenders>): Promise<void> {
  const rows: Record<string, unknown>[] = []
  for (const [label, size] of Object.entries(sizes) as [keyof typeof sizes, number][]) {
    const times = await turns(await contenders(size), rounds[label])
    const of = (runs: readonly Run[], kind: keyof Run) => median(runs.map((run) => run[kind]))
    const base = Object.values(times)[0]!
    for (const [name, runs] of Object.entries(times)) {
      const [clock, processor] = [of(runs, 'clock'), of(runs, 'processor')]
      rows.push({
        size: label,
        what: name,
        ms: clock.toFixed(2),
        ratio: (clock / of(base, 'clock')).toFixed(2),
        processor: processor.toFixed(2),
        'ratio of processor': (processor / of(base, 'processor')).toFixed(2),
      })
    }
  }
  console.log(title)
  console.table(rows)
}

it('building and signing', async () => {
  await compare('building and signing (ratio to bare hash and signature)', async (size) => {
    const content = textOf(size)
    const octets = Buffer.from(content)
    const raw = Buffer.from(content, 'base64')
    const open = (body: Parameters<typeof buildEnvelope>[0]['body']) =>
      buildEnvelope({ security: { kind: 'none' }, body, runtime })
    const plain = await open(writtenOf(content))
    const soapSecurity = nodeSoapSecurity()
    const atHand = writtenOf(content)
    // what xml-crypto is handed has its Timestamp and token already
    const prepared = (await buildEnvelope({ security, body: writtenOf(content), runtime })).replace(
      /<ds:Signature .*?<\/ds:Signature>/s,
      '',
    )
    return {
      'bare hash and RSA': () => bare(octets),
      'this library, text of the body at hand': () => envelopePieces({ security, body: atHand, runtime }),
      'this library, octets of a contract': () =>
        envelopePieces({ security, body: { declaration: Send, value: { Content: raw } }, runtime }),
      'this library, text of a contract': () =>
        envelopePieces({ security, body: { declaration: SendText, value: { Content: content } }, runtime }),
      'xml-crypto': () => signWithXmlCrypto(prepared),
      ...(soapSecurity === undefined ? {} : { 'node-soap': () => soapSecurity.postProcess(plain, 'S') }),
    }
  })
})

it('verifying', async () => {
  await compare('verifying (ratio to bare hash and signature)', async (size) => {
    const octets = Buffer.from(textOf(size))
    const body = writtenOf(textOf(size))
    const at = systemRuntime.now()
    const x509 = Buffer.from(await buildEnvelope({ security, body, runtime }))
    const assertion = wssAssertion('holder-rsa')
    const saml = Buffer.from(
      await buildEnvelope({
        security: { kind: 'saml-hok', credential, assertion },
        body,
        runtime: { ...runtime, now: () => wssClock },
      }),
    )
    const trust = [wssCertificate('ca')]
    const sts = [wssCertificate('sts')]
    const text = x509.toString()
    const signature = /<ds:Signature .*<\/ds:Signature>/s.exec(text)![0]
    return {
      'bare hash and RSA': () => bare(octets),
      'this library, X.509': () => verifyEnvelope(parseEnvelope(x509), { kind: 'x509', trust, sts, at }),
      'this library, holder-of-key': () =>
        verifyEnvelope(parseEnvelope(saml), { kind: 'saml-hok', trust, sts, at: wssClock }),
      'this library, parsing alone': () => parseEnvelope(x509),
      'xml-crypto, signature alone': () => {
        const verifier = new SignedXml({ publicCert: credential.certificate.toPem() })
        verifier.loadSignature(signature)
        if (!verifier.checkSignature(text)) throw new Error('not verified')
      },
    }
  })
})

let server: ChildProcess
let url: string
let folder: string
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'bench-'))
  const file = join(folder, 'server.mjs')
  writeFileSync(
    file,
    `import { createServer } from 'node:http'
     const answer = '<S:Envelope xmlns:S="http://schemas.xmlsoap.org/soap/envelope/"><S:Body><b:Done xmlns:b="urn:bench"><b:Text>ok</b:Text></b:Done></S:Body></S:Envelope>'
     const server = createServer((request, response) => {
       request.on('data', () => {}).on('end', () => response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8', 'content-length': answer.length }).end(answer))
     }).listen(0, '127.0.0.1', () => process.send(server.address().port))
     server.keepAliveTimeout = 60000`,
  )
  server = fork(file)
  url = await new Promise((resolve) =>
    server.once('message', (port: number) => resolve(`http://127.0.0.1:${port}/`)),
  )
})
afterAll(() => {
  server.kill()
  rmSync(folder, { recursive: true })
})

const operation: Operation<Infer<typeof Send>, Infer<typeof Done>> = {
  service: 'ehboxConsultation',
  name: 'send',
  soapAction: 'urn:bench:send',
  request: Send,
  response: Done,
  security: 'x509',
  idempotent: true,
}

const wsdl = (): string => {
  const file = join(folder, 'bench.wsdl')
  writeFileSync(
    file,
    `<definitions xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:b="urn:bench" targetNamespace="urn:bench">
<types><schema xmlns="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:bench" elementFormDefault="qualified">
<element name="Send"><complexType><sequence><element name="Content" type="base64Binary"/></sequence></complexType></element>
<element name="Done"><complexType><sequence><element name="Text" type="string"/></sequence></complexType></element></schema></types>
<message name="In"><part name="body" element="b:Send"/></message><message name="Out"><part name="body" element="b:Done"/></message>
<portType name="P"><operation name="Send"><input message="b:In"/><output message="b:Out"/></operation></portType>
<binding name="B" type="b:P"><s:binding transport="http://schemas.xmlsoap.org/soap/http"/><operation name="Send"><s:operation soapAction="urn:bench:send"/><input><s:body use="literal"/></input><output><s:body use="literal"/></output></operation></binding>
<service name="S"><port name="P" binding="b:B"><s:address location="${url}"/></port></service></definitions>`,
  )
  return file
}

it('one signed call over loopback, answer read', async () => {
  const transport = createTransport()
  const context = { transport, runtime, emit: () => {} }
  const soapSecurity = nodeSoapSecurity()
  const client = await nodeSoap?.createClientAsync(wsdl())
  client?.setSecurity(soapSecurity)
  await compare('one signed call over loopback (ratio to bare hash, signature and POST)', async (size) => {
    const content = textOf(size)
    const octets = Buffer.from(content)
    const raw = Buffer.from(content, 'base64')
    const headers = { 'Content-Type': 'text/xml' }
    return {
      'bare hash, RSA and POST': async () => {
        await bare(octets)
        await transport.post({ url, headers, body: octets })
      },
      'this library': () => call(operation, { Content: raw }, { endpoint: url, security, context }),
      ...(client === undefined ? {} : { 'node-soap': () => client.SendAsync({ Content: content }) }),
    }
  })
  transport.close()
})

it('calls per second of one process over loopback', async () => {
  const rows: Record<string, unknown>[] = []
  for (const sessions of [1, 16, 256]) {
    const transport = createTransport({ maxSockets: 256 })
    const context = { transport, runtime, emit: () => {} }
    const value = { Content: Buffer.alloc(768, 'x') }
    let done = 0
    const until = performance.now() + 5000
    const session = async (): Promise<void> => {
      while (performance.now() < until) {
        await call(operation, value, { endpoint: url, security, context })
        done++
      }
    }
    const used = process.cpuUsage()
    await Promise.all(Array.from({ length: sessions }, session))
    const { user, system } = process.cpuUsage(used)
    rows.push({
      sessions,
      'calls per second': Math.round(done / 5),
      'ms of processor per call': ((user + system) / 1000 / done).toFixed(2),
    })
    transport.close()
  }
  console.table(rows)
})
