/** Revocation lists and OCSP answers made to measure for the tests, the broken ones included. */
import { createHash, sign, type KeyObject } from 'node:crypto'

import { der } from '../../../../src/technical/asn1/index.js'
import type { Certificate } from '../../../../src/technical/pki/index.js'
import { keyHash } from '../../../../src/technical/pki/revocation/ocspRequest.js'
import { actor, algorithms, authority, extension, issue, type Actor, type IssueOptions } from '../issue.js'

export const now = new Date('2026-03-02T08:00:00Z')
export const at = (hours: number): Date => new Date(now.getTime() + hours * 60 * 60 * 1000)

/** Root, issuing authority and an end certificate, EC P-256. */
export interface House {
  root: Actor
  issuing: Actor
  holder: Actor
  rootCertificate: Certificate
  issuingCertificate: Certificate
  leaf: Certificate
}

export const urls = { crl: 'http://pki.invalid/issuing.crl', ocsp: 'http://pki.invalid/ocsp' }

const name6 = (url: string): Uint8Array => der.implicitPrimitive(6, Buffer.from(url, 'latin1'))

/** CRLDistributionPoints with one point per address. */
export const cdp = (...addresses: string[]): Uint8Array =>
  extension(
    '2.5.29.31',
    false,
    der.sequence(...addresses.map((url) => der.sequence(der.explicit(0, der.explicit(0, name6(url)))))),
  )

/** AuthorityInfoAccess with responders. */
export const aia = (...addresses: string[]): Uint8Array =>
  extension(
    '1.3.6.1.5.5.7.1.1',
    false,
    der.sequence(
      ...addresses.map((url) => der.sequence(der.objectIdentifier('1.3.6.1.5.5.7.48.1'), name6(url))),
    ),
  )

export function house(leaf: Partial<IssueOptions> = {}): House {
  const [root, issuing, holder] = [actor('Root'), actor('Issuing'), actor('Holder')]
  return {
    root,
    issuing,
    holder,
    rootCertificate: authority(root, root),
    issuingCertificate: authority(issuing, root),
    leaf: issue({
      subject: holder,
      issuer: issuing,
      usage: 0x80,
      serial: 0x00c0ffee00c0ffee00c0ffee00c0ffeen,
      extensions: [aia(urls.ocsp), cdp(urls.crl)],
      ...leaf,
    }),
  }
}

/** One entry of a list. */
export const entry = (serial: bigint, date: Date, ...extensions: Uint8Array[]): Uint8Array =>
  der.sequence(
    der.integer(serial),
    der.time(date),
    ...(extensions.length === 0 ? [] : [der.sequence(...extensions)]),
  )

export const reason = (code: number, critical = false): Uint8Array =>
  extension('2.5.29.21', critical, der.tlv(10, Uint8Array.of(code)))

export interface CrlParts {
  issuer: Actor
  /** Signs instead of the issuer. */
  key?: KeyObject
  entries?: readonly Uint8Array[]
  thisUpdate?: Date
  nextUpdate?: Date | null
  version?: number | null
  extensions?: readonly Uint8Array[]
  innerAlgorithm?: Uint8Array
  algorithm?: Uint8Array
  digest?: string
}

export function makeCrl(parts: CrlParts): Uint8Array {
  const { issuer, entries = [], thisUpdate = at(-1), nextUpdate = at(23), version = 1 } = parts
  const { extensions = [extension('2.5.29.20', false, der.integer(7))] } = parts
  const key = parts.key ?? issuer.privateKey
  const usual = key.asymmetricKeyType === 'rsa' ? algorithms.sha256WithRsa : algorithms.ecdsaWithSha256
  const outer = parts.algorithm ?? usual
  const tbs = der.sequence(
    ...(version === null ? [] : [der.integer(version)]),
    parts.innerAlgorithm ?? outer,
    issuer.name,
    der.time(thisUpdate),
    ...(nextUpdate === null ? [] : [der.time(nextUpdate)]),
    ...(entries.length === 0 ? [] : [der.tlv(0x30, Buffer.concat(entries))]),
    ...(extensions.length === 0 ? [] : [der.explicit(0, der.sequence(...extensions))]),
  )
  return der.sequence(tbs, outer, der.bitString(sign(parts.digest ?? 'sha256', tbs, key)))
}

