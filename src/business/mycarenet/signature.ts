/** Signatures over blobs of answers (spec memberdata-mycarenet §5.3): what is broken is refused, the rest is told. */
import { EHealthError } from '../../errors.js'
import type { Certificate } from '../../technical/pki/certificate.js'
import type { Session } from '../../technical/session/types.js'
import { verifyXml, type FoundLevel, type XmlSignatureFinding } from '../../technical/xades/index.js'
import { childElements, type XmlElement } from '../../technical/xml/index.js'

/** What a signature proves of an answer. */
export interface BlobSignature {
  /** No errors: a trusted signer, whose certificate was valid when he signed. */
  valid: boolean
  /** `xades` with a claimed time, `xades-t` with one that an authority stamped. */
  level: FoundLevel
  signer?: Certificate
  /** Claimed by the signer. */
  signingTime?: Date
  /** Times of trusted time stamps, earliest first. */
  timestamps: readonly Date[]
  /** Why it is not valid, in the official connector's words and ours. */
  errors: XmlSignatureFinding[]
  /** A certificate that has expired since is one of these: archives must stay readable. */
  warnings: XmlSignatureFinding[]
}

/** An answer as it was read, with its blob. */
export interface SignedAnswer {
  /** Root element of the message, in the tree that it was parsed into. */
  element: XmlElement
  /** The envelope that was parsed. */
  source: string
  /** Serialised signature from beside the blob. */
  signature: Uint8Array
}

/**
 * Judges the signature over the blob of a synchronous answer.
 *
 * @throws EHealthError `mycarenet.signature` when what was signed was changed, or is something else than the blob
 */
export async function verifyAnswer(
  session: Session,
  { element, source, signature }: SignedAnswer,
): Promise<BlobSignature> {
  const blob = inside(inside(element, 'Return'), 'Detail')
  const { signers: trust, timestampAuthority: timestampAuthorities } = session.trust
  const judged = await verifyXml(
    { root: rootOf(element), source },
    {
      signature,
      trust,
      timestampAuthorities,
      expiredSigner: 'warn',
      revocation: session.revocation,
      at: session.runtime.now(),
      ...(blob === undefined ? {} : { mustCover: blob }),
    },
  )
  const [only] = judged.signatures
  const covered = judged.errors.every(({ reason }) => reason !== 'xml-signature.coverage')
  if (only?.intact !== true || !covered)
    throw new EHealthError('mycarenet.signature', 'the signature does not fit the content of the answer', {
      details: { reasons: [...new Set(judged.errors.map(({ reason }) => reason))] },
    })
  const { level, signer, signingTime, timestamps } = only
  return {
    valid: judged.valid,
    level,
    ...(signer === undefined ? {} : { signer }),
    ...(signingTime === undefined ? {} : { signingTime }),
    timestamps,
    errors: judged.errors,
    warnings: judged.warnings,
  }
}

const inside = (element: XmlElement | undefined, local: string): XmlElement | undefined =>
  element === undefined ? undefined : childElements(element).find((child) => child.local === local)

function rootOf(element: XmlElement): XmlElement {
  let root = element
  while (root.parent !== undefined) root = root.parent
  return root
}
