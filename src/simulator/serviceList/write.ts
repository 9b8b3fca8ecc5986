/** Writing and signing a service list: enveloped XAdES-BES, as the platform's (spec soap-security §6.5). */
import { createHash } from 'node:crypto'

import {
  ServiceListV1,
  ServiceListV2,
  type ServiceListVersion,
} from '../../technical/businessContinuity/contract.js'
import { signedPropertiesType, xadesNamespace } from '../../technical/businessContinuity/signature.js'
import type { ListedService } from '../../technical/businessContinuity/serviceList.js'
import type { Runtime } from '../../technical/environment/runtime.js'
import { softwareCredential } from '../../technical/keystore/index.js'
import { canonicalize, exclusiveCanonicalization } from '../../technical/xml/canonicalize.js'
import { parseXml } from '../../technical/xml/parse.js'
import {
  digestAlgorithms,
  dsNamespace,
  envelopedTransform,
  writeSignature,
  x509Data,
} from '../../technical/xml/signature/index.js'
import { write } from '../../technical/xml/write.js'
import type { Authority } from '../pki/authorities.js'

/** What is written. */
export interface ListContent {
  version: ServiceListVersion
  id: string
  issuedAt: Date
  environment: string
  services: readonly (Omit<ListedService, 'cache'> & { cache?: ListCache })[]
}

/** A Cache entry of version 2. */
export interface ListCache {
  strategy: 'ENDPOINT_FIRST' | 'CACHE_FIRST'
  /** `xs:duration`, for instance `P1D`. */
  duration: string
}

/** Where the signature goes; the contract wants an element in its place. */
const place = `<ds:Signature xmlns:ds="${dsNamespace}"></ds:Signature>`

/** The list without a signature. */
export function writeList(content: ListContent): string {
  const { version, id: Id, issuedAt: IssueInstant, environment: Environment, services } = content
  const attributes = { Id, IssueInstant, Environment }
  const endpoints = (service: ListContent['services'][number]) =>
    service.endpoints.map(({ url, order, active }) => ({
      value: url,
      Order: order,
      Status: active ? ('ACTIVE' as const) : ('INACTIVE' as const),
    }))
  const Signature = { xml: place }
  const { xml } =
    version === 1
      ? write(ServiceListV1, {
          Service: services.map((service) => ({
            Endpoint: endpoints(service),
            Id: service.id,
            Name: service.name,
          })),
          Signature,
          ...attributes,
        })
      : write(ServiceListV2, {
          Service: services.map((service) => ({
            EndpointList: { Endpoint: endpoints(service) },
            ...(service.cache === undefined ? {} : { Cache: cacheOf(service.cache) }),
            Id: service.id,
            Name: service.name,
          })),
          Signature,
          ...attributes,
        })
  return xml.replace(place, '')
}

function cacheOf({ strategy, duration }: ListCache) {
  return {
    Key: { value: '/cache/key.xslt', Tranform: 'xslt' as const, Inline: false },
    Expiry: { value: '', Type: 'ttl' as const, Duration: duration },
    Strategy: strategy,
  }
}

/** Puts a signature over the whole list at its end. The list is in canonical form, as the writer makes it. */
export async function signList(
  xml: string,
  { id, signer, chain }: { id: string; signer: Authority; chain: readonly Authority['certificate'][] },
  runtime: Runtime,
): Promise<string> {
  const signatureId = `xmldsig-${runtime.uuid()}`
  const propertiesId = `xmldsig-${runtime.uuid()}-xades-signedprops`
  const object =
    `<ds:Object xmlns:ds="${dsNamespace}"><xades:QualifyingProperties xmlns:xades="${xadesNamespace}" Target="#${signatureId}">` +
    `<xades:SignedProperties Id="${propertiesId}"><xades:SignedSignatureProperties>` +
    `<xades:SigningTime>${runtime.now().toISOString()}</xades:SigningTime>` +
    `<xades:SigningCertificate><xades:Cert><xades:CertDigest>` +
    `<ds:DigestMethod Algorithm="${digestAlgorithms.sha256}"></ds:DigestMethod>` +
    `<ds:DigestValue>${createHash('sha256').update(signer.certificate.der).digest('base64')}</ds:DigestValue>` +
    `</xades:CertDigest><xades:IssuerSerial><ds:X509IssuerName>${signer.certificate.issuer.toRfc2253()}</ds:X509IssuerName>` +
    `<ds:X509SerialNumber>${signer.certificate.serialNumber}</ds:X509SerialNumber></xades:IssuerSerial>` +
    `</xades:Cert></xades:SigningCertificate></xades:SignedSignatureProperties></xades:SignedProperties>` +
    `</xades:QualifyingProperties></ds:Object>`
  const qualifying = parseXml(object).root.children[0]
  const properties = qualifying?.kind === 'element' ? qualifying.children[0] : undefined
  if (properties?.kind !== 'element') throw new Error('no signed properties')
  const signature = await writeSignature({
    credential: softwareCredential({
      certificate: signer.certificate,
      chain: [],
      privateKey: signer.key,
    }),
    id: signatureId,
    keyInfo: [signer.certificate, ...chain].map((certificate) => x509Data([certificate])).join(''),
    references: [
      {
        id,
        octets: canonicalize(parseXml(xml).root),
        transforms: [{ algorithm: envelopedTransform }, { algorithm: exclusiveCanonicalization }],
      },
      { id: propertiesId, type: signedPropertiesType, octets: canonicalize(properties) },
    ],
  })
  const whole = signature.replace('</ds:Signature>', `${object}</ds:Signature>`)
  const end = xml.lastIndexOf('</')
  return xml.slice(0, end) + whole + xml.slice(end)
}
