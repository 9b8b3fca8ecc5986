/** The security token service, WS-Trust profile: issue, challenge, renew (spec sts-iam §1.4, §1.5, §1.9). */
import { EHealthError } from '../../../errors.js'
import { identityOf, type Identity } from '../../../technical/keystore/identity.js'
import { Certificate } from '../../../technical/pki/certificate.js'
import { verifyPath } from '../../../technical/pki/path.js'
import { attributeTypes } from '../../../technical/pki/name.js'
import {
  stsOperations,
  trustValues,
  type RequestSecurityToken,
  type RequestSecurityTokenResponse,
} from '../../../technical/sts/contract.js'
import type { XmlElement } from '../../../technical/xml/tree.js'
import { verifyEnveloped } from '../../../technical/xml/signature/index.js'
import type { Trouble } from '../../faults.js'
import { soaRefusal } from '../../refusal.js'
import { simulate, type SimulatedCall, type SimulatedService } from '../../service.js'
import type { World } from '../../world.js'
import { readAssertion, type Assertion } from './assertion.js'
import { assertIdentified, grant, type Applicant, type Claim } from './attributes.js'
import { createChallenges } from './challenges.js'
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
interface Order {
  readonly identification: Certificate
  readonly holderOfKey?: Certificate
  readonly claims: readonly Claim[]
  readonly start: Date
  readonly end: Date
}

const backdating = 5 * 60_000

export function createSts(options: StsOptions): SimulatedService {
  const { world } = options
  const challenges = createChallenges<Order>(world.runtime)

  async function give(order: Order, call: { now: Date; trouble?: Trouble }, context: string | undefined) {
    const xml = await signToken(
      {
        id: `_${world.runtime.uuid().replaceAll('-', '')}`,
        issuedAt: call.now,
        notBefore: new Date(order.start.getTime() - backdating),
        notOnOrAfter: order.end,
        identification: order.identification,
        ...(order.holderOfKey === undefined ? {} : { holderOfKey: order.holderOfKey }),
        attributes: grant(order.claims, applicantOf(order), world),
      },
      options.signers,
      call.trouble,
    )
    return { value: { ...echo(context), RequestedSecurityToken: { Assertion: { xml } } } }
  }

  async function answerRequest(call: SimulatedCall<RequestSecurityToken>) {
    const { request, now } = call
    const signer = call.caller.certificate!
    const order = orderOf(request, signer, now, options)
    assertIdentified(
      order.claims.filter(({ values }) => values.length > 0),
      applicantOf(order),
    )
    const context = request.Context
    const renewal = request.RequestType.trim() === trustValues.renew
    const holder = order.holderOfKey
    if (renewal || holder === undefined || holder.equals(signer)) return give(order, call, context)
    const Challenge = challenges.issue(order, holder, context, now)
    return { value: { ...echo(context), SignChallenge: { Challenge } } }
  }

  function answerChallenge(call: SimulatedCall<RequestSecurityTokenResponse>) {
    const { request, now } = call
    const response = request.SignChallengeResponse
    if (response === undefined) throw soaRefusal('SOA-03007', 'SignChallengeResponse is missing')
    const order = challenges.redeem(response.Challenge, call.caller.certificate!, request.Context, now)
    return give(order, call, request.Context)
  }

  return {
    service: 'sts',
    operations: [
      simulate(stsOperations.requestSecurityToken, { answer: answerRequest }),
      simulate(stsOperations.challenge, { answer: answerChallenge }),
    ],
  }
}

const echo = (context: string | undefined) => (context === undefined ? {} : { Context: context })

function orderOf(request: RequestSecurityToken, signer: Certificate, now: Date, options: StsOptions): Order {
  if ((request.TokenType ?? trustValues.samlToken).trim() !== trustValues.samlToken)
    throw soaRefusal('SOA-03007', 'only SAML 1.1 tokens are issued')
  const type = request.RequestType.trim()
  if (type === trustValues.renew) return renewalOf(request, signer, now, options)
  if (type !== trustValues.issue) throw soaRefusal('SOA-03007', 'the request type is neither Issue nor Renew')
  const claims = claimsOf(request)
  const period = periodOf(request, now, options.maxLifetime)
  const vouched = request.OnBehalfOf?.SecurityTokenReference.Embedded?.Assertion.element
  if (vouched !== undefined) {
    const asserted = assertedBy(unverified(vouched))
    return { identification: signer, claims: withValues(claims, asserted), ...period }
  }
  const der = request.UseKey?.SecurityTokenReference.X509Data?.X509Certificate
  const holderOfKey = der === undefined ? signer : holderFrom(der, now, options)
  return { identification: signer, holderOfKey, claims, ...period }
}

