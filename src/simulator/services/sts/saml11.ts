/** The SAML 1.1 profile of the STS, at the addresses of both contracts (spec sts-iam §1.3, §1.9, §11). */
import type { Certificate } from '../../../technical/pki/certificate.js'
import { samlValues } from '../../../technical/sts/samlAssertion.js'
import { samlOperations, type SamlRequest, type SamlResponse } from '../../../technical/sts/samlContract.js'
import type { XmlElement } from '../../../technical/xml/tree.js'
import { verifyEnveloped } from '../../../technical/xml/signature/index.js'
import { Refusal, soaRefusal } from '../../refusal.js'
import { simulate, type SimulatedCall, type SimulatedService } from '../../service.js'
import { assertIdentified, type Claim } from './attributes.js'
import {
  applicantOf,
  assertedBy,
  holderFrom,
  periodOf,
  tokenFor,
  type Order,
  type StsOptions,
} from './orders.js'

/** The newer contract, the old one, and the oldest address of the old one. */
export function createSaml11(options: StsOptions): SimulatedService[] {
  const handler = { answer: (call: SimulatedCall<SamlRequest>) => answer(call, options) }
  const { RequestSecurityToken, RequestSecureToken } = samlOperations
  const old = simulate(RequestSecureToken, handler)
  return [
    { service: 'stsSaml11', operations: [simulate(RequestSecurityToken, handler)], anyAction: true },
    { service: 'stsSaml11Legacy', operations: [old], anyAction: true },
    { service: 'stsOldest', operations: [old], anyAction: true },
  ]
}

async function answer(
  call: SimulatedCall<SamlRequest>,
  options: StsOptions,
): Promise<{ value: SamlResponse }> {
  const { request } = call
  const respond = (Status: SamlResponse['Status'], Assertion: SamlResponse['Assertion'] = []) => ({
    value: {
      ResponseID: `response-${options.world.runtime.uuid()}`,
      InResponseTo: request.RequestID,
      MajorVersion: 1,
      MinorVersion: 1,
      IssueInstant: call.now,
      Status,
      Assertion,
    },
  })
  const version = versionProblem(request)
  if (version !== undefined) return respond(status('VersionMismatch', version))
  try {
    const xml = await tokenFor(orderOf(call, options), call, options)
    return respond(status('Success'), [{ xml }])
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const { code, message } = error.content
    return respond(status('Requester', code === 'SOA-01002' ? 'RequestDenied' : undefined, message))
  }
}

/** Only 1.1 is spoken; which second code the platform gives is not known (OASIS SAML 1.1 core §3.4.3.1). */
function versionProblem({ MajorVersion, MinorVersion }: SamlRequest): string | undefined {
  if (MajorVersion === 1 && MinorVersion === 1) return undefined
  const newer = MajorVersion > 1 || (MajorVersion === 1 && MinorVersion > 1)
  return newer ? 'RequestVersionTooHigh' : 'RequestVersionTooLow'
}

const status = (code: string, second?: string, StatusMessage?: string): SamlResponse['Status'] => ({
  StatusCode: {
    Value: `samlp:${code}`,
    ...(second === undefined ? {} : { StatusCode: { Value: `samlp:${second}` } }),
  },
  ...(StatusMessage === undefined ? {} : { StatusMessage }),
})

function orderOf(call: SimulatedCall<SamlRequest>, options: StsOptions): Order {
  const { request, element, now } = call
  const signer = call.caller.certificate!
  const confirmation = request.AttributeQuery.Subject.SubjectConfirmation
  const statement = confirmation?.SubjectConfirmationData?.Assertion
  if (confirmation === undefined || statement === undefined)
    throw soaRefusal('SOA-03007', 'the subject states nothing of itself')
  const { NotBefore: start, NotOnOrAfter: end } = statement.Conditions
  const period = periodOf({ start, end }, now, options.maxLifetime)
  const holderOfKey = holderOf(confirmation, now, options)
  assertHeld(element, request, signer, holderOfKey)
  const asserted = assertedBy(statement)
  const who = { identification: signer, ...(holderOfKey === undefined ? {} : { holderOfKey }) }
  assertIdentified(
    [...asserted].map(([name, values]) => ({ name, values })),
    applicantOf(who),
  )
  return { ...who, claims: claimsOf(request, asserted), ...period }
}

function holderOf(
  {
    ConfirmationMethod: methods,
    KeyInfo,
  }: NonNullable<SamlRequest['AttributeQuery']['Subject']['SubjectConfirmation']>,
  now: Date,
  options: StsOptions,
): Certificate | undefined {
  const [method, ...others] = methods.map((text) => text.trim())
  const known = method === samlValues.holderOfKey || method === samlValues.senderVouches
  if (!known || others.length > 0)
    throw soaRefusal('SOA-03007', 'the confirmation is neither holder-of-key nor sender-vouches')
  const der = KeyInfo?.X509Data.X509Certificate
  if ((method === samlValues.holderOfKey) !== (der !== undefined))
    throw soaRefusal('SOA-03007', 'a key goes with holder-of-key, and with nothing else')
  return der === undefined ? undefined : holderFrom(der, now, options)
}

/** Another holder than the signer proves himself by the inner signature; one that stands there must be good anyway. */
function assertHeld(
  element: XmlElement,
  { Signature }: SamlRequest,
  signer: Certificate,
  holder: Certificate | undefined,
): void {
  const needed = holder !== undefined && !holder.equals(signer)
  if (!needed && Signature === undefined) return
  try {
    verifyEnveloped(element, {
      idAttribute: 'RequestID',
      trusted: [holder ?? signer],
      // the official connector signs rsa-sha1 here
      allowSha1: true,
    })
  } catch (error) {
    throw soaRefusal('SOA-01002', 'the holder of key has not signed the request', error)
  }
}

/** Without designators everything is wanted that may be said (OASIS SAML 1.1 core §3.3.3): what was asserted. */
function claimsOf(request: SamlRequest, asserted: ReadonlyMap<string, readonly string[]>): Claim[] {
  const designated = request.AttributeQuery.AttributeDesignator.map(({ AttributeName }) => AttributeName)
  const names = designated.length === 0 ? [...asserted.keys()] : designated
  if (names.length === 0) throw soaRefusal('SOA-03007', 'no attribute is asked for')
  return [...new Set(names)].map((name) => ({ name, values: asserted.get(name) ?? [] }))
}
