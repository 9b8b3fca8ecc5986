/**
 * Sealed messages before outside judges: OpenSSL opens and verifies what this library seals, and this library gives the
 * verdicts of the official library over the complete set of its vectors.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'
import { createPrivateKey, randomBytes, type KeyObject } from 'node:crypto'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { readToken } from '../src/technical/etk/token.js'
import { verifyToken } from '../src/technical/etk/verifyToken.js'
import { softwareCredential, softwareDecryptionKey } from '../src/technical/keystore/index.js'
import { Certificate } from '../src/technical/pki/certificate.js'
import { seal, sealStream, unseal, unsealReport } from '../src/technical/seal/index.js'
import { fixtures, later, openVectors, withinMinutes } from '../test/technical/seal/vectors.js'
import { shared } from './support/shared.js'

const complete = pathToFileURL(shared('vectors/etee/'))
const hasVectors = existsSync(complete)
const hasOpenssl = spawnSync('openssl', ['version']).status === 0
if (!hasVectors) console.warn('SKIPPED: the complete sealed-message vectors are not beside this project')
if (!hasOpenssl) console.warn('SKIPPED: no openssl command on this machine')

describe('the complete vectors of the official library', () => {
  const vectors = openVectors(hasVectors ? complete : fixtures)
  for (const vector of vectors.messages)
    it.runIf(hasVectors)(`${vector.file}, ${vector.open}: ${vector.officialVerdict}`, async () => {
      const options = { ...(await vectors.optionsFor(vector)), now: later }
      const report = await unsealReport(vectors.read(vector.file), options)
      expect(report.accepted).toBe(vector.officialVerdict !== 'refuse')
      const { exception, errors = [], warnings = [] } = vector.later
      if (exception === undefined) {
        expect(report.fatal ?? null).toBe(vector.later.fatal)
        expect([...report.errors].sort()).toEqual([...errors].sort())
        expect([...report.warnings].sort()).toEqual([...warnings].sort())
      }
      if (report.accepted) expect(Buffer.compare(report.content, vectors.read(vector.plaintext!))).toBe(0)
    })
})

describe('OpenSSL', () => {
  const directory = mkdtempSync(join(tmpdir(), 'etee-'))
  const file = (name: string): string => join(directory, name)
  const openssl = (...parameters: string[]): Buffer =>
    execFileSync('openssl', parameters, { cwd: directory, stdio: ['ignore', 'pipe', 'pipe'] })
  const vectors = openVectors()
  const content = randomBytes(100_000)

  beforeAll(async () => {
    if (!hasOpenssl) return
    writeFileSync(file('trust.pem'), vectors.trust.map((certificate) => certificate.toPem()).join(''))
    writeFileSync(file('content.bin'), content)
    // A recipient of its own: OpenSSL needs the private key in a file.
    openssl(
      ...'req -x509 -newkey rsa:2048 -nodes -keyout reader.key -out reader.pem -days 20000'.split(' '),
      '-subj',
      '/CN=reader',
      '-addext',
      'keyUsage=keyEncipherment,dataEncipherment',
      '-set_serial',
      '0x91',
    )
    // And a signer of its own, for messages that OpenSSL makes.
    openssl(
      ...'req -x509 -newkey rsa:2048 -nodes -keyout signer.key -out signer.pem -days 20000'.split(' '),
      '-subj',
      '/CN=signer',
      '-addext',
      'keyUsage=digitalSignature',
    )
  })
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  const reader = (): Certificate => Certificate.from(readFileSync(file('reader.pem')))

  it.runIf(hasOpenssl)('verifies and decrypts, layer by layer, what is sealed here', async () => {
    const { authentication: credential } = await vectors.keystore('sender')
    const { id, key } = vectors.secretKey('key-128')
    const sealed = await seal(content, { credential, recipients: [reader()], secretKey: { id, key } })
    writeFileSync(file('sealed.cms'), sealed)
    const verify = ['cms', '-verify', '-inform', 'DER', '-binary', '-purpose', 'any', '-CAfile', 'trust.pem']
    openssl(...verify, '-in', 'sealed.cms', '-out', 'enveloped.cms')
    openssl(
      'cms',
      '-decrypt',
      '-inform',
      'DER',
      '-binary',
      '-in',
      'enveloped.cms',
      '-inkey',
      'reader.key',
      '-recip',
      'reader.pem',
      '-out',
      'inner.cms',
    )
    writeFileSync(file('sender.pem'), credential.certificate.toPem())
    openssl(...verify, '-certfile', 'sender.pem', '-in', 'inner.cms', '-out', 'opened.bin')
    expect(readFileSync(file('opened.bin')).equals(content)).toBe(true)
    const keyHex = Buffer.from(key).toString('hex')
    const idHex = Buffer.from(id, 'base64').toString('hex')
    openssl(
      'cms',
      '-decrypt',
      '-inform',
      'DER',
      '-binary',
      '-in',
      'enveloped.cms',
      '-secretkey',
      keyHex,
      '-secretkeyid',
      idHex,
      '-out',
      'inner2.cms',
    )
    expect(readFileSync(file('inner2.cms')).equals(readFileSync(file('inner.cms')))).toBe(true)
  })

  it.runIf(hasOpenssl)('refuses a message that was changed, as this library does', async () => {
    const { authentication: credential } = await vectors.keystore('sender')
    const sealed = Buffer.from(await seal(content, { credential, recipients: [reader()] }))
    sealed[5000]! ^= 1
    writeFileSync(file('changed.cms'), sealed)
    expect(() =>
      openssl(
        'cms',
        '-verify',
        '-inform',
        'DER',
        '-binary',
        '-purpose',
        'any',
        '-CAfile',
        'trust.pem',
        '-in',
        'changed.cms',
        '-out',
        'never.bin',
      ),
    ).toThrow()
  })

  it.runIf(hasOpenssl)('makes messages that are opened here', async () => {
    const plain = ['cms', '-sign', '-binary', '-nodetach', '-outform', 'DER', '-md', 'sha256']
    const signer = ['-signer', 'signer.pem', '-inkey', 'signer.key']
    const pss = ['-keyopt', 'rsa_padding_mode:pss', '-keyopt', 'rsa_pss_saltlen:32']
    // OpenSSL cannot stream a PSS signature; its streamed messages are BER with indefinite lengths.
    for (const [stream, scheme] of [
      [[], pss],
      [['-stream'], []],
    ] as const) {
      const sign = [...plain, ...signer, ...scheme]
      openssl(...sign, ...stream, '-in', 'content.bin', '-out', 'inner.cms')
      openssl(
        'cms',
        '-encrypt',
        '-binary',
        ...stream,
        '-outform',
        'DER',
        '-aes-128-cbc',
        '-in',
        'inner.cms',
        '-out',
        'enveloped.cms',
        'reader.pem',
      )
      openssl(...sign, ...stream, '-in', 'enveloped.cms', '-out', 'sealed.cms')
      const author = Certificate.from(readFileSync(file('signer.pem')))
      const key = softwareDecryptionKey({ certificate: reader(), privateKey: privateKey('reader.key') })
      const opened = await unseal(readFileSync(file('sealed.cms')), { keys: [key], trust: [author] })
      expect(Buffer.compare(opened.content, content)).toBe(0)
      expect(opened.authorCertificate?.equals(author)).toBe(true)
    }
  })

  it.runIf(hasOpenssl)(
    'reads the tokens that are read here, and agrees on the encryption certificate',
    () => {
      writeFileSync(file('token.etk'), vectors.read('etk/recipient-a.etk'))
      openssl(
        'cms',
        '-verify',
        '-inform',
        'DER',
        '-binary',
        '-noverify',
        '-in',
        'token.etk',
        '-out',
        'token.cer',
      )
      const token = verifyToken(readToken(vectors.read('etk/recipient-a.etk')), {
        trust: vectors.trust,
        at: withinMinutes,
      })
      expect(Buffer.compare(readFileSync(file('token.cer')), token.encryptionCertificate.der)).toBe(0)
    },
  )

  const privateKey = (name: string): KeyObject => createPrivateKey(readFileSync(file(name)))

  /** A self-signed certificate with its key in files of this name. */
  function certified(name: string, key: string, usage: string): Certificate {
    openssl(
      ...`req -x509 -newkey ${key} -nodes -keyout ${name}.key -out ${name}.pem -days 20000`.split(' '),
      '-subj',
      `/CN=${name}`,
      '-addext',
      `keyUsage=${usage}`,
    )
    return Certificate.from(readFileSync(file(`${name}.pem`)))
  }

  const inPieces = async function* (bytes: Uint8Array): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.length; at += 7000) yield bytes.subarray(at, at + 7000)
  }

  const readers = ['rsa:2048', 'rsa:3072', 'rsa:4096']
  const signers = [
    ['rsa:2048', 'EHEALTH_CERT'],
    ['rsa:2048', 'EID'],
    ['rsa:4096', 'EHEALTH_CERT'],
    ['ec -pkeyopt ec_paramgen_curve:P-256', 'ECDSA'],
    ['ec -pkeyopt ec_paramgen_curve:P-384', 'ECDSA'],
  ] as const

  it.runIf(hasOpenssl)(
    'verifies, decrypts and verifies what is sealed here for keys of every size and signed by every kind, also as streams',
    { timeout: 120_000 },
    async () => {
      const recipients = readers.map((key, i) =>
        certified(`reader-${i}`, key, 'keyEncipherment,dataEncipherment'),
      )
      for (const [i, [key, policy]] of signers.entries()) {
        const certificate = certified(`signer-${i}`, key, 'digitalSignature')
        const credential = softwareCredential({ certificate, privateKey: privateKey(`signer-${i}.key`) })
        const options = { credential, recipients, policy }
        const stream = (more: object): Promise<Buffer> =>
          buffer(sealStream(inPieces(content), { ...options, ...more }))
        const ways = {
          memory: await seal(content, options),
          'stream of known length': await stream({ contentLength: content.length }),
          'stream of unknown length': await stream({}),
        }
        for (const [way, sealed] of Object.entries(ways)) {
          writeFileSync(file('s.cms'), sealed)
          const verify = ['cms', '-verify', '-inform', 'DER', '-binary', '-purpose', 'any']
          const by = ['-CAfile', `signer-${i}.pem`, '-certfile', `signer-${i}.pem`]
          openssl(...verify, ...by, '-in', 's.cms', '-out', 'e.cms')
          for (const reading of readers.keys()) {
            const recipient = ['-inkey', `reader-${reading}.key`, '-recip', `reader-${reading}.pem`]
            openssl(
              'cms',
              '-decrypt',
              '-inform',
              'DER',
              '-binary',
              '-in',
              'e.cms',
              ...recipient,
              '-out',
              'i.cms',
            )
            openssl(...verify, ...by, '-in', 'i.cms', '-out', 'o.bin')
            expect(readFileSync(file('o.bin')).equals(content), `${key}, ${way}`).toBe(true)
          }
        }
      }
    },
  )
})
