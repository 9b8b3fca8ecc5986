/** Which certificates a revocation list is about: the issuingDistributionPoint extension (RFC 5280 §5.2.5). */
import { EHealthError } from '../../../errors.js'
import { Asn1Error, type Asn1Node } from '../../asn1/index.js'
import type { Certificate } from '../certificate.js'
import { distributionPointUris, fullNames, uri } from './locations.js'

/** Limits that a list puts on itself. */
export interface CrlScope {
  /** `users`: no authorities; `authorities`: nothing else. */
  readonly only: 'users' | 'authorities' | undefined
  /** Addresses of the distribution point that the list is for; empty when it is for all of them. */
  readonly distributionPoint: readonly string[]
}

/** @throws EHealthError `revocation.unsupported` */
export function readScope(extension: Asn1Node | undefined): CrlScope {
  let only: CrlScope['only']
  let distributionPoint: string[] = []
  for (const field of extension?.children ?? []) {
    if (field.isContext(0)) {
      distributionPoint = fullNames(field).flatMap((name) => uri(name) ?? [])
      if (distributionPoint.length === 0)
        throw unsupported('the list is for a distribution point that is not named by an address')
    } else if (field.isContext(1) && isTrue(field)) only = 'users'
    else if (field.isContext(2) && isTrue(field)) only = 'authorities'
    else if (field.isContext(3)) throw unsupported('the list is about part of the reasons only')
    else if (field.isContext(4) && isTrue(field))
      throw unsupported('the list is an indirect one, with certificates of several issuers')
    else if (field.isContext(5) && isTrue(field))
      throw unsupported('the list is about attribute certificates')
    else if (field.tagClass !== 2 || field.tag > 5) throw new Asn1Error('broken issuingDistributionPoint')
  }
  return { only, distributionPoint }
}

/** True when a list of this scope tells about the certificate (RFC 5280 §6.3.3 (b)). */
export function isInScope({ only, distributionPoint }: CrlScope, certificate: Certificate): boolean {
  if (only !== undefined && certificate.isCa !== (only === 'authorities')) return false
  if (distributionPoint.length === 0) return true
  const named = distributionPointUris(certificate)
  return named.some((name) => distributionPoint.includes(name))
}

/** `[n] IMPLICIT BOOLEAN`. */
const isTrue = (node: Asn1Node): boolean => node.content.length === 1 && node.content[0] !== 0

const unsupported = (message: string): EHealthError => new EHealthError('revocation.unsupported', message)
