/** A client that shares nothing with this library: its own envelopes, signed by xml-crypto, octets by hand on a socket. */
import { createHash, randomUUID } from 'node:crypto'
import { connect } from 'node:net'

import forge from 'node-forge'
import { SignedXml } from 'xml-crypto'

const soap = 'http://schemas.xmlsoap.org/soap/envelope/'
const oasis = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-'
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'

/** A key and its certificate out of a PKCS#12 file. */
export interface ForeignKey {
  privateKey: string
  /** Base64 of the DER. */
  certificate: string
}

export function foreignKey(keystore: Uint8Array, password: string): ForeignKey {
  const store = forge.pkcs12.pkcs12FromAsn1(
    forge.asn1.fromDer(Buffer.from(keystore).toString('binary')),
    password,
  )
  const bag = (type: string) => store.getBags({ bagType: type })[type] ?? []
  const oids = forge.pki.oids as Record<string, string>
  const key = bag(oids['pkcs8ShroudedKeyBag']!).find(({ attributes }) =>
    (attributes as { friendlyName?: string[] }).friendlyName?.includes('authentication'),
  )!
  const id = (attributes: unknown): string | undefined =>
    (attributes as { localKeyId?: string[] }).localKeyId?.[0]
  const certificate = bag(oids['certBag']!).find(({ attributes }) => id(attributes) === id(key.attributes))!
  return {
    privateKey: forge.pki.privateKeyToPem(key.key!),
    certificate: Buffer.from(
      forge.asn1.toDer(forge.pki.certificateToAsn1(certificate.cert!)).getBytes(),
      'binary',
    ).toString('base64'),
  }
}

/** How a client writes its envelopes. */
export interface Style {
  /** Prefix of the envelope; empty for the default namespace. */
  prefix?: string
  /** Base64 in lines of 76 characters with a carriage return as character reference, as the official connector. */
  wrapped?: boolean
  /** White space between the elements. */
  indented?: boolean
  /** XML declaration in front. */
  declaration?: string
}

const lines = (base64: string, { wrapped = false }: Style): string =>
  wrapped ? base64.match(/.{1,76}/g)!.join('&#13;\n') : base64

/** A signed envelope; the assertion makes it one of holder-of-key. */
export function foreignEnvelope(
  payload: string,
  key: ForeignKey,
  at: Date,
  style: Style & { assertion?: { id: string; xml: string } } = {},
): string {
  const { prefix = 'soapenv', indented = false, declaration = '', assertion } = style
  const p = prefix === '' ? '' : `${prefix}:`
  const gap = indented ? '\n  ' : ''
  const token =
    assertion?.xml ??
    `<wsse:BinarySecurityToken EncodingType="${oasis}soap-message-security-1.0#Base64Binary" ValueType="${oasis}x509-token-profile-1.0#X509v3" wsu:Id="token">${lines(key.certificate, style)}</wsse:BinarySecurityToken>`
  const time = (seconds: number): string => new Date(at.getTime() + seconds * 1000).toISOString()
  const plain =
    `${declaration}<${p}Envelope xmlns${prefix === '' ? '' : `:${prefix}`}="${soap}">${gap}<${p}Header>${gap}` +
    `<wsse:Security xmlns:wsse="${oasis}wssecurity-secext-1.0.xsd" xmlns:wsu="${oasis}wssecurity-utility-1.0.xsd">` +
    `${gap}<wsu:Timestamp wsu:Id='t'><wsu:Created>${time(0)}</wsu:Created><wsu:Expires>${time(60)}</wsu:Expires></wsu:Timestamp>` +
    `${gap}${token}${gap}</wsse:Security>${gap}</${p}Header>${gap}` +
    `<${p}Body xmlns:u="${oasis}wssecurity-utility-1.0.xsd" u:Id="body-${randomUUID()}">${gap}${payload}${gap}</${p}Body>${gap}</${p}Envelope>`
  const reference =
    assertion === undefined
      ? `<wsse:Reference URI="#token" ValueType="${oasis}x509-token-profile-1.0#X509v3"/>`
      : `<wsse:KeyIdentifier ValueType="http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.0#SAMLAssertionID">${assertion.id}</wsse:KeyIdentifier>`
  const signer = new SignedXml({
    privateKey: key.privateKey,
    idMode: 'wssecurity',
    canonicalizationAlgorithm: exclusive,
    signatureAlgorithm: 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
    getKeyInfoContent: () =>
      `<wsse:SecurityTokenReference xmlns:wsse="${oasis}wssecurity-secext-1.0.xsd">${reference}</wsse:SecurityTokenReference>`,
  })
  const parts = ['Body', 'Timestamp', ...(assertion === undefined ? ['BinarySecurityToken'] : [])]
  for (const local of parts)
    signer.addReference({
      xpath: `/*/*[local-name()='${local}']|/*/*/*/*[local-name()='${local}']`,
      transforms: [exclusive],
      digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
    })
  signer.computeSignature(plain, {
    location: { reference: "//*[local-name()='Security']", action: 'append' },
    prefix: 'dsig',
  })
  const signed = signer.getSignedXml()
  if (style.wrapped !== true) return signed
  return signed.replace(
    /(<dsig:SignatureValue>)([^<]*)/,
    (_, start: string, value: string) => start + lines(value, style),
  )
}

export const sha256 = (content: Uint8Array | string): string =>
  createHash('sha256').update(content).digest('base64')

/** Writes octets on a socket as they are and reads until the server closes. */
export function exchange(url: string, pieces: readonly (string | Uint8Array)[]): Promise<string> {
  const { hostname, port } = new URL(url)
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname)
    const chunks: Buffer[] = []
    socket.on('data', (chunk) => chunks.push(chunk))
    socket.on('error', reject)
    socket.on('close', () => resolve(Buffer.concat(chunks).toString('utf8')))
    for (const piece of pieces) socket.write(piece)
  })
}
