/** The simulator's own authorities: root, issuing CA, TLS server, STS signer, registration authority of tokens. */
import { generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'

import type { Runtime } from '../../technical/environment/runtime.js'
import type { Certificate } from '../../technical/pki/certificate.js'
import { encodeName, extendedUsage, issueCertificate, type CertificateTemplate } from './issue.js'
import { authorityNames } from './subjects.js'

const generate = promisify(generateKeyPair)

/** An RSA key pair of 2048 bits. */
export const rsaKeys = (): Promise<KeyPair> => generate('rsa', { modulusLength: 2048 })

export interface KeyPair {
  publicKey: KeyObject
  privateKey: KeyObject
}

/** A certificate and its private key. */
export interface Authority {
  readonly certificate: Certificate
  readonly key: KeyObject
}

export const authorityRoles = ['root', 'issuing', 'tls', 'sts', 'registrationAuthority'] as const

export type AuthorityRole = (typeof authorityRoles)[number]

export type Authorities = Readonly<Record<AuthorityRole, Authority>>

const day = 24 * 60 * 60 * 1000

/** A positive serial number of 16 random octets (spec etee §1.3). */
export function randomSerial(runtime: Pick<Runtime, 'randomBytes'>): bigint {
  const octets = Buffer.from(runtime.randomBytes(16))
  octets[0] = (octets[0]! & 0x7f) | 0x40
  return BigInt(`0x${octets.toString('hex')}`)
}

/**
 * Makes all authorities. Certificates start a day before `from` and last for years, so that a clock that is held or
 * set ahead still finds them valid.
 */
export async function makeAuthorities(
  runtime: Pick<Runtime, 'randomBytes'>,
  from: Date,
  hosts: readonly string[],
): Promise<Authorities> {
  const [root, issuing, tls, sts, registration] = await Promise.all([
    rsaKeys(),
    rsaKeys(),
    generate('ec', { namedCurve: 'P-256' }),
    rsaKeys(),
    rsaKeys(),
  ])
  const notBefore = new Date(from.getTime() - 1500 * day)
  const notAfter = new Date(from.getTime() + 6000 * day)
  const certify = (
    role: AuthorityRole,
    pair: KeyPair,
    template: Pick<CertificateTemplate, 'usages' | 'authority' | 'extendedUsages' | 'hosts'>,
    issuer?: Authority,
  ): Authority => {
    const subject = encodeName(authorityNames[role])
    const signer = issuer === undefined ? { name: subject, key: pair.privateKey } : signerOf(issuer)
    const { publicKey } = pair
    const serialNumber = randomSerial(runtime)
    const certificate = issueCertificate(
      { ...template, subject, publicKey, serialNumber, notBefore, notAfter },
      signer,
      issuer?.certificate.subjectKeyIdentifier,
    )
    return { certificate, key: pair.privateKey }
  }
  const authority = { usages: ['keyCertSign', 'cRLSign'], authority: true } as const
  const rootCa = certify('root', root, authority)
  const issuingCa = certify('issuing', issuing, authority, rootCa)
  return {
    root: rootCa,
    issuing: issuingCa,
    tls: certify(
      'tls',
      tls,
      {
        usages: ['digitalSignature'],
        extendedUsages: [extendedUsage.serverAuth],
        hosts,
      },
      issuingCa,
    ),
    sts: certify('sts', sts, { usages: ['digitalSignature', 'nonRepudiation'] }, issuingCa),
    registrationAuthority: certify(
      'registrationAuthority',
      registration,
      { usages: ['digitalSignature', 'nonRepudiation'] },
      rootCa,
    ),
  }
}

/** An authority as the signer of a certificate. */
export const signerOf = ({ certificate, key }: Authority): { name: Uint8Array; key: KeyObject } => ({
  name: certificate.subject.der,
  key,
})
