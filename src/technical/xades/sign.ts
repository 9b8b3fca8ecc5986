/** Signing documents of the platform: XML-DSig, XAdES-BES and XAdES-T (spec xml-signature §3). */
import { systemRuntime } from '../environment/runtime.js'
import type { Certificate } from '../pki/certificate.js'
import { assertKeyUsage, assertValidAt } from '../pki/path.js'
import { canonicalize } from '../xml/canonicalize.js'
import { canonicalizeInclusive } from '../xml/canonicalizeInclusive.js'
import { encodeUtf8 } from '../xml/encode.js'
import { parseXml, type XmlDocument } from '../xml/parse.js'
import { childNamed, descendants, isElement, type XmlElement } from '../xml/tree.js'
import { digestOf, digestUris, signingMethod, type XmlDigest } from './algorithms.js'
import { indexIds, parsed, type XmlInput } from './documents.js'
import { dsNamespace, manifestType, signedPropertiesType, transformUris, type XmlTransform } from './names.js'
import { placement } from './place.js'
import { qualifyingProperties, type WrittenTimestamp } from './qualifyingProperties.js'
import { checkSignOptions, transformsOf, type SignXmlOptions } from './signOptions.js'
import { stampOver } from './timestamp.js'
import { transform } from './transforms.js'
import { signatureWriter, type SignatureWriter } from './write.js'

/** What {@link signXml} gives. */
export interface SignedXml {
  /** The signature as a document of its own, or the whole document with the signature in it. To be sent in UTF-8. */
  xml: string
  /** The `ds:Signature` alone. */
  signature: string
  /** Its `Id`. */
  signatureId: string
  /** Claimed in the signed properties; absent for `xmldsig`. */
  signingTime?: Date
  /** The token, DER; for `xades-t`. */
  timestamp?: Uint8Array
}

/**
 * Signs an element of a document.
 *
 * The document is not changed but for the signature that is put into it. The algorithm follows the key: RSA or ECDSA, with
 * SHA-256 unless said otherwise. KeyInfo holds the whole chain of the credential, leaf first.
 *
 * @param document The document with the element: for a detached signature over a blob, the blob alone.
 * @throws EHealthError `xml-signature.options`, `xml-signature.reference` (no such element, or several),
 *   `xml-signature.transform`; `certificate.expired`, `certificate.not-yet-valid`, `certificate.key-usage`; `xml.*`; what
 *   the credential and the time stamp authority throw
 *
 * @example
 * ```ts
 * import { blobTransforms, signXml } from 'ehealth-connectors/xml-signature'
 *
 * const blob = `<Blob Id="_b1" ContentType="text/xml">${Buffer.from('<record/>').toString('base64')}</Blob>`
 * const { xml } = await signXml(blob, {
 *   credential,
 *   id: '_b1',
 *   transforms: blobTransforms({ contentType: 'text/xml' }),
 * })
 * const xadesT = Buffer.from(xml).toString('base64')
 * ```
 */
export async function signXml(document: XmlInput, options: SignXmlOptions): Promise<SignedXml> {
  checkSignOptions(options)
  const { credential, level = 'xades', place = 'detached', timestamp, signal } = options
  const { canonicalization = 'exc-c14n', runtime = systemRuntime, layout = 'compact' } = options
  const signingTime = runtime.now()
  assertValidAt(credential.certificate, signingTime)
  assertKeyUsage(credential.certificate, ['digitalSignature', 'nonRepudiation'])

  const source = parsed(document)
  const put = placement(source, place)
  const wrap = options.wrap ?? ((text: string) => text)
  const writer = signatureWriter(layout)
  const draft = beginDraft(source, options, writer, signingTime)
  const { signatureId } = draft

  /** The signature where it is going to stand: what inclusive canonicalisation sees depends on it. */
  const inPlace = (text: string): XmlElement => {
    const alone = canonicalization === 'exc-c14n' && timestamp?.canonicalization !== 'c14n'
    const wrapped = place === 'detached' || options.wrap !== undefined
    return signatureIn(parseXml(alone || wrapped ? text : put(text)), signatureId)
  }
  const { algorithm } = signingMethod(credential.keyType, options.signatureDigest ?? 'sha256')
  const unsigned = draft.write(undefined, undefined)
  const signedInfo = childNamed(inPlace(unsigned), dsNamespace, 'SignedInfo')!
  const toSign = canonicalization === 'c14n' ? canonicalizeInclusive(signedInfo) : canonicalize(signedInfo)
  const value = await credential.sign(algorithm, encodeUtf8(toSign))
  let signature = draft.write(value, undefined)
  let stamp: WrittenTimestamp | undefined
  if (timestamp !== undefined) {
    const valueElement = childNamed(inPlace(signature), dsNamespace, 'SignatureValue')!
    const uuid = runtime.uuid()
    const token = await stampOver(valueElement, timestamp, signal)
    stamp = { uuid, token, canonicalization: timestamp.canonicalization ?? 'exc-c14n' }
    signature = draft.write(value, stamp)
  }
  return {
    xml: put(wrap(signature)),
    signature,
    signatureId,
    ...(level === 'xmldsig' ? {} : { signingTime }),
    ...(stamp === undefined ? {} : { timestamp: stamp.token }),
  }
}

interface Draft {
  signatureId: string
  write(value: Uint8Array | undefined, timestamp: WrittenTimestamp | undefined): string
}

