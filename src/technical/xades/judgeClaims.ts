/** What the signer claims in the signed properties: time and certificate (spec xml-signature §7.1 steps 7 and 8, §7.3). */
import type { Certificate } from '../pki/certificate.js'
import { attribute, type XmlElement } from '../xml/tree.js'
import { finding, type XmlSignatureFinding } from './findings.js'
import type { XadesProperties } from './properties.js'
import type { JudgedReferences } from './references.js'
import { namesCertificate } from './signer.js'
import type { FoundLevel } from './verifyOptions.js'

/** What the claims are judged with. */
export interface ClaimContext {
  properties: XadesProperties | undefined
  references: JudgedReferences
  /** `Id` of the signature. */
  id: string | undefined
  signer: Certificate | undefined
  wanted: FoundLevel
  allowSha1: boolean
  now: Date
  clockSkew: number
  /** Times of the trusted time stamps, earliest first. */
  stamps: readonly Date[]
}

/** Outcome. */
export interface JudgedClaims {
  errors: XmlSignatureFinding[]
  warnings: XmlSignatureFinding[]
  signingTime?: Date
}

/**
 * Identifier of signed properties as the official connector's XAdES-C has it. It forgets the signing time and the
 * certificate there (spec xml-signature §6). The identifier is signed, so nobody can put it on afterwards.
 */
const forgetfulId = 'xmldsig-null-xades-signedprops'

/** Judges what is claimed. Signed properties are judged wherever there are any, asked for or not. */
export function judgeClaims(context: ClaimContext): JudgedClaims {
  const { properties, wanted } = context
  if (properties === undefined)
    return wanted === 'xmldsig'
      ? { errors: [], warnings: [] }
      : {
          errors: [
            finding('xml-signature.properties', 'the signature has no signed properties'),
            missingTime('the signature has no signing time'),
          ],
          warnings: [],
        }
  const claims: JudgedClaims = { errors: [], warnings: [] }
  const { signed, target } = properties
  if (signed === undefined || target !== `#${context.id ?? ''}`)
    claims.errors.push(finding('xml-signature.properties', 'the signature has properties of another one'))
  if (signed !== undefined && !context.references.signedProperties.includes(signed))
    claims.errors.push(finding('xml-signature.properties', 'the signature does not cover its properties'))
  if (isForgetful(signed, properties) && context.stamps.length > 0) {
    claims.warnings.push(missingTime('the signature has no signing time, but a time stamp'))
    claims.warnings.push(finding('xml-signature.properties', 'the properties do not name the certificate'))
    return claims
  }
  judgeCertificate(context, properties, claims)
  judgeTime(context, properties, claims)
  return claims
}

function isForgetful(signed: XmlElement | undefined, properties: XadesProperties): boolean {
  return (
    signed !== undefined &&
    attribute(signed, 'Id') === forgetfulId &&
    properties.hasCompleteReferences &&
    properties.signingTimes.length === 0 &&
    properties.signingCertificates.flat().length === 0
  )
}

function judgeCertificate(
  { signer, allowSha1 }: ClaimContext,
  { signingCertificates }: XadesProperties,
  { errors }: JudgedClaims,
): void {
  const [named, ...more] = signingCertificates
  // both generations may stand side by side; then both must be right
  const sound =
    named !== undefined &&
    more.length < 2 &&
    signer !== undefined &&
    signingCertificates.every((certs) =>
      certs.some((cert) => cert !== undefined && namesCertificate(cert, signer, allowSha1)),
    )
  if (!sound)
    errors.push(
      finding('xml-signature.properties', 'the properties do not name the certificate of the signer'),
    )
}

function judgeTime(
  { now, clockSkew, stamps }: ClaimContext,
  { signingTimes }: XadesProperties,
  claims: JudgedClaims,
): void {
  const { errors, warnings } = claims
  const [text, ...more] = signingTimes
  if (text === undefined || more.length > 0) {
    errors.push(missingTime('the signature has not one signing time'))
    return
  }
  const claimed = instantOf(text)
  if (claimed === undefined) {
    errors.push(finding('xml-signature.signing-time', 'the signing time cannot be read'))
    return
  }
  claims.signingTime = claimed.at
  if (!claimed.zoned)
    warnings.push(finding('xml-signature.signing-time', 'the signing time has no zone, and is taken for UTC'))
  if (claimed.at.getTime() > now.getTime() + clockSkew)
    errors.push(finding('xml-signature.signing-time', 'the signing time is in the future'))
  for (const stamp of stamps) {
    const late = stamp.getTime() - claimed.at.getTime()
    if (late < -clockSkew)
      errors.push(
        finding(
          'xml-signature.timestamp-order',
          'a time stamp is older than the signing time that is claimed',
        ),
      )
    else if (late > clockSkew)
      warnings.push(
        finding('xml-signature.timestamp-order', 'a time stamp was made long after the signing time claimed'),
      )
  }
}

const missingTime = (message: string): XmlSignatureFinding =>
  finding('xml-signature.signing-time', message, 'XADES_SIGNEDPROPS_DONT_HAVE_SIGNINGTIME')

/** `xs:dateTime`; without zone it is UTC (spec xml-signature, trap 15). */
function instantOf(text: string): { at: Date; zoned: boolean } | undefined {
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(\.\d+)?(Z|[+-]\d\d:\d\d)?$/.exec(text)
  if (match === null) return undefined
  const [, seconds, fraction = '', zone] = match
  const at = new Date(`${seconds}${fraction.slice(0, 4)}${zone ?? 'Z'}`)
  return Number.isNaN(at.getTime()) ? undefined : { at, zoned: zone !== undefined }
}
