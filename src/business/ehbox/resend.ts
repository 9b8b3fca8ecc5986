/** Sending again what was held back because somebody is out of office (spec ehealthbox §7.5). */
import { EHealthError } from '../../errors.js'
import { invalidOption, refuseUnknownOptions } from '../../technical/session/options.js'
import type { Party } from './parties.js'
import type { Destination, Recipient } from './recipients.js'
import type { AnsweredRecipient } from './send.js'

/** What to do about absent recipients; at least one of the two. */
export interface ResendChoice {
  /** Send to their substitutes, and to them no longer unless `anyway` is set too. */
  toSubstitutes?: boolean
  /** Deliver to them although they are away. */
  anyway?: boolean
}

/**
 * The recipients of the message when it is sent again. A group (`everybody`) cannot be sent to without its absent members:
 * it gets the message anyway, and their substitutes in addition.
 *
 * @throws EHealthError `configuration.invalid`, `ehbox.no-substitute` when somebody would be left out
 */
export function recipientsAgain(
  destinations: readonly Destination[],
  answered: readonly AnsweredRecipient[],
  choice: ResendChoice,
): Recipient[] {
  refuseUnknownOptions(choice, ['toSubstitutes', 'anyway'])
  const { toSubstitutes = false, anyway = false } = choice
  if (!toSubstitutes && !anyway)
    throw invalidOption('', 'choose toSubstitutes, anyway, or both', 'Whoever is absent gets nothing else.')
  const absent = answered.filter((recipient) => recipient.absent !== undefined)
  const again: Recipient[] = []
  const left: string[] = []
  for (const destination of destinations) {
    const away = absent.filter((recipient) => isMeant(recipient, destination))
    const substitutes = away.flatMap((recipient) => recipient.substitutes)
    if (away.length === 0) again.push(destination.recipient)
    else {
      if (anyway || destination.everybody) again.push({ ...destination.recipient, deliverAnyway: true })
      else if (substitutes.length === 0) left.push(destination.path)
      if (toSubstitutes) again.push(...substitutes)
    }
  }
  if (left.length > 0)
    throw new EHealthError('ehbox.no-substitute', `nobody replaces ${left.join(', ')}`, {
      path: left[0]!,
      details: { missing: left },
    })
  return again
}

function isMeant(answered: Party, { context, everybody }: Destination): boolean {
  if (answered.quality !== context.Quality) return false
  if (everybody) return true
  // the platform may leave the subtype out (§9.10)
  const sameSubType =
    answered.subType === undefined || context.SubType === undefined || answered.subType === context.SubType
  return answered.id === context.Id && answered.type === context.Type && sameSubType
}

/** A substitute may be a recipient already, or replace two: who is addressed twice is addressed once. */
export function oncePerAddress(destinations: readonly Destination[]): Destination[] {
  const seen = new Set<string>()
  return destinations.filter(({ context: { Id, Type, Quality } }) => {
    const key = JSON.stringify([Id, Type, Quality])
    if (seen.has(key)) return false
    seen.add(key)
    return true
  })
}
