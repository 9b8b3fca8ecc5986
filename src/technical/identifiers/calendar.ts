/** The Gregorian calendar, without time zones: dates inside identifiers are days, not instants. */

/** Number of days of a month (1–12). */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return [4, 6, 9, 11].includes(month) ? 30 : 31
}

const brussels = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Brussels',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** The day in Belgium at this instant, `yyyy-mm-dd`. */
export function belgianDay(at: Date): string {
  return brussels.format(at)
}
