/** Days of the Belgian calendar at the door (spec consent-therlink-hub §1.8). */
import { EHealthError } from '../../errors.js'
import { belgianDay, dayOf, givenDay } from '../../technical/environment/belgianCalendar.js'

/** A day: `yyyy-mm-dd` (a zone behind it does not count), or an instant, whose day is the Belgian one. */
export type Day = string | Date

/**
 * The day as messages carry it, without a zone.
 *
 * @throws EHealthError `kmehr.date` with the path
 */
export function dayFrom(day: Day, path: string): string {
  const text = givenDay(day)
  if (text === undefined) throw new EHealthError('kmehr.date', 'this is no day of the calendar', { path })
  return text
}

/** @throws EHealthError `kmehr.date` when the day is after today in Belgium */
export function notAfterToday(day: string, path: string, now: Date): string {
  if (day > belgianDay(now)) throw new EHealthError('kmehr.date', 'the day lies in the future', { path })
  return day
}

/** A day that an answer carries; what is none stays as it came. */
export const readDay = (text: string): string => dayOf(text) ?? text
