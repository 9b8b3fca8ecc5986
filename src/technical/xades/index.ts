/**
 * XML signatures over business data: XML-DSig, XAdES-BES and XAdES-T, made and verified (spec xml-signature). Signatures of
 * SOAP messages are `ehealth-connectors/soap`; sealed messages are `ehealth-connectors/seal`.
 *
 * @module
 */
export type { XmlDigest } from './algorithms.js'
export {
  signCades,
  verifyCades,
  type CadesSigner,
  type CadesVerification,
  type SignCadesOptions,
  type VerifyCadesOptions,
} from './cades.js'
export {
  blobTransforms,
  connectorOptions,
  type BlobKind,
  type ConnectorSignatureOptions,
  type ConnectorSignOptions,
} from './connectorOptions.js'
export type { XmlInput } from './documents.js'
export type { OfficialSignatureError, XmlSignatureFinding, XmlSignatureReason } from './findings.js'
export { inflateOptional, type InflateLimits } from './inflate.js'
export type { JudgedXmlSignature } from './judgeSignature.js'
export type { XmlCanonicalization, XmlTransform } from './names.js'
export { wrapInXades, type SignaturePlace } from './place.js'
export type { CoveredContent, ManifestPolicy } from './references.js'
export { signXml, type SignedXml } from './sign.js'
export type { ManifestItem, SignXmlOptions, XmlSignatureLevel } from './signOptions.js'
export type { SignatureTimestampOptions } from './timestamp.js'
export type { TimestampAuthority } from '../timestampToken/index.js'
export type { XmlSignatureLayout } from './write.js'
export { verifyXml, type XmlVerification } from './verify.js'
export type { FoundLevel, VerifyXmlOptions } from './verifyOptions.js'
