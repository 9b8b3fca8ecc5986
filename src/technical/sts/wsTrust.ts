/** Asking the STS by WS-Trust 1.3: issue, renew, and the challenge for the holder of the key (spec sts-iam §1.4). */
import { call } from '../soap/call.js'
import { write } from '../xml/index.js'
import { assertionIn } from './assertionIn.js'
import { assertedOf, claimsOf, designatedOf, type SamlAttribute } from './claims.js'
import {
  namespaces,
  stsOperations,
  trustValues,
  type RequestSecurityToken,
  type RequestSecurityTokenResponse,
} from './contract.js'
import { callOptionsOf, type AcceptAssertion, type Applicant, type StsCallOptions } from './options.js'
import { answerOf, type Answer } from './refusals.js'
import { Assertion } from './samlAssertion.js'
import { nameOfVouched, statementOf, type VouchedSubject } from './statement.js'
import type { Token } from './token.js'

/** A request for a new token. */
export interface WsTrustOrder extends Applicant {
  attributes: readonly SamlAttribute[]
  validity: number
  useKey?: boolean
}

/** Asks for a new token, judged by `accept`. */
export function issueByWsTrust(
  order: WsTrustOrder,
  options: StsCallOptions,
  accept: AcceptAssertion,
): Promise<Token> {
  const from = options.runtime.now()
  const period = { from, until: new Date(from.getTime() + order.validity) }
  const { onBehalfOf } = order
  return obtain(
    order,
    onBehalfOf === undefined
      ? holderRequest(order, period, options.runtime.uuid())
      : vouchedRequest(order, onBehalfOf, period, options.runtime.uuid()),
    options,
    accept,
  )
}

/**
 * Asks for a token in place of an old one, which goes along as it was issued. The official connector sends neither claims
 * nor lifetime nor key: the STS takes them from the old one.
 */
export function renewByWsTrust(
  order: Applicant & { token: Pick<Token, 'xml'> },
  options: StsCallOptions,
  accept: AcceptAssertion,
): Promise<Token> {
  return obtain(
    order,
    {
      Context: options.runtime.uuid(),
      TokenType: trustValues.samlToken,
      RequestType: trustValues.renew,
      RenewTarget: embedded(order.token.xml, options.runtime.uuid()),
    },
    options,
    accept,
  )
}

interface Period {
  from: Date
  until: Date
}

const embedded = (xml: string, uuid: string): RequestSecurityToken['RenewTarget'] => ({
  SecurityTokenReference: { Embedded: { Id: `token-${uuid}`, Assertion: { xml } } },
})

function holderRequest(
  { attributes, holderOfKey, useKey = true }: WsTrustOrder,
  { from, until }: Period,
  uuid: string,
): RequestSecurityToken {
  const der = holderOfKey?.certificate.der
  return {
    Context: uuid,
    TokenType: trustValues.samlToken,
    RequestType: trustValues.issue,
    Claims: { Dialect: trustValues.claimsDialect, ClaimType: claimsOf(attributes) },
    Lifetime: { Created: from, Expires: until },
    KeyType: trustValues.publicKey,
    ...(useKey && der !== undefined
      ? { UseKey: { SecurityTokenReference: { X509Data: { X509Certificate: der } } } }
      : {}),
  }
}

/** Claims carry no values here: the statement of the sender has them. */
function vouchedRequest(
  { attributes }: WsTrustOrder,
  subject: VouchedSubject,
  { from, until }: Period,
  uuid: string,
): RequestSecurityToken {
  const { qualifier, authenticationMethod } = subject
  const statement = statementOf({
    uuid,
    issuer: qualifier,
    name: nameOfVouched(subject),
    ...(authenticationMethod === undefined ? {} : { authenticationMethod }),
    asserted: assertedOf(attributes),
    from,
    until,
  })
  return {
    Context: `context-${uuid}`,
    TokenType: trustValues.samlToken,
    RequestType: trustValues.issue,
    Claims: {
      Dialect: trustValues.claimsDialect,
      ClaimType: designatedOf(attributes).map(({ name }) => ({ Uri: name })),
    },
    Lifetime: { Created: from, Expires: until },
    OnBehalfOf: embedded(write(Assertion, statement).xml, uuid),
    Issuer: { Address: qualifier },
  }
}

/** When the keys differ, the STS answers with a challenge; it is given back byte for byte, signed by the holder's key. */
async function obtain(
  { identification, holderOfKey }: Applicant,
  request: RequestSecurityToken,
  options: StsCallOptions,
  accept: AcceptAssertion,
): Promise<Token> {
  let token: Token | undefined
  // the assertion is what the STS signs in its answer: it is judged as a part of the call
  const verify = (answer: Answer<RequestSecurityTokenResponse>) => (): void => {
    token = accept(assertionFrom(answer))
  }
  const isChallenge = ({ value }: Answer<RequestSecurityTokenResponse>): boolean =>
    value.SignChallenge !== undefined && holderOfKey !== undefined
  const asked = await answerOf(() =>
    call(stsOperations.requestSecurityToken, request, {
      ...callOptionsOf(options),
      security: { kind: 'x509', credential: identification },
      verify: (answer) => (isChallenge(answer) ? undefined : verify(answer)),
    }),
  )
  const { Context, SignChallenge } = asked.value
  if (SignChallenge !== undefined && holderOfKey !== undefined)
    await answerOf(() =>
      call(
        stsOperations.challenge,
        { ...(Context === undefined ? {} : { Context }), SignChallengeResponse: SignChallenge },
        { ...callOptionsOf(options), security: { kind: 'x509', credential: holderOfKey }, verify },
      ),
    )
  // what is no token has thrown
  return token!
}

const assertionFrom = (answer: Answer<RequestSecurityTokenResponse>): string =>
  assertionIn(answer, { namespace: namespaces.trust, local: 'RequestedSecurityToken' })