function claimsOf(request: RequestSecurityToken): Claim[] {
  const claims = (request.Claims?.ClaimType ?? []).map(({ Uri, Value }) => ({
    name: Uri,
    values: Value === undefined || Value === '' ? [] : Value.split(';'),
  }))
  if (claims.length === 0) throw soaRefusal('SOA-03007', 'no attribute is asked for')
  return claims
}

/** Designators get the values that an embedded assertion gives them. */
const withValues = (claims: readonly Claim[], asserted: ReadonlyMap<string, readonly string[]>): Claim[] =>
  claims.map((claim) => ({ ...claim, values: asserted.get(claim.name) ?? claim.values }))

const assertedBy = (assertion: Assertion): Map<string, readonly string[]> =>
  new Map(
    assertion.AttributeStatement.Attribute.filter(
      ({ AttributeNamespace }) => AttributeNamespace === 'urn:be:fgov:identification-namespace',
    ).map((attribute) => [attribute.AttributeName, attribute.AttributeValue]),
  )

/** The old token must be ours, still valid, and the applicant's. The new one says the same of today. */
function renewalOf(
  request: RequestSecurityToken,
  signer: Certificate,
  now: Date,
  options: StsOptions,
): Order {
  const element = request.RenewTarget?.SecurityTokenReference.Embedded?.Assertion.element
  if (element === undefined) throw soaRefusal('SOA-03007', 'RenewTarget holds no assertion')
  try {
    verifyEnveloped(element, { idAttribute: 'AssertionID', trusted: options.pinned })
  } catch (error) {
    throw soaRefusal('SOA-01002', 'the token to renew was not issued here', error)
  }
  const old = unverified(element)
  if (old.Conditions.NotOnOrAfter <= now) throw soaRefusal('SOA-01002', 'the token to renew has ended')
  const subject = old.AuthenticationStatement.Subject
  const confirmation = subject.SubjectConfirmation?.KeyInfo?.X509Data.X509Certificate
  if (confirmation === undefined) throw soaRefusal('SOA-03007', 'the token to renew has no holder of key')
  const holderOfKey = holderFrom(Buffer.from(confirmation, 'base64'), now, options)
  if (!holderOfKey.equals(signer) && subject.NameIdentifier.value !== signer.subject.toRfc1779())
    throw soaRefusal('SOA-01002', 'the token to renew belongs to somebody else')
  const asserted = assertedBy(old)
  const claims = old.AttributeStatement.Attribute.map(({ AttributeName }) => ({
    name: AttributeName,
    values: (asserted.get(AttributeName) ?? []).filter((value) => value !== ''),
  }))
  const end = new Date(now.getTime() + options.maxLifetime)
  return { identification: signer, holderOfKey, claims, start: now, end }
}

function unverified(element: XmlElement): Assertion {
  try {
    return readAssertion(element)
  } catch (error) {
    throw soaRefusal('SOA-03007', 'the assertion cannot be read', error)
  }
}

function periodOf(request: RequestSecurityToken, now: Date, maxLifetime: number): { start: Date; end: Date } {
  const start = request.Lifetime?.Created ?? now
  const wanted = request.Lifetime?.Expires ?? new Date(start.getTime() + maxLifetime)
  const end = new Date(Math.min(wanted.getTime(), start.getTime() + maxLifetime))
  if (end <= start || end <= now) throw soaRefusal('SOA-03007', 'the lifetime has ended before it starts')
  if (start.getTime() > now.getTime() + backdating)
    throw soaRefusal('SOA-03007', 'the lifetime starts in the future')
  return { start, end }
}

function holderFrom(der: Uint8Array, now: Date, options: StsOptions): Certificate {
  try {
    const certificate = Certificate.fromDer(der)
    verifyPath(certificate, {
      intermediates: options.intermediates,
      anchors: options.anchors,
      at: now,
      keyUsage: ['digitalSignature'],
    })
    return certificate
  } catch (error) {
    if (error instanceof EHealthError && error.code === 'certificate.malformed')
      throw soaRefusal('SOA-03007', 'the certificate of UseKey cannot be read', error)
    throw soaRefusal('SOA-01002', 'the certificate of the holder of key is not accepted', error)
  }
}

function applicantOf(order: Pick<Order, 'identification' | 'holderOfKey'>): Applicant {
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
