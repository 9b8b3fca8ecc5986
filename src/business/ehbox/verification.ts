/** Who sealed a message, and whether that is who the platform says sent it (spec ehealthbox §7.3). */
import { EHealthError } from '../../errors.js'
import { sameNihii } from '../../technical/identifiers/index.js'
import type { Identity } from '../../technical/keystore/index.js'
import type { UnsealedMessage } from '../../technical/seal/index.js'
import type { Sender } from './parties.js'
import { etkTypeOf } from './recipients.js'
import type { OpenedField } from './unsealing.js'

/** What the seals of an encrypted message prove. There is none for a clear one: nobody signed it. */
export interface Verification {
  /** Who signed every sealed field; `undefined` when the certificate names no actor of the platform. */
  author: Identity | undefined
  /** When the first field says to have been signed. */
  signingTime: Date
  /** Official names of findings that do not refuse a message, an old signing time for instance. */
  warnings: readonly string[]
  /**
   * Whether the author is the sender that the platform names: the owner of the box, or the person who sent for an
   * organisation. `undefined` when numbers of different kinds cannot be compared (a NIHII box and an SSIN certificate).
   */
  authorMatchesSender: boolean | undefined
  /** The fields that were opened, as paths: `body`, `annexes[0].content`, … */
  fields: readonly string[]
}

/**
 * Sums up the seals of one message.
 *
 * Every field is sealed on its own, so each could have been taken from another message; all must at least be by the
 * same author.
 *
 * @throws EHealthError `ehbox.mixed-authors`
 */
export function verificationOf(opened: readonly OpenedField[], sender: Sender): Verification | undefined {
  const [first] = opened
  if (first === undefined) return undefined
  for (const { path, unsealed } of opened)
    if (!sameSigners(first.unsealed, unsealed))
      throw new EHealthError(
        'ehbox.mixed-authors',
        `${path} was sealed by another party than ${first.path}`,
        { path },
      )
  return {
    author: first.unsealed.author,
    signingTime: first.unsealed.signingTime,
    warnings: [...new Set(opened.flatMap(({ unsealed }) => unsealed.warnings))],
    authorMatchesSender: first.unsealed.author && matches(first.unsealed.author, sender),
    fields: opened.map(({ path }) => path),
  }
}

/** By actor, not by certificate: nothing forbids a client to renew its certificate between two fields. */
function sameSigners(one: UnsealedMessage, other: UnsealedMessage): boolean {
  if (one.author === undefined || other.author === undefined)
    return (
      one.author === other.author &&
      one.keyIdentifier === other.keyIdentifier &&
      one.authorCertificate?.fingerprint === other.authorCertificate?.fingerprint
    )
  return one.author.type === other.author.type && one.author.value === other.author.value
}

function matches(author: Identity, sender: Sender): boolean | undefined {
  if (author.type === 'SSIN' && sender.personInOrganisation !== undefined)
    return author.value === sender.personInOrganisation.replace(/[\s.-]/g, '')
  const senderType = etkTypeOf(sender)
  if (senderType === undefined) return undefined
  if (familyOf(senderType) !== familyOf(author.type)) return undefined
  // An organisation may be named without its subtype (§9.10): then the number alone decides.
  if (
    senderType !== author.type &&
    senderType !== familyOf(senderType) &&
    author.type !== familyOf(author.type)
  )
    return false
  return familyOf(author.type) === 'NIHII' ? sameNumber(author.value, sender.id) : author.value === sender.id
}

/** `NIHII-HOSPITAL` and `NIHII11` are NIHII numbers. */
const familyOf = (type: string): string => (type === 'NIHII11' ? 'NIHII' : type.replace(/-.*$/, ''))

function sameNumber(one: string, other: string): boolean {
  try {
    return sameNihii(one, other)
  } catch {
    return one === other
  }
}
