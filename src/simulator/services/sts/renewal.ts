/** Renewal over WS-Trust: an order made from an old token (spec sts-iam §1.4). */
import type { Certificate } from '../../../technical/pki/certificate.js'
import type { RequestSecurityToken } from '../../../technical/sts/contract.js'
import { verifyEnveloped } from '../../../technical/xml/signature/index.js'
import { soaRefusal } from '../../refusal.js'
import { unverified } from './unverified.js'
import { assertedBy, holderFrom, type Order, type StsOptions } from './orders.js'

/**
 * The old token must be ours, still valid, and the applicant's. The new one says the same of today.
 *
 * @throws Refusal
 */
export function renewalOf(
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
  const subject = old.AuthenticationStatement?.Subject
  const confirmation = subject?.SubjectConfirmation?.KeyInfo?.X509Data.X509Certificate
  if (confirmation === undefined) throw soaRefusal('SOA-03007', 'the token to renew has no holder of key')
  const holderOfKey = holderFrom(Buffer.from(confirmation, 'base64'), now, options)
  if (!holderOfKey.equals(signer) && subject?.NameIdentifier.value !== signer.subject.toRfc1779())
    throw soaRefusal('SOA-01002', 'the token to renew belongs to somebody else')
  const asserted = assertedBy(old)
  const claims = old.AttributeStatement.Attribute.map(({ AttributeName }) => ({
    name: AttributeName,
    values: (asserted.get(AttributeName) ?? []).filter((value) => value !== ''),
  }))
  const end = new Date(now.getTime() + options.maxLifetime)
  return { identification: signer, holderOfKey, claims, start: now, end }
}
