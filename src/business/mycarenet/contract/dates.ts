/** Days of MyCareNet: never with a zone, some insurers refuse them then (spec memberdata-mycarenet §3.5). */
import { date, type SimpleType } from '../../../technical/xml/index.js'

/** `xs:date` without a zone. */
export const zonelessDate: SimpleType<string> = {
  ...date,
  check: (value) =>
    date.check(value) ??
    ((value as string).length === 10 ? undefined : 'a day with a zone, expected YYYY-MM-DD'),
}

const localText = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/

/** `xs:dateTime`, kept as text: most instants of the insurers have no zone, and nobody knows which is meant. */
export const localDateTime: SimpleType<string> = {
  kind: 'simple',
  expected: 'a date and time',
  schema: { base: 'dateTime' },
  parse: (text) => (localText.test(text.trim()) ? text.trim() : undefined),
  format: (value) => value,
  check: (value) => (typeof value === 'string' && localText.test(value) ? undefined : 'not a date and time'),
}
