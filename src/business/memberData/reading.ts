/** Reading the attributes of one statement: what is none of its type stays as text and is told. */
import { dayOf } from '../../technical/environment/belgianCalendar.js'
import type { MemberAssertion } from './assertions.js'
import { nippin } from './contract.js'

/** The attributes of a statement, by their names without `urn:be:cin:nippin:`. */
export interface Reading {
  /** The first value, without blanks around it. */
  text(name: string): string | undefined
  /** The first value as a day without a zone. */
  day(name: string): string | undefined
  /** Every value as a day. */
  days(name: string): string[]
  flag(name: string): boolean | undefined
}

/** @param problems gets what is strange, without the value */
export function readingOf({ attributes, type }: MemberAssertion, problems: string[]): Reading {
  const values = (name: string): readonly string[] =>
    attributes[name.startsWith('urn:') ? name : nippin + name] ?? []
  const strange = (name: string, problem: string): void => {
    problems.push(`${type}, ${name}: ${problem}`)
  }
  const text = (name: string): string | undefined => {
    const value = values(name)[0]?.trim()
    return value === '' ? undefined : value
  }
  const days = (name: string): string[] =>
    values(name)
      .filter((value) => value.trim() !== '')
      .map((value) => {
        const day = dayOf(value)
        if (day === undefined) strange(name, 'no day of the calendar')
        return day ?? value.trim()
      })
  return {
    text,
    days,
    day: (name) => days(name)[0],
    flag: (name) => {
      const value = text(name)
      if (value === 'true' || value === '1') return true
      if (value === 'false' || value === '0') return false
      if (value !== undefined) strange(name, 'neither true nor false')
      return undefined
    },
  }
}

/** Without the fields that are not there. */
export function defined<T extends object>(fields: T): { [Name in keyof T]?: Exclude<T[Name], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]?: Exclude<T[Name], undefined>
  }
}
