/** Identifiers of messages (spec consent-therlink-hub §1.9). */
import { belgianStamp } from '../../technical/environment/belgianCalendar.js'
import type { Runtime } from '../../technical/environment/runtime.js'

/**
 * `<number>.<yyyyMMddHHmmssSSS>.<random>`: never the same twice, in one process or several. The number is that of the
 * sender; an SSIN is never used for it.
 */
export const messageId = (sender: string, { now, uuid }: Pick<Runtime, 'now' | 'uuid'>): string =>
  `${sender}.${belgianStamp(now())}.${uuid().replaceAll('-', '').slice(-12)}`
