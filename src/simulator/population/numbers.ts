/**
 * Numbers of the invented people and organisations: valid check digits, in ranges where the personas and the vectors have
 * none (spec identifiers §2 to §5).
 */
import { ssinCheckDigits } from '../../technical/identifiers/index.js'

const two = (value: number): string => String(value).padStart(2, '0')
const complement = (digits: string): string => two(97 - (Number(digits) % 97))

/** Months of more than 28 days, in which the days 29 and 30 exist every year. */
const months = [1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]

/** National number of the person with this serial number, below 3 000; sequences from 990 are never issued. */
export function ssinOf(serial: number, gender: 'F' | 'M'): string {
  const day = 29 + (serial % 2)
  const month = months[Math.floor(serial / 2) % months.length]!
  const year = 60 + (Math.floor(serial / 22) % 36)
  const turn = Math.floor(serial / 792)
  const sequence = (gender === 'M' ? 991 : 990) + 2 * (turn % 4)
  const nine = `${two(year)}${two(month)}${two(day)}${sequence}`
  return nine + ssinCheckDigits(nine, false)
}

/** 8 digits, the first of which is the kind of holder. */
export function nihiiOf(first: number, serial: number): string {
  const six = `${first}99${100 + serial}`
  return six + complement(six)
}

/** An enterprise number. */
export function cbeOf(serial: number): string {
  const eight = `0999${1000 + serial}`
  return eight + complement(eight)
}

/** A number of a partner of the platform. */
export function ehpOf(serial: number): string {
  const eight = `19900${100 + serial}`
  return eight + complement(eight)
}
