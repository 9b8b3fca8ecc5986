/** The sealed-message vectors: keys, anchors and the verdicts of the official library (fixtures/etee). */
import { createHash, createPrivateKey, createPublicKey } from 'node:crypto'
import { readFileSync } from 'node:fs'

import type { NamedDecryptionKey } from '../../../src/technical/seal/decrypt.js'
import type { OcspPolicy } from '../../../src/technical/seal/ocsp.js'
import type { UnsealOptions } from '../../../src/technical/seal/index.js'
import type { SigningPolicyName } from '../../../src/technical/seal/policies.js'
import {
  openDecryptionKeys,
  openKeystore,
  type DecryptionKey,
  type Keystore,
} from '../../../src/technical/keystore/index.js'
import { rejectionSecret, unwrapRsa } from '../../../src/technical/keystore/unwrapRsa.js'
import { bits, readAsn1 } from '../../../src/technical/asn1/index.js'
import { Certificate } from '../../../src/technical/pki/certificate.js'

export const fixtures = new URL('../../../fixtures/etee/', import.meta.url)

interface Outcome {
  fatal: string | null
  errors?: string[]
  warnings?: string[]
  exception?: string
}

export interface MessageVector {
  file: string
  plaintext: string | null
  open: string
  policies: SigningPolicyName[]
  nonRepudiation: boolean
  ocspPolicy: string
  note: string
  officialVerdict: 'accept' | 'accept-with-warning' | 'refuse'
  within5Minutes: Outcome
  later: Outcome
  laterImplicitTime?: Outcome
}

export interface Vectors {
  messages: MessageVector[]
  etks: { file: string; checker: string }[]
  read(file: string): Buffer
  certificate(name: string): Certificate
  trust: Certificate[]
  keystore(name: string, alias?: string): Promise<Keystore>
  secretKey(name: string): { id: string; key: Uint8Array }
  optionsFor(vector: MessageVector): Promise<UnsealOptions>
}

/** Messages of the day of making were signed a minute before this. */
export const withinMinutes = new Date('2026-11-22T21:03:00Z')
export const later = new Date('2026-12-24T12:00:00Z')

export function openVectors(root: URL = fixtures): Vectors {
  const read = (file: string): Buffer => readFileSync(new URL(file, root))
  const manifest = JSON.parse(read('manifest.json').toString()) as {
    password: string
    messages: MessageVector[]
    etks: { file: string; checker: string }[]
  }
  const keys = JSON.parse(read('keys/keys.json').toString()) as Record<string, { keyId: string; key: string }>
  const { password } = manifest
  const certificate = (name: string): Certificate => Certificate.from(read(`pki/${name}.cer`))
  const trust = [certificate('root-ca'), certificate('issuing-ca')]
  const bytesOf = (name: string): { bytes: Uint8Array } => ({ bytes: read(`keystores/${name}.p12`) })
  const webKey = createPublicKey({ key: read('keys/web-key.spki'), format: 'der', type: 'spki' })
  const webKeyIdentifier = createHash('sha1')
    .update(bits(readAsn1(read('keys/web-key.spki')).at(1)).bytes)
    .digest()
  return {
    messages: manifest.messages,
    etks: manifest.etks,
    read,
    certificate,
    trust,
    keystore: (name, alias = 'authentication') =>
      openKeystore(bytesOf(name), { password, alias, now: withinMinutes }),
    secretKey: (name) => ({ id: keys[name]!.keyId, key: Buffer.from(keys[name]!.key, 'base64') }),
    optionsFor: async (vector) => ({
      ...(vector.open.startsWith('key-')
        ? { secretKey: Buffer.from(keys[vector.open]!.key, 'base64') }
        : { keys: vector.open === 'web-key' ? [webDecryptionKey()] : await decryptionKeys(vector.open) }),
      trust,
      timestampAuthorities: [...trust, certificate('tsa')],
      nonRepudiation: vector.nonRepudiation,
      ocsp: vector.ocspPolicy.toLowerCase().replace('_', '-') as OcspPolicy,
      policies: vector.policies,
      knownSigners: new Map([[webKeyIdentifier.toString('base64'), webKey]]),
    }),
  }

  /** A key pair without certificate, as a browser or an HSM would hold it. */
  function webDecryptionKey(): NamedDecryptionKey {
    const key = createPrivateKey({ key: read('keys/web-key.pkcs8'), format: 'der', type: 'pkcs8' })
    const secret = rejectionSecret(key)
    return {
      keyIdentifier: webKeyIdentifier,
      keyType: 'rsa',
      rsaBits: 2048,
      unwrapKey: async (encryptedKey, length) => unwrapRsa(key, secret, encryptedKey, length),
    }
  }

  function decryptionKeys(name: string): Promise<DecryptionKey[]> {
    return openDecryptionKeys(bytesOf(name), { password })
  }
}
