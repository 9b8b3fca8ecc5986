/** The simulator's own authorities: root, issuing CA, TLS server, STS signer, registration authority of tokens. */
import { generateKeyPair, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'

import type { Runtime } from '../../technical/environment/runtime.js'
import type { Certificate } from '../../technical/pki/certificate.js'
import {
  encodeName,
  extendedUsage,
  issueCertificate,
  type CertificateTemplate,
  type Signer,
} from './issue.js'
import { publicationOf, type Publication, type PublishingRole } from './publication.js'
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
  /** Where it publishes; only of the authorities that issue. */
  readonly publication?: Publication
}

export const authorityRoles = [
  'root',
  'issuing',
  'tls',
  'sts',
  'registrationAuthority',
  'serviceList',
  'timestampAuthority',
] as const

export type AuthorityRole = (typeof authorityRoles)[number]

export type Authorities = Readonly<Record<AuthorityRole, Authority>>

/** Roles that earlier releases did not have: a directory of theirs is completed. */
export const laterRoles = ['serviceList', 'timestampAuthority'] as const satisfies readonly AuthorityRole[]

/** Authorities of a directory of whichever release. */
export type EarlierAuthorities = Omit<Authorities, (typeof laterRoles)[number]> & Partial<Authorities>

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
 *
 * @param publishedAt address of the server where the authorities publish; their certificates name none without it
 */
export async function makeAuthorities(
  runtime: Pick<Runtime, 'randomBytes'>,
  from: Date,
  hosts: readonly string[],
  publishedAt?: string,
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
  const publishing = (role: PublishingRole, made: Authority): Authority =>
    publishedBy(made, role, publishedAt)
  const rootCa = publishing('root', certify('root', root, authority))
  const issuingCa = publishing('issuing', certify('issuing', issuing, authority, rootCa))
  return completeAuthorities(
    {
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
    },
    runtime,
  )
}

/** Makes the authorities that are not there yet; they live as long as the one that issues them. */
export async function completeAuthorities(
  earlier: EarlierAuthorities,
  runtime: Pick<Runtime, 'randomBytes'>,
): Promise<Authorities> {
  const { issuing } = earlier
  const [serviceList, timestampAuthority] = await Promise.all([
    earlier.serviceList ??
      certifiedBy(issuing, runtime, {
        subject: encodeName(authorityNames.serviceList),
        usages: ['digitalSignature', 'nonRepudiation'],
        extendedUsages: [extendedUsage.clientAuth, extendedUsage.emailProtection],
      }),
    earlier.timestampAuthority ??
      certifiedBy(issuing, runtime, timestampTemplate(encodeName(authorityNames.timestampAuthority))),
  ])
  return { ...earlier, serviceList, timestampAuthority }
}

/** What a certificate of a time stamp authority must be (RFC 3161 §2.3). */
export const timestampTemplate = (subject: Uint8Array) =>
  ({
    subject,
    usages: ['digitalSignature', 'nonRepudiation'],
    extendedUsages: [extendedUsage.timeStamping],
    onlyExtendedUsages: true,
  }) as const

/** A new key with a certificate of this authority, valid as long as it is unless the template says otherwise. */
export async function certifiedBy(
  issuer: Authority,
  runtime: Pick<Runtime, 'randomBytes'>,
  template: Omit<CertificateTemplate, 'publicKey' | 'serialNumber' | 'notBefore' | 'notAfter'>,
): Promise<Authority> {
  const { publicKey, privateKey } = await rsaKeys()
  const { notBefore, notAfter, subjectKeyIdentifier } = issuer.certificate
  const serialNumber = randomSerial(runtime)
  return {
    certificate: issueCertificate(
      { ...template, publicKey, serialNumber, notBefore, notAfter },
      signerOf(issuer),
      subjectKeyIdentifier,
    ),
    key: privateKey,
  }
}

/** An authority as the signer of a certificate. */
export const signerOf = ({ certificate, key, publication }: Authority): Signer => ({
  name: certificate.subject.der,
  key,
  publication,
})

/** An authority with the addresses where it publishes, when there are any. */
export const publishedBy = (made: Authority, role: PublishingRole, url: string | undefined): Authority =>
  url === undefined ? made : { ...made, publication: publicationOf(url, role) }
