/** Dates of which the day, or month and day, may be unknown (spec identifiers §7.6). */
import { daysInMonth } from '../environment/belgianCalendar.js'
import { accepts, asText, refusal } from './digits.js'

/** A date known to the year, the month or the day. */
export interface IncompleteDate {
  /** `yyyy-mm-dd` with `00` for unknown parts: never turned into a whole date. */
  value: string
  precision: 'year' | 'month' | 'day'
  year: number
  month?: number
  day?: number
}

const kind = 'date'

/**
 * Reads `yyyy-mm-dd`, `yyyy-mm-00` or `yyyy-00-00`, years 1000 to 2999.
 *
 * @throws EHealthError with the first failing rule: `identifier.format`, `.year`, `.month`, `.day-without-month`,
 * `.day`.
 */
export function parseIncompleteDate(input: string): IncompleteDate {
  const match = /^([0-9]{4})-([0-9]{2})-([0-9]{2})$/.exec(asText(kind, input))
  if (match === null) throw refusal(kind, 'identifier.format', 'expected yyyy-mm-dd')
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  if (year < 1000 || year > 2999) throw refusal(kind, 'identifier.year', 'the year lies outside 1000 to 2999')
  if (month > 12) throw refusal(kind, 'identifier.month', 'the month does not exist')
  if (month === 0 && day !== 0) throw refusal(kind, 'identifier.day-without-month', 'a day needs a month')
  if (month !== 0 && day > daysInMonth(year, month))
    throw refusal(kind, 'identifier.day', 'the day does not exist')
  return {
    value: input,
    precision: month === 0 ? 'year' : day === 0 ? 'month' : 'day',
    year,
    ...(month === 0 ? {} : { month }),
    ...(day === 0 ? {} : { day }),
  }
}

/** True when {@link parseIncompleteDate} accepts the input. */
export function isIncompleteDate(input: string): boolean {
  return accepts(() => parseIncompleteDate(input))
}