interface Reference {
  id: string
  type?: string
  transforms: readonly XmlTransform[]
  digest: Uint8Array
}

/** Everything but the value and the time stamp. */
function beginDraft(
  source: XmlDocument,
  options: SignXmlOptions,
  writer: SignatureWriter,
  signingTime: Date,
): Draft {
  const { credential, id, level = 'xades', place = 'detached', digest = 'sha256', manifest } = options
  const { runtime = systemRuntime } = options
  const signatureId = `xmldsig-${runtime.uuid()}`
  const references: Reference[] = []
  if (id !== undefined) {
    const transforms = transformsOf(options.transforms, 'transforms', place)
    references.push({ id, transforms, digest: digestOver(source, id, transforms, digest) })
  }
  const objects: ((timestamp: WrittenTimestamp | undefined) => string)[] = []
  if (level !== 'xmldsig') {
    const properties = {
      signatureId,
      id: `xmldsig-${runtime.uuid()}-xades-signedprops`,
      signingTime,
      signer: credential.certificate,
    }
    const write = (timestamp?: WrittenTimestamp): string =>
      writer.tight.parent('ds:Object', {}, [qualifyingProperties({ ...properties, timestamp }, writer)])
    references.push(referenceInside(write(), properties.id, signedPropertiesType, digest))
    objects.push(write)
  }
  if (manifest !== undefined && manifest.length > 0) {
    const manifestId = `${signatureId}-manifest`
    const items = manifest.map((item, index): Reference => {
      // of another document the signature is no part, wherever it stands
      const around = item.document === undefined ? place : 'detached'
      const transforms = transformsOf(item.transforms, `manifest[${index}].transforms`, around)
      const from = item.document === undefined ? source : parsed(item.document)
      return { id: item.id, transforms, digest: digestOver(from, item.id, transforms, digest) }
    })
    const text = writer.tight.parent('ds:Object', {}, [
      writer.parent(
        'ds:Manifest',
        { Id: manifestId },
        items.map((item) => referenceElement(item, digest, writer)),
      ),
    ])
    references.push(referenceInside(text, manifestId, manifestType, digest))
    objects.push(() => text)
  }
  const signedInfo = signedInfoElement(references, options, writer)
  const keyInfo = writer.parent('ds:KeyInfo', {}, [x509Data(certificatesOf(options), writer)])
  return {
    signatureId,
    write: (value, timestamp) =>
      writer.parent('ds:Signature', { 'xmlns:ds': dsNamespace, Id: signatureId }, [
        signedInfo,
        writer.octets('ds:SignatureValue', {}, value ?? Uint8Array.of(0)),
        keyInfo,
        ...objects.map((write) => write(timestamp)),
      ]),
  }
}

function digestOver(
  { root }: XmlDocument,
  id: string,
  transforms: readonly XmlTransform[],
  digest: XmlDigest,
): Uint8Array {
  const uses = transforms.map((name) => ({ name, inclusivePrefixes: [] }))
  const { octets } = transform(indexIds([root]).one(id), uses, { signature: undefined, inflate: {} })
  return digestOf(digest, octets)
}

/** The reference to an element inside of an object: exclusive canonicalisation, so it does not matter where that stands. */
function referenceInside(object: string, id: string, type: string, digest: XmlDigest): Reference {
  const { root } = parseXml(`<ds:Signature xmlns:ds="${dsNamespace}">${object}</ds:Signature>`)
  return {
    id,
    type,
    transforms: ['exc-c14n'],
    digest: digestOf(digest, canonicalize(indexIds([root]).one(id))),
  }
}

function signedInfoElement(
  references: readonly Reference[],
  options: SignXmlOptions,
  writer: SignatureWriter,
): string {
  const { credential, canonicalization = 'exc-c14n', signatureDigest = 'sha256', digest = 'sha256' } = options
  return writer.parent('ds:SignedInfo', {}, [
    writer.empty('ds:CanonicalizationMethod', { Algorithm: transformUris[canonicalization] }),
    writer.empty('ds:SignatureMethod', { Algorithm: signingMethod(credential.keyType, signatureDigest).uri }),
    ...references.map((reference) => referenceElement(reference, digest, writer)),
  ])
}

function referenceElement(reference: Reference, digest: XmlDigest, writer: SignatureWriter): string {
  const transforms = reference.transforms.map((name) =>
    writer.empty('ds:Transform', { Algorithm: transformUris[name] }),
  )
  return writer.parent('ds:Reference', { Type: reference.type, URI: `#${reference.id}` }, [
    ...(transforms.length === 0 ? [] : [writer.parent('ds:Transforms', {}, transforms)]),
    writer.empty('ds:DigestMethod', { Algorithm: digestUris[digest] }),
    writer.digest('ds:DigestValue', reference.digest),
  ])
}

function certificatesOf({ credential, keyInfo = 'chain' }: SignXmlOptions): Certificate[] {
  return [credential.certificate, ...(keyInfo === 'chain' ? credential.chain : [])]
}

function x509Data(certificates: readonly Certificate[], writer: SignatureWriter): string {
  return writer.parent(
    'ds:X509Data',
    {},
    certificates.map(({ der }) => writer.octets('ds:X509Certificate', {}, der)),
  )
}

function signatureIn({ root }: XmlDocument, id: string): XmlElement {
  for (const element of descendants(root))
    if (isElement(element, dsNamespace, 'Signature') && element.attributes.some(({ value }) => value === id))
      return element
  return root
}
