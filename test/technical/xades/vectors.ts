/** The vectors of `fixtures/xmldsig`, made and judged with the official connector. */
import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'

import { softwareCredential, type Credential } from '../../../src/technical/keystore/index.js'
import { Certificate } from '../../../src/technical/pki/index.js'

const folder = new URL('../../../fixtures/xmldsig/', import.meta.url)

export const bytes = (file: string): Buffer => readFileSync(new URL(file, folder))
export const text = (file: string): string => bytes(file).toString('utf8')
export const certificate = (name: string): Certificate => Certificate.from(text(`pki/${name}.cert.pem`))

export interface VerifyVector {
  id: string
  category: 'must-verify' | 'must-fail' | 'policy'
  level: 'xmldsig' | 'xades' | 'xades-t' | 'xades-c' | 'cades'
  document: string
  signature?: string
  options: { followNestedManifest?: boolean; baseURI?: string }
  verifyAt: string
  mustCoverId?: string
  expect: 'valid' | 'invalid'
  error?: string
}

export interface SignVector {
  id: string
  level: string
  signer: 'signer-rsa' | 'signer-ec'
  document: string
  options: Record<string, unknown>
  output: string
  signingTime: string
  signedInfoC14nSha256: string
  signatureValue: string
  signatureId: string
  signedPropertiesId?: string
  references: { uri: string; type: string; digest: string }[]
  timestampInput?: string
  timestampInputSha256?: string
  timestampRequestId?: string
}

export const index = JSON.parse(text('index.json')) as {
  trustedCAs: string[]
  trustedTSAs: string[]
  revokedSerials: string[]
  verify: VerifyVector[]
  sign: SignVector[]
}

export const trust = index.trustedCAs.map((file) => Certificate.from(text(file)))
export const timestampAuthorities = index.trustedTSAs.map((file) => Certificate.from(text(file)))

export function credential(name: SignVector['signer'], chain = true): Credential {
  return softwareCredential({
    certificate: certificate(name),
    chain: chain ? [certificate('issuing-ca'), certificate('root')] : [],
    privateKey: createPrivateKey(text(`pki/${name}.key.pem`)),
  })
}
