/** What both profiles of the STS have in common: who asks for what until when, and the token that he gets. */
import { EHealthError } from '../../../errors.js'
import { identityOf, type Identity } from '../../../technical/keystore/identity.js'
import { Certificate } from '../../../technical/pki/certificate.js'
import { attributeTypes } from '../../../technical/pki/name.js'
import { verifyPath } from '../../../technical/pki/path.js'
import { attributeNamespaces } from '../../../technical/sts/claims.js'
import type { Trouble } from '../../faults.js'
import { soaRefusal } from '../../refusal.js'
import type { World } from '../../world.js'
import type { Assertion } from './assertion.js'
import { grant, type Applicant, type Claim } from './attributes.js'
import { signToken, type TokenSigners } from './signToken.js'

/** What the STS works with. */
export interface StsOptions {
  readonly world: World
  readonly signers: TokenSigners
  /** Certificates whose assertions may be renewed. */
  readonly pinned: readonly Certificate[]
  /** Anchors for the certificate of a holder of key. */
  readonly anchors: readonly Certificate[]
  readonly intermediates: readonly Certificate[]
  /** Longest life of a token in milliseconds. */
  readonly maxLifetime: number
}

/** A token that has been asked for and may be given. */
export interface Order {
  readonly identification: Certificate
  readonly holderOfKey?: Certificate
  readonly claims: readonly Claim[]
  readonly start: Date
  readonly end: Date
}

export const backdating = 5 * 60_000

/** The signed assertion that an order gets. */
export function tokenFor(
  order: Order,
  call: { now: Date; trouble?: Trouble },
  { world, signers }: StsOptions,
): Promise<string> {
  return signToken(
    {
      id: `_${world.runtime.uuid().replaceAll('-', '')}`,
      issuedAt: call.now,
      notBefore: new Date(order.start.getTime() - backdating),
      notOnOrAfter: order.end,
      identification: order.identification,
      ...(order.holderOfKey === undefined ? {} : { holderOfKey: order.holderOfKey }),
      attributes: grant(order.claims, applicantOf(order), world),
    },
    signers,
    call.trouble,
  )
}

/**
 * The period of a token: as asked for, but no longer than the platform grants.
 *
 * @throws Refusal SOA-03007
 */
export function periodOf(
  wanted: { start?: Date | undefined; end?: Date | undefined },
  now: Date,
  maxLifetime: number,
): { start: Date; end: Date } {
  const start = wanted.start ?? now
  const latest = start.getTime() + maxLifetime
  const end = new Date(Math.min(wanted.end?.getTime() ?? latest, latest))
  if (end <= start || end <= now) throw soaRefusal('SOA-03007', 'the lifetime has ended before it starts')
  if (start.getTime() > now.getTime() + backdating)
    throw soaRefusal('SOA-03007', 'the lifetime starts in the future')
  return { start, end }
}

/**
 * The certificate that shall hold a token.
 *
 * @throws Refusal SOA-03007, SOA-01002
 */
export function holderFrom(
  der: Uint8Array,
  now: Date,
  { intermediates, anchors }: Pick<StsOptions, 'intermediates' | 'anchors'>,
): Certificate {
  try {
    const certificate = Certificate.fromDer(der)
    verifyPath(certificate, { intermediates, anchors, at: now, keyUsage: ['digitalSignature'] })
    return certificate
  } catch (error) {
    if (error instanceof EHealthError && error.code === 'certificate.malformed')
      throw soaRefusal('SOA-03007', 'the certificate of the holder of key cannot be read', error)
    throw soaRefusal('SOA-01002', 'the certificate of the holder of key is not accepted', error)
  }
}

/** Who asks, as far as certificates prove it. */
export function applicantOf(order: Pick<Order, 'identification' | 'holderOfKey'>): Applicant {
  const certificates = [order.identification, ...(order.holderOfKey === undefined ? [] : [order.holderOfKey])]
  return {
    identities: certificates.flatMap((certificate): Identity[] => {
      try {
        return [identityOf(certificate)]
      } catch {
        return []
      }
    }),
    // An eID names its citizen by serialNumber; the platform's own certificates never do.
    userSession: order.identification.subject.values(attributeTypes.serialNumber).length > 0,
  }
}

/** What a statement asserts of somebody: the attributes of the namespace of identification. */
export const assertedBy = (assertion: Assertion): Map<string, readonly string[]> =>
  new Map(
    assertion.AttributeStatement.Attribute.filter(
      ({ AttributeNamespace }) => AttributeNamespace === attributeNamespaces.identification,
    ).map((attribute) => [attribute.AttributeName, attribute.AttributeValue]),
  )