export interface OcspParts {
  certificate: Certificate
  issuer: Certificate
  responder: Certificate
  key: KeyObject
  status?: 'good' | 'unknown' | { at: Date; reason?: number }
  producedAt?: Date
  thisUpdate?: Date
  nextUpdate?: Date | null
  nonce?: Uint8Array
  /** Name the responder by the hash of its key. */
  byKey?: boolean
  certificates?: readonly Certificate[]
  /** Serial number that the answer is about. */
  serial?: bigint
  extensions?: readonly Uint8Array[]
  singleExtensions?: readonly Uint8Array[]
}

export function makeBasicOcsp(parts: OcspParts): Uint8Array {
  const { certificate, issuer, responder, status = 'good', producedAt = now, thisUpdate = at(-1) } = parts
  const { nextUpdate = at(1), certificates = [responder] } = parts
  const certId = der.sequence(
    der.sequence(der.objectIdentifier('1.3.14.3.2.26'), der.nullValue()),
    der.octetString(createHash('sha1').update(certificate.issuer.der).digest()),
    der.octetString(keyHash('sha1', issuer)),
    der.integer(parts.serial ?? certificate.serialNumber),
  )
  const certStatus =
    status === 'good'
      ? der.implicitPrimitive(0, new Uint8Array())
      : status === 'unknown'
        ? der.implicitPrimitive(2, new Uint8Array())
        : der.implicitConstructed(
            1,
            der.generalizedTime(status.at),
            ...(status.reason === undefined
              ? []
              : [der.explicit(0, der.tlv(10, Uint8Array.of(status.reason)))]),
          )
  const single = der.sequence(
    certId,
    certStatus,
    der.generalizedTime(thisUpdate),
    ...(nextUpdate === null ? [] : [der.explicit(0, der.generalizedTime(nextUpdate))]),
    ...(parts.singleExtensions === undefined
      ? []
      : [der.explicit(1, der.sequence(...parts.singleExtensions))]),
  )
  const extensions = [
    ...(parts.nonce === undefined
      ? []
      : [extension('1.3.6.1.5.5.7.48.1.2', false, der.octetString(parts.nonce))]),
    ...(parts.extensions ?? []),
  ]
  const data = der.sequence(
    parts.byKey === true
      ? der.explicit(2, der.octetString(keyHash('sha1', responder)))
      : der.explicit(1, responder.subject.der),
    der.generalizedTime(producedAt),
    der.sequence(single),
    ...(extensions.length === 0 ? [] : [der.explicit(1, der.sequence(...extensions))]),
  )
  return der.sequence(
    data,
    algorithms.ecdsaWithSha256,
    der.bitString(sign('sha256', data, parts.key)),
    der.explicit(0, der.sequence(...certificates.map((one) => one.der))),
  )
}

/** An OCSPResponse around it. */
export const wrapOcsp = (basic: Uint8Array, status = 0): Uint8Array =>
  der.sequence(
    der.tlv(10, Uint8Array.of(status)),
    ...(status === 0
      ? [der.explicit(0, der.sequence(der.objectIdentifier('1.3.6.1.5.5.7.48.1.1'), der.octetString(basic)))]
      : []),
  )

export const makeOcsp = (parts: OcspParts): Uint8Array => wrapOcsp(makeBasicOcsp(parts))

/** Extended key usage of a responder. */
export const ocspSigning = extension(
  '2.5.29.37',
  false,
  der.sequence(der.objectIdentifier('1.3.6.1.5.5.7.3.9')),
)

/** The nonce in a question. */
export function nonceOf(request: Uint8Array): Uint8Array {
  const bytes = Buffer.from(request)
  return bytes.subarray(bytes.length - 32)
}
