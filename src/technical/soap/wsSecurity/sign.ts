/** Writes the security header of a message (spec soap-security §2.2 and §2.3). */
import type { Runtime } from '../../environment/runtime.js'
import type { Certificate } from '../../pki/certificate.js'
import { allowed, base64Binary, dateTime, namespace, required, string, write } from '../../xml/index.js'
import { writeSignature, type ReferenceToWrite } from '../../xml/signature/index.js'
import {
  base64Encoding,
  samlAssertionId,
  samlTokenType,
  wsse11Namespace,
  wsseNamespace,
  wsuNamespace,
  x509ValueType,
} from '../namespaces.js'
import type { Security } from '../types.js'

const wsu = namespace(wsuNamespace, { prefix: 'wsu', qualified: true })
const wsse = namespace(wsseNamespace, { prefix: 'wsse', qualified: true })
namespace(wsse11Namespace, { prefix: 'wsse11', qualified: true })

const Timestamp = wsu.element(
  'Timestamp',
  wsu.sequence({ Created: dateTime, Expires: dateTime }, { Id: required(string(), wsuNamespace) }),
)

const BinarySecurityToken = wsse.element(
  'BinarySecurityToken',
  wsse.simpleContent(base64Binary, {
    EncodingType: required(string()),
    ValueType: required(string()),
    Id: required(string(), wsuNamespace),
  }),
)

const CertificateReference = wsse.element(
  'SecurityTokenReference',
  wsse.sequence(
    { Reference: wsse.sequence({}, { URI: required(string()), ValueType: required(string()) }) },
    { Id: required(string(), wsuNamespace) },
  ),
)

const AssertionReference = wsse.element(
  'SecurityTokenReference',
  wsse.sequence(
    { KeyIdentifier: wsse.simpleContent(string(), { ValueType: required(string()) }) },
    { Id: required(string(), wsuNamespace), TokenType: allowed(string(), wsse11Namespace) },
  ),
)

/** Parts of the message that a security header signs. */
export interface SignableBody {
  /** `wsu:Id` that stands on the Body. */
  id: string
  /** Exclusive canonical form of the Body. */
  canonical: string
}

/** Options of `writeSecurity`. */
export interface WriteSecurityOptions {
  runtime: Runtime
  /** Seconds from Created to Expires; 60. */
  ttlSeconds?: number
  /**
   * What is signed. `body` is what every service but the asynchronous one of MyCareNet wants; `timestamp` leaves the
   * Body out (spec soap-security §2.4).
   */
  parts?: 'body' | 'timestamp'
}

/** What the Security element around declares. */
const securityScope = new Map([['wsse', wsseNamespace]])

/**
 * The children of `wsse:Security`: Timestamp, token, Signature. They are written twice by the same writer, once as they
 * stand in the message and once alone, as they are digested; the two differ only in the declarations that a part
 * inherits. No declaration stands in the message that is not needed there: it would be a place to change the message
 * unnoticed.
 */
export async function writeSecurity(
  security: Exclude<Security, { kind: 'none' }>,
  body: SignableBody,
  options: WriteSecurityOptions,
): Promise<string> {
  const { runtime, ttlSeconds = 60, parts = 'body' } = options
  const { credential } = security
  const created = runtime.now()
  const timestampId = `TS-${runtime.uuid()}`
  const timestamp = write(Timestamp, {
    Id: timestampId,
    Created: created,
    Expires: new Date(created.getTime() + ttlSeconds * 1000),
  }).xml
  const references: ReferenceToWrite[] = [{ id: timestampId, octets: timestamp }]
  if (parts === 'body') references.unshift({ id: body.id, octets: body.canonical })

  const token =
    security.kind === 'x509'
      ? certificateToken(credential.certificate, runtime)
      : { xml: security.assertion.xml, keyInfo: assertionReference(security.assertion.id, runtime) }
  if ('reference' in token) references.push(token.reference)

  const signature = await writeSignature({
    credential,
    id: `SIG-${runtime.uuid()}`,
    keyInfo: token.keyInfo,
    references,
  })
  return timestamp + token.xml + signature
}

function certificateToken(
  certificate: Certificate,
  runtime: Runtime,
): { xml: string; keyInfo: string; reference: ReferenceToWrite } {
  const id = `X509-${runtime.uuid()}`
  const token = { EncodingType: base64Encoding, ValueType: x509ValueType, Id: id, value: certificate.der }
  const keyInfo = write(
    CertificateReference,
    { Id: `STR-${runtime.uuid()}`, Reference: { URI: `#${id}`, ValueType: x509ValueType } },
    { inScope: securityScope },
  ).xml
  return {
    xml: write(BinarySecurityToken, token, { inScope: securityScope }).xml,
    keyInfo,
    reference: { id, octets: write(BinarySecurityToken, token).xml },
  }
}

function assertionReference(assertionId: string, runtime: Runtime): string {
  return write(
    AssertionReference,
    {
      Id: `STR-${runtime.uuid()}`,
      TokenType: samlTokenType,
      KeyIdentifier: { ValueType: samlAssertionId, value: assertionId },
    },
    { inScope: securityScope },
  ).xml
}
