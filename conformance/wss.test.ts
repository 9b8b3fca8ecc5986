/** WS-Security before outside judges: xmlsec1 verifies what this library signs, message for message. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { writeAddressing } from '../src/technical/soap/addressing.js'
import { buildEnvelope, genericAsyncDemands, type Security } from '../src/technical/soap/index.js'
import { Ask, heldRuntime } from '../test/technical/soap/messages.js'
import { foreignElements, randomMessages } from '../test/technical/soap/randomMessage.js'
import { wssAssertion, wssClock, wssCredential } from '../test/technical/soap/wssFixtures.js'
import { shared } from './support/shared.js'

const vectors = shared('vectors/wss')
const fixtures = fileURLToPath(new URL('../fixtures', import.meta.url))

const hasXmlsec = spawnSync('xmlsec1', ['--version']).status === 0
if (!hasXmlsec) console.warn('SKIPPED: no xmlsec1 command on this machine')

type Signing = Exclude<Security, { kind: 'none' }>
const hok = (name: 'holder-rsa' | 'holder-ec'): Signing => ({
  kind: 'saml-hok',
  credential: wssCredential(name),
  assertion: wssAssertion(name),
})
const securities: Record<string, Signing> = {
  'X.509 with RSA': { kind: 'x509', credential: wssCredential('holder-rsa') },
  'X.509 with EC': { kind: 'x509', credential: wssCredential('holder-ec') },
  'holder-of-key with RSA': hok('holder-rsa'),
  'holder-of-key with EC': hok('holder-ec'),
  'sender-vouches': { ...hok('holder-rsa'), kind: 'saml-sender-vouches' } as Signing,
}

describe.runIf(existsSync(vectors))('the vectors beside this project', () => {
  const places = (name: string): string[] => [
    `wss/${name}`,
    `wss/envelopes/${name}`,
    ...(name.startsWith('responses/') ? [`soap/${name}`] : []),
    ...(name.startsWith('servicelist/') ? [name.replace('servicelist', 'soap/serviceLists')] : []),
  ]

  it('are all among the fixtures, octet for octet: every verdict that the tests give is about them', () => {
    const names = readdirSync(vectors, { recursive: true, encoding: 'utf8' }).filter((name) =>
      /^[nmp]\d\d-|^manifest|^(responses|servicelist)\/./.test(name),
    )
    expect(names.length).toBeGreaterThan(48 + 39 + 11)
    for (const name of names) {
      const copy = places(name)
        .map((place) => join(fixtures, place))
        .find((file) => existsSync(file))
      expect(copy, name).toBeDefined()
      expect(readFileSync(copy!).equals(readFileSync(join(vectors, name))), name).toBe(true)
    }
  })
})

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'wss-'))
})
afterAll(() => rmSync(directory, { recursive: true }))

function verdict(envelope: string, { credential }: Signing): number | null {
  const [file, certificate] = [join(directory, 'x.xml'), join(directory, 'c.pem')]
  writeFileSync(file, envelope)
  writeFileSync(certificate, credential.certificate.toPem())
  const ids = ['Body', 'Timestamp', 'BinarySecurityToken'].flatMap((local) => ['--id-attr:Id', local])
  const signature = ['Envelope', 'Header', 'Security', 'Signature']
  const path = signature.map((local) => `/*[local-name()='${local}']`).join('')
  return spawnSync('xmlsec1', [
    ...['--verify', '--insecure', '--pubkey-cert-pem', certificate],
    ...[...ids, '--id-attr:AssertionID', 'Assertion', '--node-xpath', path, file],
  ]).status
}

describe.runIf(hasXmlsec)('what this library signs', () => {
  const body = {
    declaration: Ask,
    value: { Id: 'a', Text: 'é & <\r\n\t> \u{1f600}', Flags: [true], lang: '"\t\n\r' },
  }

  it.each(Object.entries(securities))('is verified by xmlsec1: %s', async (_, security) => {
    const text = await buildEnvelope({ security, body, runtime: heldRuntime(wssClock) })
    expect(verdict(text, security)).toBe(0)
    expect(verdict(text.replace('é', 'e'), security)).not.toBe(0)
  })

  it('is verified by xmlsec1: the Timestamp alone, the assertion too, SHA-1', async () => {
    const security = hok('holder-rsa')
    for (const options of [
      { ...genericAsyncDemands, addressing: writeAddressing({ action: 'urn:a', to: '' }) },
      { signedParts: ['body', 'timestamp', 'assertion'] as const },
      { legacySha1: true },
    ]) {
      const text = await buildEnvelope({ security, body, runtime: heldRuntime(wssClock), ...options })
      expect(verdict(text, security)).toBe(0)
    }
  })

  it('is verified by xmlsec1: 150 random messages of random contracts', async () => {
    const messages = fc.sample(randomMessages, { numRuns: 150, seed: 20260115 })
    for (const [index, { declaration, value }] of messages.entries()) {
      const [name, security] = Object.entries(securities)[index % 5]!
      const random = { declaration: declaration, value }
      const text = await buildEnvelope({ security, body: random, runtime: heldRuntime(wssClock) })
      expect(verdict(text, security), `${index} ${name}: ${text}`).toBe(0)
    }
  })

  it('is verified by xmlsec1: elements that somebody else wrote', async () => {
    const security = securities['X.509 with EC']!
    for (const xml of fc.sample(foreignElements, { numRuns: 30, seed: 1 })) {
      const foreign = { xml, canonical: false }
      const text = await buildEnvelope({ security, body: foreign, runtime: heldRuntime(wssClock) })
      expect(verdict(text, security), text).toBe(0)
    }
  })
})
