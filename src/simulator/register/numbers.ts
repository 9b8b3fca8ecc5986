/** Numbers of the register's people and cards: valid check digits, sequences that are never issued (spec identifiers §2, §6). */
import { ssinCheckDigits } from '../../technical/identifiers/index.js'

/** What is added to the month of a BIS number, where the sex was known or not. */
const offsets = { NR: 0, BIS: 40, 'BIS-unknown-sex': 20 } as const

export type NumberSeries = keyof typeof offsets

const two = (value: number): string => String(value).padStart(2, '0')

/**
 * A number that nobody has yet. Sequences go from 990 on; when those of a day are taken, the day is counted on, as the
 * register does (spec identifiers §2.4).
 *
 * @param birthDate `yyyy-mm-dd` with `00` for what is not known
 */
export function freeSsin(
  birthDate: string,
  gender: 'F' | 'M' | undefined,
  series: NumberSeries,
  taken: (ssin: string) => boolean,
): string {
  const [year, month, day] = birthDate.split('-').map(Number) as [number, number, number]
  const start = `${two(year % 100)}${two(month + offsets[series])}`
  const first = gender === 'M' ? 991 : 990
  for (let counted = 0; counted < 28; counted++) {
    const date = start + two(day + counted > 28 ? day + counted - 28 : day + counted)
    for (let sequence = first; sequence < 999; sequence += 2) {
      const nine = `${date}${sequence}`
      const ssin = nine + ssinCheckDigits(nine, year >= 2000)
      if (!taken(ssin)) return ssin
    }
  }
  throw new RangeError('no number is left for this month of birth')
}

/** Number of an eID or Kids-ID; `serial` below ten million. */
export function eidNumber(serial: number): string {
  const ten = `598${String(serial).padStart(7, '0')}`
  return ten + two(Number(ten) % 97 || 97)
}

/** Number of a foreigner's card; `serial` below a hundred thousand. */
export const foreignerCardNumber = (serial: number): string => `B98${String(serial).padStart(6, '0')}`

/** Number of an ISI+ card: ten digits, as the patients' have. */
export const isiNumber = (serial: number): string => `98${String(serial).padStart(8, '0')}`

/** (inferred) What the barcode of an ISI+ card says: its form is not public; 22 digits as in the only sample. */
export const isiBarcode = (ssin: string, number: string): string => `9${ssin}${number}`
