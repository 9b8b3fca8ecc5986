/** Times as people read them, in the time zone of the browser. */

const time = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' })
const dateAndTime = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'medium' })

/** 14:03:22; what is no time is shown as it is. */
export const clockTime = (text: string): string => written(time, text)
/** 3 May 2026, 14:03:22 */
export const fullTime = (text: string): string => written(dateAndTime, text)

function written(format: Intl.DateTimeFormat, text: string): string {
  const date = new Date(text)
  return Number.isNaN(date.getTime()) ? text : format.format(date)
}

const units = [
  ['day', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
  ['s', 1000],
] as const

/** The two largest units of a span, for instance `1 day 2 h`. */
export function span(milliseconds: number): string {
  const words: string[] = []
  let left = Math.round(Math.abs(milliseconds) / 1000) * 1000
  for (const [name, size] of units) {
    const many = Math.floor(left / size)
    left -= many * size
    if (many > 0 && words.length < 2) words.push(`${many} ${name === 'day' && many > 1 ? 'days' : name}`)
  }
  return words.join(' ') || '0 s'
}
