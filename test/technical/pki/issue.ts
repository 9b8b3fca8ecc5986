/** Certificates made to measure for the tests, the broken ones included. */
import { createHash, generateKeyPairSync, sign, type KeyObject } from 'node:crypto'

import { der } from '../../../src/technical/asn1/index.js'
import { Certificate } from '../../../src/technical/pki/index.js'

export interface Actor {
  name: Uint8Array
  publicKey: KeyObject
  privateKey: KeyObject
}

export interface IssueOptions {
  subject: Actor
  issuer: Actor
  notBefore?: string
  notAfter?: string
  ca?: boolean
  pathLength?: number
  /** Octet of the KeyUsage bits; no extension when absent. */
  usage?: number
  serial?: bigint
  extensions?: Uint8Array[]
  /** Algorithm in the outer part, where it is to differ from the signed one. */
  outerAlgorithm?: Uint8Array
}

const commonName = '2.5.4.3'

export function name(...attributes: [type: string, value: string][]): Uint8Array {
  return der.sequence(
    ...attributes.map(([type, value]) =>
      der.setOf(der.sequence(der.objectIdentifier(type), der.utf8String(value))),
    ),
  )
}

export function actor(cn: string, key?: { publicKey: KeyObject; privateKey: KeyObject }): Actor {
  return named(name([commonName, cn]), key)
}

export function named(subject: Uint8Array, key?: { publicKey: KeyObject; privateKey: KeyObject }): Actor {
  const pair = key ?? generateKeyPairSync('ec', { namedCurve: 'P-256' })
  return { name: subject, publicKey: pair.publicKey, privateKey: pair.privateKey }
}

export const extension = (type: string, critical: boolean, value: Uint8Array): Uint8Array =>
  der.sequence(der.objectIdentifier(type), ...(critical ? [der.boolean(true)] : []), der.octetString(value))

export const algorithms = {
  ecdsaWithSha256: der.sequence(der.objectIdentifier('1.2.840.10045.4.3.2')),
  ecdsaWithSha384: der.sequence(der.objectIdentifier('1.2.840.10045.4.3.3')),
  sha256WithRsa: der.sequence(der.objectIdentifier('1.2.840.113549.1.1.11'), der.nullValue()),
  md5WithRsa: der.sequence(der.objectIdentifier('1.2.840.113549.1.1.4'), der.nullValue()),
}

export function issueDer(options: IssueOptions, algorithm?: Uint8Array, digest = 'sha256'): Uint8Array {
  const { subject, issuer } = options
  const rsa = issuer.privateKey.asymmetricKeyType === 'rsa'
  const identifier = algorithm ?? (rsa ? algorithms.sha256WithRsa : algorithms.ecdsaWithSha256)
  const extensions = [
    ...(options.ca === undefined ? [] : [basicConstraints(options.ca, options.pathLength)]),
    ...(options.usage === undefined
      ? []
      : [extension('2.5.29.15', true, der.bitString(Uint8Array.of(options.usage)))]),
    ...(options.extensions ?? []),
  ]
  const tbs = der.sequence(
    der.explicit(0, der.integer(2)),
    der.integer(options.serial ?? serialOf(subject)),
    identifier,
    issuer.name,
    der.sequence(
      der.time(new Date(options.notBefore ?? '2020-01-01T00:00:00Z')),
      der.time(new Date(options.notAfter ?? '2030-01-01T00:00:00Z')),
    ),
    subject.name,
    subject.publicKey.export({ format: 'der', type: 'spki' }),
    ...(extensions.length === 0 ? [] : [der.explicit(3, der.sequence(...extensions))]),
  )
  const signature = sign(digest, tbs, issuer.privateKey)
  return der.sequence(tbs, options.outerAlgorithm ?? identifier, der.bitString(signature))
}

export function issue(options: IssueOptions, algorithm?: Uint8Array, digest?: string): Certificate {
  return Certificate.fromDer(issueDer(options, algorithm, digest))
}

export function authority(subject: Actor, issuer: Actor, options: Partial<IssueOptions> = {}): Certificate {
  return issue({ subject, issuer, ca: true, usage: 0x06, ...options })
}

function basicConstraints(ca: boolean, pathLength: number | undefined): Uint8Array {
  const parts = ca ? [der.boolean(true)] : []
  if (pathLength !== undefined) parts.push(der.integer(pathLength))
  return extension('2.5.29.19', true, der.sequence(...parts))
}

function serialOf(subject: Actor): bigint {
  return BigInt(`0x${createHash('sha1').update(subject.name).digest('hex').slice(0, 16)}`)
}
