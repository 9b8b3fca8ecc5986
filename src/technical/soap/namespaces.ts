/** Namespaces and identifiers of SOAP 1.1 and WS-Security 1.0 (spec soap-security §1.2, §2). */

export const soapNamespace = 'http://schemas.xmlsoap.org/soap/envelope/'
export const wsseNamespace =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd'
export const wsuNamespace =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd'
export const wsse11Namespace = 'http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd'
export const samlNamespace = 'urn:oasis:names:tc:SAML:1.0:assertion'
export const wsaNamespace = 'http://www.w3.org/2005/08/addressing'
export const xopNamespace = 'http://www.w3.org/2004/08/xop/include'

/** `EncodingType` of a BinarySecurityToken. */
export const base64Encoding =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary'
/** `ValueType` of a BinarySecurityToken that holds one certificate. */
export const x509ValueType =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3'
/** `TokenType` of a reference to a SAML 1.1 assertion. */
export const samlTokenType = 'http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLV1.1'
/** `ValueType` of a KeyIdentifier that holds an AssertionID. */
export const samlAssertionId =
  'http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.0#SAMLAssertionID'
/** Transform that replaces a SecurityTokenReference by the token it refers to. */
export const strTransform =
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#STR-Transform'

/** `SystemError` and `BusinessError` of faults (spec soap-security §5.1). */
export const soaErrorsNamespace = 'urn:be:fgov:ehealth:errors:soa:v1'
