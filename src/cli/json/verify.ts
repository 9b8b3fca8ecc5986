/** What `ehealth verify`, `unseal`, `seal` and `etk` print. */
import type { ServiceListJudgement } from '../../technical/businessContinuity/index.js'
import type { Identity } from '../../technical/keystore/index.js'
import type { LayerRevocation } from '../../technical/seal/index.js'
import type { AssertionJudgement, EnvelopeJudgement } from '../../technical/soap/index.js'
import type { CoveredContent, FoundLevel, XmlSignatureFinding } from '../../technical/xades/index.js'
import type { CodedFinding, NamedCertificate, Signer } from './common.js'
import type { ShownRevocation } from './revocation.js'
import type { TimestampJudgement } from './timestamp.js'

/** The judgement of one file; `kind` says which. */
export type Verify =
  | SealedJudgement
  | EnvelopeJudgement
  | AssertionJudgement
  | XmlJudgement
  | TimestampJudgement
  | ServiceListJudgement

/** The outside of a sealed message: who sent it. */
export interface SealedJudgement {
  kind: 'sealed'
  valid: boolean
  /** `code` is the official name. */
  errors: CodedFinding[]
  warnings: CodedFinding[]
  /** Who sent it; of an accepted message only. */
  sender?: Identity
  signer?: Signer
  revocation?: ShownRevocation | null
  /** When the sender says to have signed. */
  signingTime?: string
}

/** Signatures of a document, or CMS signatures over octets. */
export interface XmlJudgement {
  kind: 'xml'
  valid: boolean
  errors: XmlSignatureFinding[]
  warnings: XmlSignatureFinding[]
  signatures: (ShownXmlSignature | ShownCmsSignature)[]
}

/** A signature in XML. */
export interface ShownXmlSignature {
  /** `Id` of the signature. */
  id?: string
  level: FoundLevel
  /** No errors. */
  valid: boolean
  /** The value and every digest verify, whoever signed. */
  intact: boolean
  signer?: Signer
  /** Claimed in the signed properties. */
  signingTime?: Date
  /** Times of the trusted time stamps, earliest first. */
  timestamps: readonly Date[]
  /** Instant at which the certificates were judged. */
  judgedAt: Date
  /** What the signature covers, its own properties aside. */
  covers: (Pick<CoveredContent, 'id' | 'content' | 'through'> & {
    /** Local name of the element. */
    element: string
  })[]
  revocation?: ShownRevocation | null
}

/** A CMS signature. */
export interface ShownCmsSignature {
  level: 'cades'
  signer: Signer
  /** Claimed. */
  signingTime?: Date
  /** Times of the trusted time stamps, earliest first. */
  timestamps: readonly Date[]
}

/** What was sealed, and for whom. */
export interface Seal {
  /** Octets of the sealed message. */
  bytes: number
  /** Distinguished names of the recipients, RFC 2253. */
  recipients: string[]
  /** Identifier of the secret key that it is sealed for, too. */
  secretKeyId: string | null
}

/** The report on a sealed message. */
export type Unseal = UnsealAccepted | UnsealRefused

/** Evidence about one signature of a sealed message. */
export type LayerEvidence = ShownRevocation & {
  /** The inner signature is the author's, the outer one the sender's. */
  layer: LayerRevocation['layer']
}

/** A message that opened and verified. */
export interface UnsealAccepted {
  accepted: true
  /** Null where the certificate names no actor of the platform. */
  author: Identity | null
  authorCertificate: NamedCertificate | null
  senderCertificate: NamedCertificate | null
  /** Of the sender's key, where he has no certificate. */
  keyIdentifier: string | null
  signingTime: string
  /** Octets of the content. */
  bytes: number
  /** Official names; empty. */
  errors: readonly string[]
  /** Official names. */
  warnings: readonly string[]
  revocation?: LayerEvidence[]
}

/** A message of which nothing is given out. */
export interface UnsealRefused {
  accepted: false
  code: string
  /** Official name of what ended the judgement. */
  fatal: string | null
  /** Official names. */
  errors: readonly string[]
  /** Official names. */
  warnings: readonly string[]
  revocation?: LayerEvidence[]
}

/** A verified encryption token. */
export interface EtkDocument {
  verified: true
  /** Type of the owner's number, for instance `NIHII-HOSPITAL`. */
  type: string
  /** The owner's number. */
  value: string
  application: string | null
  /** Distinguished name of the owner, RFC 2253. */
  subject: string
  /** Of the encryption certificate, decimal digits. */
  serialNumber: string
  keyBits: number
  notBefore: string
  notAfter: string
  /** Who signed it; null where the token does not tell. */
  registrationAuthority: string | null
  warnings: readonly string[]
  revocation: ShownRevocation | null
}

/** A token of the depot. */
export type EtkGet = EtkDocument

/** A token of a file. */
export type EtkInspect = EtkDocument
