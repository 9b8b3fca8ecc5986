/** `ehealth verify --kind xml`: signatures of documents, and CMS signatures over octets (spec xml-signature §7, §8). */
import { EHealthError } from '../../../errors.js'
import type { Certificate, RevocationChecker } from '../../../technical/pki/index.js'
import {
  verifyCades,
  verifyXml,
  type CadesVerification,
  type FoundLevel,
  type JudgedXmlSignature,
  type VerifyXmlOptions,
  type XmlSignatureFinding,
} from '../../../technical/xades/index.js'
import { shownRevocation } from '../../revocation.js'

/** Levels that `--level` may demand. */
export const xmlLevels = ['xmldsig', 'xades', 'xades-t', 'xades-c'] as const

/** What the options say. */
export interface XmlJudgementOptions {
  trust: readonly Certificate[]
  /** Anchors of time stamp authorities; `trust` when absent. */
  tsa?: readonly Certificate[]
  at: Date
  revocation?: RevocationChecker | undefined
  signature?: Uint8Array
  covers?: string | undefined
  level?: FoundLevel | undefined
  allowSha1?: boolean
}

/** JSON-able. */
export interface XmlJudgement {
  kind: 'xml'
  valid: boolean
  errors: XmlSignatureFinding[]
  warnings: XmlSignatureFinding[]
  signatures: Record<string, unknown>[]
}

/** Judges a document with the signatures in it, or a detached one; manifests are followed. */
export async function judgeXml(file: Uint8Array, options: XmlJudgementOptions): Promise<XmlJudgement> {
  const { trust, tsa, at, revocation, signature, covers, allowSha1 } = options
  const common = {
    trust,
    at,
    ...(tsa === undefined ? {} : { timestampAuthorities: tsa }),
    ...(revocation === undefined ? {} : { revocation }),
    ...(allowSha1 === true ? { allowSha1: true } : {}),
  }
  const cms = signature ?? file
  if (isCms(cms)) {
    for (const name of ['covers', 'level'] as const)
      if (options[name] !== undefined)
        throw new EHealthError('configuration.unsupported', `--${name} does not go with a CMS signature`, {
          path: name,
        })
    return shownCades(await verifyCades(cms, { ...common, ...(cms === file ? {} : { content: file }) }))
  }
  const demands: VerifyXmlOptions = {
    ...common,
    // without a demand it may be any: what it is stands in the judgement
    level: options.level ?? 'xmldsig',
    ...(signature === undefined ? {} : { signature }),
    ...(covers === undefined ? {} : { mustCover: covers }),
  }
  const { valid, errors, warnings, signatures } = await verifyXml(file, demands)
  return { kind: 'xml', valid, errors, warnings, signatures: signatures.map(shownSignature) }
}

/** A SEQUENCE, as no document begins. */
const isCms = (bytes: Uint8Array): boolean => bytes[0] === 0x30

function shownSignature(signature: JudgedXmlSignature): Record<string, unknown> {
  const { id, level, valid, intact, signer, signingTime, timestamps, judgedAt, covers, revocation } =
    signature
  return {
    ...(id === undefined ? {} : { id }),
    level,
    valid,
    intact,
    ...(signer === undefined ? {} : { signer: shownSigner(signer) }),
    ...(signingTime === undefined ? {} : { signingTime }),
    timestamps,
    judgedAt,
    covers: covers.map((covered) => ({
      id: covered.id,
      element: covered.element.local,
      content: covered.content,
      through: covered.through,
    })),
    ...(revocation === undefined ? {} : { revocation: shownRevocation(revocation) }),
  }
}

function shownCades({ valid, errors, warnings, signers }: CadesVerification): XmlJudgement {
  const signatures = signers.map(({ certificate, signingTime, timestamps }) => ({
    level: 'cades',
    signer: shownSigner(certificate),
    ...(signingTime === undefined ? {} : { signingTime }),
    timestamps,
  }))
  return { kind: 'xml', valid, errors, warnings, signatures }
}

const shownSigner = (certificate: Certificate): Record<string, unknown> => ({
  subject: certificate.subject.toRfc2253(),
  serialNumber: certificate.serialNumber.toString(),
  fingerprint: certificate.fingerprint,
})
