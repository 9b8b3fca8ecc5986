/** The renewal calendar of authentication certificates (spec etee §1.6). */
import type { Certificate } from '../pki/certificate.js'

/** `renewable` is valid, in the last 90 days. */
export type KeystoreState = 'valid' | 'renewable' | 'expired' | 'not-yet-valid'

const renewalWindow = 90 * 24 * 60 * 60 * 1000

/** First instant at which the platform renews the certificate: 90 days before its end. */
export function renewableFrom(certificate: Certificate): Date {
  return new Date(certificate.notAfter.getTime() - renewalWindow)
}

export function stateAt(certificate: Certificate, at: Date): KeystoreState {
  if (at > certificate.notAfter) return 'expired'
  if (at < certificate.notBefore) return 'not-yet-valid'
  return at >= renewableFrom(certificate) ? 'renewable' : 'valid'
}
