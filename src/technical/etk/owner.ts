/** Whose token is asked for, checked before anybody is asked. */
import { EHealthError } from '../../errors.js'
import {
  formatForEtk,
  identifierType,
  parseCbe,
  parseEhp,
  parseNihii,
  parseSsin,
} from '../identifiers/index.js'
import { atPath } from '../identifiers/atPath.js'
import type { TokenOwner } from './types.js'

/**
 * The owner as the depot wants him: digits only, leading zeros restored, a NIHII number of 11 digits cut to 8.
 *
 * @throws EHealthError `identifier.*` with `path` `type`, `value` or `application`
 */
export function checkedOwner(owner: TokenOwner, now: Date): TokenOwner {
  const { etk: type } = atPath('type', () => identifierType(owner.type))
  const value = atPath('value', () => {
    const digits = formatForEtk(type, owner.value)
    checkDigits(type, digits, now)
    return digits
  })
  const { application } = owner
  if (application !== undefined && typeof application !== 'string')
    throw new EHealthError('identifier.format', 'application: not a string', { path: 'application' })
  return { type, value, ...(application === undefined ? {} : { application }) }
}

function checkDigits(type: string, digits: string, now: Date): void {
  if (type === 'SSIN') parseSsin(digits, { asOf: now })
  else if (type.startsWith('NIHII')) parseNihii(digits)
  else if (type.startsWith('CBE')) parseCbe(digits)
  // The check digits of an EHP number are observed, not published (spec identifiers §5).
  else if (type.startsWith('EHP')) parseEhp(digits, { tolerant: true })
}
