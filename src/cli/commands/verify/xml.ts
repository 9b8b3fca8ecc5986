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
import { english } from '../../language/index.js'
import type { ShownCmsSignature, ShownXmlSignature, Signer, XmlJudgement } from '../../json/index.js'
import { UsageError } from '../../output.js'
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
  /** Serial numbers of signers that the caller knows to be revoked. */
  revoked?: ReadonlySet<bigint>
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
        throw new EHealthError(
          'configuration.unsupported',
          english`--${name} does not go with a CMS signature`,
          {
            path: name,
          },
        )
    const verified = await verifyCades(cms, { ...common, ...(cms === file ? {} : { content: file }) })
    return withRevoked(
      shownCades(verified),
      verified.signers.map(({ certificate }) => certificate),
      options.revoked,
    )
  }
  const demands: VerifyXmlOptions = {
    ...common,
    // without a demand it may be any: what it is stands in the judgement
    level: options.level ?? 'xmldsig',
    ...(signature === undefined ? {} : { signature }),
    ...(covers === undefined ? {} : { mustCover: covers }),
  }
  const { valid, errors, warnings, signatures } = await verifyXml(file, demands)
  return withRevoked(
    { kind: 'xml', valid, errors, warnings, signatures: signatures.map(shownSignature) },
    signatures.flatMap(({ signer }) => signer ?? []),
    options.revoked,
  )
}

/** What the caller knows goes before every list: a notice by telephone is days ahead of the next one. */
function withRevoked(
  judgement: XmlJudgement,
  signers: readonly Certificate[],
  revoked: ReadonlySet<bigint> = new Set(),
): XmlJudgement {
  if (!signers.some(({ serialNumber }) => revoked.has(serialNumber))) return judgement
  if (judgement.errors.some(({ code }) => code === 'CERTIFICATE_REVOKED')) return judgement
  const found: XmlSignatureFinding = {
    code: 'CERTIFICATE_REVOKED',
    reason: 'xml-signature.revoked',
    message: 'the certificate of a signer is among those named as revoked',
  }
  return { ...judgement, valid: false, errors: [...judgement.errors, found] }
}

/**
 * Serial numbers, in decimal, or with `0x` in hexadecimal digits.
 *
 * @throws UsageError
 */
export function serialNumbers(texts: readonly string[]): ReadonlySet<bigint> {
  return new Set(
    texts.map((text) => {
      if (!/^(\d+|0x[\da-f]+)$/i.test(text)) throw new UsageError(english`${text} is no serial number`)
      return BigInt(text)
    }),
  )
}

/** A SEQUENCE, as no document begins. */
const isCms = (bytes: Uint8Array): boolean => bytes[0] === 0x30

function shownSignature(signature: JudgedXmlSignature): ShownXmlSignature {
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
  const signatures = signers.map(({ certificate, signingTime, timestamps }): ShownCmsSignature => ({
    level: 'cades',
    signer: shownSigner(certificate),
    ...(signingTime === undefined ? {} : { signingTime }),
    timestamps,
  }))
  return { kind: 'xml', valid, errors, warnings, signatures }
}

const shownSigner = (certificate: Certificate): Signer => ({
  subject: certificate.subject.toRfc2253(),
  serialNumber: certificate.serialNumber.toString(),
  fingerprint: certificate.fingerprint,
})
