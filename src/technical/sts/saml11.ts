/** Asking the STS by the SAML 1.1 protocol: an attribute query with what the caller states of himself (spec sts-iam §1.3). */
import { EHealthError } from '../../errors.js'
import type { Credential } from '../keystore/credential.js'
import { call } from '../soap/call.js'
import { write } from '../xml/index.js'
import { parseXml } from '../xml/parse.js'
import { signatureInside } from '../xml/signature/index.js'
import { assertionIn } from './assertionIn.js'
import { assertedOf, designatedOf, type SamlAttribute } from './claims.js'
import {
  callOptionsOf,
  type AcceptAssertion,
  type Applicant,
  type InnerSignature,
  type StsCallOptions,
  type StsSettings,
} from './options.js'
import { answerOf, assertSamlSuccess } from './refusals.js'
import { samlValues } from './samlAssertion.js'
import { samlOperations, samlProtocol, SamlRequest, type SamlResponse } from './samlContract.js'
import { nameOfCertificate, nameOfVouched, statementOf } from './statement.js'
import type { Token } from './token.js'

/** A request for a new token. Renewal is one too, made from the old token. */
export interface SamlOrder extends Applicant, Pick<StsSettings, 'operation' | 'innerSignature'> {
  attributes: readonly SamlAttribute[]
  validity: number
}

/**
 * Asks for a new token, judged by `accept`.
 *
 * @throws EHealthError `configuration.unsupported` for two keys of which the holder's is no RSA key
 */
export async function issueBySaml11(
  order: SamlOrder,
  options: StsCallOptions,
  accept: AcceptAssertion,
): Promise<Token> {
  const { operation = 'RequestSecurityToken', identification } = order
  const request = await signed(requestOf(order, options), order)
  let token: Token | undefined
  await answerOf(() =>
    call(samlOperations[operation], request, {
      ...callOptionsOf(options),
      security: { kind: 'x509', credential: identification },
      // the assertion is what the STS signs in its answer: it is judged as a part of the call
      verify: (answer) => () => {
        assertSamlSuccess(answer)
        assertAnswers(answer.value, request)
        token = accept(assertionIn(answer, { namespace: samlProtocol, local: 'Response' }))
      },
    }),
  )
  // what is no token has thrown
  return token!
}

function requestOf(order: SamlOrder, { runtime }: StsCallOptions): SamlRequest {
  const { identification, holderOfKey, onBehalfOf, attributes } = order
  const asserted = assertedOf(attributes)
  if (asserted.length === 0)
    throw new EHealthError('configuration.invalid', 'the SAML 1.1 profile needs an asserted attribute', {
      path: 'attributes',
      hint: 'Assert at least the number of the certificate.',
    })
  const from = runtime.now()
  const uuid = runtime.uuid()
  const name =
    onBehalfOf === undefined ? nameOfCertificate(identification.certificate) : nameOfVouched(onBehalfOf)
  const method = onBehalfOf?.authenticationMethod
  const statement = statementOf({
    uuid,
    issuer: onBehalfOf?.qualifier ?? name.value,
    name,
    ...(method === undefined ? {} : { authenticationMethod: method }),
    asserted,
    from,
    until: new Date(from.getTime() + order.validity),
  })
  const der = holderOfKey?.certificate.der
  return {
    RequestID: `request-${uuid}`,
    MajorVersion: 1,
    MinorVersion: 1,
    IssueInstant: from,
    RespondWith: [],
    AttributeQuery: {
      Subject: {
        NameIdentifier: name,
        SubjectConfirmation: {
          ConfirmationMethod: [der === undefined ? samlValues.senderVouches : samlValues.holderOfKey],
          SubjectConfirmationData: { Assertion: statement },
          ...(der === undefined ? {} : { KeyInfo: { X509Data: { X509Certificate: der } } }),
        },
      },
      AttributeDesignator: designatedOf(attributes).map(({ name: AttributeName, namespace }) => ({
        AttributeName,
        AttributeNamespace: namespace,
      })),
    },
  }
}

/** The holder's proof that he has the key: needed when somebody else identifies himself (spec sts-iam §1.3). */
async function signed(
  request: SamlRequest,
  { identification, holderOfKey, innerSignature = {} }: SamlOrder,
): Promise<SamlRequest> {
  if (holderOfKey === undefined) return request
  const same = holderOfKey.certificate.equals(identification.certificate)
  if (same && innerSignature.always !== true) return request
  const { root } = parseXml(write(SamlRequest, request).xml)
  const xml = await signatureInside(root, {
    idAttribute: 'RequestID',
    credential: rsa(holderOfKey),
    sha1: algorithmOf(innerSignature) === 'rsa-sha1',
  })
  return { ...request, Signature: { xml } }
}

const algorithmOf = ({ algorithm = 'rsa-sha1' }: InnerSignature) => algorithm

function rsa(credential: Credential): Credential {
  if (credential.keyType === 'rsa') return credential
  throw new EHealthError(
    'configuration.unsupported',
    'the inner signature of the SAML 1.1 profile is made with RSA keys only',
    {
      path: 'holderOfKey',
      hint: 'Use the profile ws-trust, or the same key for identification and holder of key.',
    },
  )
}

/** An answer to another request would be a token of another user (OASIS SAML 1.1 core §3.4.2). */
function assertAnswers({ InResponseTo }: SamlResponse, { RequestID }: SamlRequest): void {
  if (InResponseTo !== RequestID)
    throw new EHealthError('token.correlation', 'the response of the STS answers another request')
}
