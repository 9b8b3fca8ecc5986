/** Tokens of the simulator before OpenSSL, and tokens of OpenSSL before us. */
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { connect, type Connection } from '../src/connect.js'
import { hospital } from '../src/professions/index.js'
import { startSimulator, type Simulator } from '../src/simulator/index.js'
import { Certificate } from '../src/technical/pki/certificate.js'
import { verifyTimestampToken } from '../src/technical/timestampToken/index.js'

const available = spawnSync('openssl', ['version']).status === 0
if (!available) console.warn('SKIPPED: no openssl command on this machine')

const directory = mkdtempSync(join(tmpdir(), 'timestamps-'))
const at = (name: string): string => join(directory, name)
const openssl = (...parameters: string[]) =>
  spawnSync('openssl', parameters, { cwd: directory, encoding: 'utf8' })
const document = Buffer.from('<TimeStampBag/>')

afterAll(() => rmSync(directory, { recursive: true }))

describe.runIf(available)('openssl ts', () => {
  let simulator: Simulator
  let me: Connection<'ehbox'>

  beforeAll(async () => {
    simulator = await startSimulator({ dir: at('platform') })
    const { keystore, password, nihii } = simulator.personas.hospital
    me = await connect({
      environment: simulator.environment,
      runtime: simulator.runtime,
      keystore: { bytes: keystore, password },
      as: hospital({ nihii }),
    })
    writeFileSync(at('document'), document)
  })
  afterAll(async () => {
    await me.close()
    await simulator.close()
  })

  const verify = (token: string, data = 'document') =>
    openssl(
      ...['ts', '-verify', '-token_in', '-in', token, '-data', data],
      ...['-CAfile', 'platform/pki/root.pem', '-untrusted', 'untrusted.pem'],
    )

  it.each([
    ['v1', 'v2.1-cert'],
    ['v1', 'v2.1'],
  ] as const)('verifies a token of the simulator (%s, %s)', async (_, profile) => {
    const { token } = await me.technical.timestamp.stamp({ document }, { profile })
    writeFileSync(at('token'), token)
    writeFileSync(
      at('untrusted.pem'),
      ['issuing', 'timestampAuthority']
        .map((role) => readFileSync(at(`platform/pki/${role}.pem`), 'utf8'))
        .join(''),
    )
    expect(verify('token').stdout).toContain('Verification: OK')
    writeFileSync(at('other'), 'other')
    expect(verify('token', 'other').status).not.toBe(0)
    const text = openssl('ts', '-reply', '-token_in', '-in', 'token', '-token_out', '-text').stdout
    for (const part of [
      'Policy OID: 1.3.6.1.4.1.601.10.3.1',
      'Hash Algorithm: sha256',
      'Accuracy: unspecified seconds, 0x01F4 millis',
    ])
      expect(text).toContain(part)
  })

  it('with the second version of the attribute, too', async () => {
    await using own = await startSimulator({ timestamps: { signingCertificate: 'v2' }, dir: at('second') })
    const { keystore, password, nihii } = own.personas.hospital
    await using user = await connect({
      environment: own.environment,
      runtime: own.runtime,
      keystore: { bytes: keystore, password },
      as: hospital({ nihii }),
    })
    const { token } = await user.technical.timestamp.stamp({ document })
    writeFileSync(at('token2'), token)
    const { stdout } = openssl(
      ...['ts', '-verify', '-token_in', '-in', 'token2', '-data', 'document'],
      ...['-CAfile', 'second/pki/root.pem', '-untrusted', 'second/pki/issuing.pem'],
    )
    expect(stdout).toContain('Verification: OK')
  })

  it.each(['signature', 'altered', 'no-purpose', 'expired-authority'] as const)(
    'refuses with us a token with the flaw %s',
    async (flaw) => {
      simulator.faults.add({ kind: 'stamp', flaw })
      const { token, verification } = await me.technical.timestamp.stamp({ document }, { verify: 'report' })
      expect(verification.valid).toBe(false)
      writeFileSync(at('bad'), token)
      expect(verify('bad').stdout).not.toContain('Verification: OK')
    },
  )

  it.each([
    ['rsa:2048', 'sha256', 'sha256'],
    ['rsa:2048', 'sha512', 'sha1'],
    ['ec', 'sha384', 'sha256'],
  ])('makes tokens that we verify (%s, %s, attribute %s)', async (key, digest, ess) => {
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', key, ...(key === 'ec' ? ['-pkeyopt', 'ec_paramgen_curve:P-256'] : [])],
        ...[
          '-nodes',
          '-keyout',
          'tsa.key',
          '-out',
          'tsa.pem',
          '-subj',
          '/C=BE/CN=OpenSSL TSA',
          '-days',
          '30',
        ],
        ...[
          '-addext',
          'extendedKeyUsage=critical,timeStamping',
          '-addext',
          'keyUsage=critical,digitalSignature',
        ],
      ],
      { cwd: directory, stdio: 'ignore' },
    )
    writeFileSync(
      at('tsa.cnf'),
      `[tsa]\ndefault_tsa = own\n[own]\nserial = serial\nsigner_cert = tsa.pem\nsigner_key = tsa.key\n` +
        `signer_digest = sha256\ndefault_policy = 1.3.6.1.4.1.601.10.3.1\ndigests = sha256, sha384, sha512\n` +
        `accuracy = secs:1, millisecs:500, microsecs:100\nordering = yes\ntsa_name = yes\ness_cert_id_alg = ${ess}\n`,
    )
    openssl('ts', '-query', '-data', 'document', `-${digest}`, '-cert', '-out', 'query')
    const reply = openssl('ts', '-reply', '-config', 'tsa.cnf', '-queryfile', 'query', '-out', 'reply')
    expect(reply.status, reply.stderr).toBe(0)
    const nonce = /Nonce: (0x[0-9A-F]+)/.exec(openssl('ts', '-query', '-in', 'query', '-text').stdout)![1]!
    const options = { data: document, trust: [Certificate.from(readFileSync(at('tsa.pem')))] }
    const verdict = await verifyTimestampToken(readFileSync(at('reply')), {
      ...options,
      nonce: BigInt(nonce),
    })
    expect([verdict.errors, verdict.warnings]).toEqual([[], []])
    expect(verdict.token).toMatchObject({
      accuracyMs: 1500.1,
      tsa: 'CN=OpenSSL TSA,C=BE',
      wrapping: { response: true },
    })
    const other = await verifyTimestampToken(readFileSync(at('reply')), {
      ...options,
      nonce: BigInt(nonce) + 1n,
    })
    expect(other.errors.map(({ code }) => code)).toEqual(['timestamp.nonce'])
  })
})
