/** Forms of a NIHII number that single services want (spec identifiers §3.4). */
import { onlyDigits } from './digits.js'

/**
 * The 11-digit form of MyCareNet and KMEHR: padded with zeros at the **right**. The zeros are right for institutions; a
 * professional's qualification must be known and given.
 *
 * @throws EHealthError `identifier.length`, `identifier.not-digits`
 */
export function padNihiiForMyCareNet(nihii: string): string {
  return onlyDigits('NIHII', nihii, [8, 11]).padEnd(11, '0')
}
