/** True for 11 digits that are a valid national number of a person who may exist (sequence below 990). */
export function isPossiblePerson(digits: string): boolean

interface Finding {
  line: number
  rule: string
  /** May be shown. */
  text: string
  /** What was found, in full: not for a log. */
  value: string
}

/** What is wrong with one file; `path` is relative to the project root. */
export function findings(path: string, content: string): Finding[]
