/** The Timestamp of a received message (spec soap-security §2.10). */
import { EHealthError } from '../../../errors.js'
import { dateTime } from '../../xml/simpleTypes.js'
import { childElements, isElement, textOf, type XmlElement } from '../../xml/tree.js'
import { wsuNamespace } from '../namespaces.js'

/** When a message was made and until when it counts. */
export interface MessageTimestamp {
  created: Date
  expires: Date
}

/** How old or early a message may be. */
export interface FreshnessOptions {
  at: Date
  /** Difference of clocks that is forgiven, in seconds. */
  skewSeconds: number
  /** Largest age of Created in seconds, whatever Expires says. */
  maxAgeSeconds: number
}

/**
 * Reads a Timestamp: Created, then Expires, nothing else.
 *
 * @throws EHealthError `signature.timestamp`
 */
export function readTimestamp(element: XmlElement): MessageTimestamp {
  const [created, expires, ...others] = childElements(element)
  if (
    !isElement(created, wsuNamespace, 'Created') ||
    !isElement(expires, wsuNamespace, 'Expires') ||
    others.length > 0
  )
    throw new EHealthError('signature.timestamp', 'the timestamp is not Created and Expires')
  return { created: instant(created), expires: instant(expires) }
}

function instant(element: XmlElement): Date {
  const value = childElements(element).length === 0 ? dateTime.parse(textOf(element)) : undefined
  if (value === undefined)
    throw new EHealthError('signature.timestamp', `${element.local} is no date and time`)
  return value
}

/** @throws EHealthError `signature.timestamp` when the message is too old, too early or expired */
export function assertFresh({ created, expires }: MessageTimestamp, options: FreshnessOptions): void {
  const at = options.at.getTime()
  const skew = options.skewSeconds * 1000
  const problem =
    created.getTime() > at + skew
      ? 'lies in the future'
      : expires.getTime() <= at - skew
        ? 'has expired'
        : at - created.getTime() > options.maxAgeSeconds * 1000 + skew
          ? 'is too old'
          : expires.getTime() < created.getTime()
            ? 'ends before it begins'
            : undefined
  if (problem !== undefined)
    throw new EHealthError('signature.timestamp', `the timestamp of the message ${problem}`, {
      details: {
        created: created.toISOString(),
        expires: expires.toISOString(),
        at: options.at.toISOString(),
      },
    })
}
