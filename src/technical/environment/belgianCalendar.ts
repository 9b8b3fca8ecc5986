/**
 * The calendar of Belgium: which day it is there, whatever zone the process runs in.
 *
 * The registers of the platform compare days with their own (spec consent-therlink-hub §1.8): a day taken from UTC is
 * yesterday between midnight and two o'clock.
 *
 * @module
 */

const clock = new Intl.DateTimeFormat('en-US-u-nu-latn', {
  timeZone: 'Europe/Brussels',
  calendar: 'gregory',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
})

function partsOf(at: Date): Record<string, string> {
  return Object.fromEntries(clock.formatToParts(at).map(({ type, value }) => [type, value]))
}

/** Writes days as the platform does; in one go, since every number of a person asks which day it is. */
const days = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Brussels',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** The day in Belgium at this instant, `yyyy-mm-dd`. */
export const belgianDay = (at: Date): string => days.format(at)

/** The time of day in Belgium at this instant, `HH:mm:ss`. */
export function belgianTime(at: Date): string {
  const { hour = '', minute = '', second = '' } = partsOf(at)
  return `${hour}:${minute}:${second}`
}

/** Offset of Belgian time from UTC at this instant, `+01:00` in winter and `+02:00` in summer. */
export function belgianOffset(at: Date): string {
  const { year, month, day, hour, minute, second } = partsOf(at)
  const local = Date.UTC(+year!, +month! - 1, +day!, +hour!, +minute!, +second!)
  const minutes = Math.round((local - Math.floor(at.getTime() / 1000) * 1000) / 60_000)
  const size = Math.abs(minutes)
  const two = (part: number): string => String(part).padStart(2, '0')
  return `${minutes < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

/** Date, time and zone of Belgium at this instant, `2024-05-17T09:30:16+02:00`. */
export const belgianDateTime = (at: Date): string =>
  `${belgianDay(at)}T${belgianTime(at)}${belgianOffset(at)}`

/** Digits of date and time in Belgium down to the millisecond, `yyyyMMddHHmmssSSS`. */
export function belgianStamp(at: Date): string {
  const digits = `${belgianDay(at)}${belgianTime(at)}`.replace(/\D/g, '')
  return digits + String(at.getUTCMilliseconds()).padStart(3, '0')
}

const dayText = /^(\d{4})-(\d\d)-(\d\d)(?:Z|[+-]\d\d:\d\d)?$/

/**
 * The day that an `xs:date` names. A zone behind it is passed over: `2024-05-17+02:00` is the 17th, and made an instant
 * and read in UTC it would be the 16th (spec consent-therlink-hub, traps 13).
 *
 * @returns `yyyy-mm-dd`, or `undefined` for text that names no day of the calendar
 */
export function dayOf(text: string): string | undefined {
  const match = dayText.exec(text.trim())
  if (match === null) return undefined
  const [, year, month, day] = match.map(Number) as [number, number, number, number]
  return month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
    ? text.trim().slice(0, 10)
    : undefined
}

/** The day that somebody gives: a text as {@link dayOf} takes it, or an instant, whose day is the Belgian one. */
export function givenDay(day: unknown): string | undefined {
  if (day instanceof Date) return Number.isNaN(day.getTime()) ? undefined : belgianDay(day)
  return typeof day === 'string' ? dayOf(day) : undefined
}

/** Number of days of a month (1–12). */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

/** The same day so many months later; the last day of the month where there is no such day. */
export function addMonths(day: string, months: number): string {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  const count = year * 12 + (month - 1) + months
  const [toYear, toMonth] = [Math.floor(count / 12), (count % 12) + 1]
  return dayFrom(toYear, toMonth, Math.min(date, daysInMonth(toYear, toMonth)))
}

/** So many days later. */
export function addDays(day: string, days: number): string {
  const at = new Date(`${day}T00:00:00Z`)
  at.setUTCDate(at.getUTCDate() + days)
  return at.toISOString().slice(0, 10)
}

const dayFrom = (year: number, month: number, day: number): string =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
