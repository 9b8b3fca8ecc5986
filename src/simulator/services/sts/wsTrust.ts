/** The WS-Trust profile of the STS: issue, challenge, renew (spec sts-iam §1.4, §1.9). */
import type { Certificate } from '../../../technical/pki/certificate.js'
import {
  stsOperations,
  trustValues,
  type RequestSecurityToken,
  type RequestSecurityTokenResponse,
} from '../../../technical/sts/contract.js'
import { soaRefusal } from '../../refusal.js'
import { simulate, type SimulatedCall, type SimulatedService } from '../../service.js'
import { assertIdentified, type Claim } from './attributes.js'
import { createChallenges } from './challenges.js'
import {
  applicantOf,
  assertedBy,
  holderFrom,
  periodOf,
  tokenFor,
  type Order,
  type StsOptions,
} from './orders.js'
import { renewalOf } from './renewal.js'
import { unverified } from './unverified.js'

export function createWsTrust(options: StsOptions): SimulatedService {
  const { world } = options
  const challenges = createChallenges<Order>(world.runtime)

  async function give(order: Order, call: SimulatedCall<unknown>, context: string | undefined) {
    const xml = await tokenFor(order, call, options)
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
  const { Created: start, Expires: end } = request.Lifetime ?? {}
  const period = periodOf({ start, end }, now, options.maxLifetime)
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
