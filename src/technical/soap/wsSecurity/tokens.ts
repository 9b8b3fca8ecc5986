/** The tokens of a security header and the references to them, written (spec soap-security §2.2 and §2.3). */
import type { Runtime } from '../../environment/runtime.js'
import type { Certificate } from '../../pki/certificate.js'
import { canonicalize } from '../../xml/canonicalize.js'
import { allowed, base64Binary, namespace, required, string, write } from '../../xml/index.js'
import { parseXml } from '../../xml/parse.js'
import type { ReferenceToWrite } from '../../xml/signature/index.js'
import {
  base64Encoding,
  samlAssertionId,
  samlTokenType,
  wsse11Namespace,
  wsseNamespace,
  wsuNamespace,
  x509ValueType,
} from '../namespaces.js'
import type { SamlAssertion } from '../types.js'

const wsse = namespace(wsseNamespace, { prefix: 'wsse', qualified: true })
namespace(wsse11Namespace, { prefix: 'wsse11', qualified: true })

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

/** What the Security element around declares. */
const securityScope = new Map([['wsse', wsseNamespace]])

/** A token ready to be put into the header. */
export interface WrittenToken {
  xml: string
  /** Content of KeyInfo that leads to it. */
  keyInfo: string
  /** How a signature covers it; the octets are made when it does. */
  reference(): ReferenceToWrite
}

/** A BinarySecurityToken with the certificate. */
export function certificateToken(certificate: Certificate, runtime: Runtime): WrittenToken {
  const id = `X509-${runtime.uuid()}`
  const token = { EncodingType: base64Encoding, ValueType: x509ValueType, Id: id, value: certificate.der }
  return {
    xml: write(BinarySecurityToken, token, { inScope: securityScope }).xml,
    keyInfo: write(
      CertificateReference,
      { Id: `STR-${runtime.uuid()}`, Reference: { URI: `#${id}`, ValueType: x509ValueType } },
      { inScope: securityScope },
    ).xml,
    // digested as it stands alone: with the declaration that it inherits in the message
    reference: () => ({ id, octets: write(BinarySecurityToken, token).xml }),
  }
}

/** The assertion, to the letter as the STS wrote it: its own signature must survive. */
export function assertionToken({ id, xml }: SamlAssertion, runtime: Runtime): WrittenToken {
  return {
    xml,
    keyInfo: write(
      AssertionReference,
      {
        Id: `STR-${runtime.uuid()}`,
        TokenType: samlTokenType,
        KeyIdentifier: { ValueType: samlAssertionId, value: id },
      },
      { inScope: securityScope },
    ).xml,
    reference: () => ({ id, octets: canonicalize(parseXml(xml).root) }),
  }
}
