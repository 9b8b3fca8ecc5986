/** Revocation lists as authorities publish them (RFC 5280 §5). */
import { sign } from 'node:crypto'

import { der } from '../../technical/asn1/index.js'
import { revocationReasons } from '../../technical/pki/revocation/types.js'
import type { Authority } from './authorities.js'
import { sha256WithRsa } from './issue.js'
import type { RevokedCertificate } from './revoked.js'

/** What a list says. */
export interface CrlContent {
  readonly issuer: Authority
  readonly entries: readonly Pick<RevokedCertificate, 'serialNumber' | 'at' | 'reason'>[]
  readonly thisUpdate: Date
  readonly nextUpdate: Date
  readonly number: number
}

/** Writes and signs a list, version 2, in DER. */
export function writeCrl({ issuer, entries, thisUpdate, nextUpdate, number }: CrlContent): Uint8Array {
  const { certificate, key } = issuer
  const keyIdentifier = der.sequence(der.implicitPrimitive(0, certificate.subjectKeyIdentifier))
  const tbs = der.sequence(
    der.integer(1),
    sha256WithRsa(),
    certificate.subject.der,
    der.time(thisUpdate),
    der.time(nextUpdate),
    // An empty list of entries is left out (RFC 5280 §5.1.2.6).
    ...(entries.length === 0 ? [] : [der.tlv(0x30, Buffer.concat(entries.map(entryOf)))]),
    der.explicit(
      0,
      der.sequence(extension('2.5.29.35', keyIdentifier), extension('2.5.29.20', der.integer(number))),
    ),
  )
  return der.sequence(tbs, sha256WithRsa(), der.bitString(sign('sha256', tbs, key)))
}

/** CRLReason as an ENUMERATED. */
export const reasonCode = (reason: RevokedCertificate['reason']): Uint8Array =>
  der.tlv(10, Uint8Array.of(revocationReasons.indexOf(reason)))

function entryOf({ serialNumber, at, reason }: CrlContent['entries'][number]): Uint8Array {
  return der.sequence(
    der.integer(serialNumber),
    der.time(at),
    // The reason "unspecified" is told by saying none (RFC 5280 §5.3.1).
    ...(reason === 'unspecified' ? [] : [der.sequence(extension('2.5.29.21', reasonCode(reason)))]),
  )
}

const extension = (oid: string, value: Uint8Array): Uint8Array =>
  der.sequence(der.objectIdentifier(oid), der.octetString(value))
