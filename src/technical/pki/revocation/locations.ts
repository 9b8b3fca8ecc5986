/** Where a certificate says that its revocation can be asked for (RFC 5280 §4.2.1.13, §4.2.2.1). */
import { Asn1Error, objectIdentifier, readAsn1, type Asn1Node } from '../../asn1/index.js'
import type { Certificate } from '../certificate.js'

const authorityInformationAccess = '1.3.6.1.5.5.7.1.1'
const crlDistributionPoints = '2.5.29.31'
const ocspAccess = '1.3.6.1.5.5.7.48.1'

/** What a certificate names; only addresses of HTTP, in its order. */
export interface RevocationLocations {
  readonly ocsp: readonly string[]
  /** Of distribution points that the issuer fills himself, with every reason. */
  readonly crl: readonly string[]
}

/** More addresses than that would be a way to keep the reader busy. */
const mostUrls = 4

/** @throws Asn1Error for a broken extension */
export function revocationLocations(certificate: Certificate): RevocationLocations {
  return { ocsp: ocspUrls(certificate).slice(0, mostUrls), crl: crlUrls(certificate).slice(0, mostUrls) }
}

function ocspUrls({ extensions }: Certificate): string[] {
  const extension = extensions.get(authorityInformationAccess)
  if (extension === undefined) return []
  return readAsn1(extension.value)
    .children.filter((access) => objectIdentifier(access.at(0)) === ocspAccess)
    .flatMap((access) => httpUrl(access.at(1)))
}

function crlUrls({ extensions }: Certificate): string[] {
  const extension = extensions.get(crlDistributionPoints)
  if (extension === undefined) return []
  return readAsn1(extension.value).children.flatMap((point) => {
    // [1] reasons and [2] cRLIssuer: a list of part of the reasons, or by somebody else (RFC 5280 §4.2.1.13)
    const [name, ...others] = point.children
    if (name?.isContext(0) !== true || others.length > 0) return []
    return fullNames(name).flatMap(httpUrl)
  })
}

/** The GeneralNames of a DistributionPointName; none when it is relative to a name. */
export function fullNames(distributionPoint: Asn1Node): readonly Asn1Node[] {
  const name = distributionPoint.at(0)
  return name.isContext(0) ? name.children : []
}

/** The address in a GeneralName, when it is one of HTTP. */
export function httpUrl(generalName: Asn1Node): string[] {
  const url = uri(generalName)
  return url !== undefined && URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) ? [url] : []
}

/** The text of a GeneralName of the kind uniformResourceIdentifier. */
export const uri = (generalName: Asn1Node): string | undefined =>
  generalName.isContext(6) && !generalName.constructed
    ? Buffer.from(generalName.content).toString('latin1')
    : undefined

/** Every URI of the certificate's distribution points, to be compared with the one that a list says it is for. */
export function distributionPointUris({ extensions }: Certificate): string[] {
  const extension = extensions.get(crlDistributionPoints)
  if (extension === undefined) return []
  return readAsn1(extension.value).children.flatMap((point) => {
    const name = point.children[0]
    return name?.isContext(0) === true ? fullNames(name).flatMap((general) => uri(general) ?? []) : []
  })
}

/** The first OCSP address of a certificate; `undefined` when it names none, or is broken there. */
export function ocspUrlOf(certificate: Certificate): string | undefined {
  try {
    return ocspUrls(certificate)[0]
  } catch (error) {
    if (error instanceof Asn1Error) return undefined
    throw error
  }
}
