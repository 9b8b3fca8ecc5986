/** Patients whose number is answered with a fault, one for each code of the catalogue: for tests of what goes wrong. */
import { memberDataFaultCodes, type MemberDataFaultCode } from '../../../business/memberData/contract.js'
import { ssinCheckDigits } from '../../../technical/identifiers/index.js'

const two = (value: number): string => String(value).padStart(2, '0')

/** Born in 1951 with the sequence 997, one a day of the first days of each month, in the order of the catalogue. */
export const memberDataFaultPatients = Object.fromEntries(
  memberDataFaultCodes.map((code, index): [MemberDataFaultCode, string] => {
    const nine = `51${two(1 + (index % 12))}${two(1 + Math.floor(index / 12))}997`
    return [code, nine + ssinCheckDigits(nine, false)]
  }),
) as Readonly<Record<MemberDataFaultCode, string>>

const bySsin = new Map(
  Object.entries(memberDataFaultPatients).map(([code, ssin]) => [ssin, code as MemberDataFaultCode]),
)

/** The code that a number is answered with, whatever is asked. */
export const faultOf = (ssin: string): MemberDataFaultCode | undefined => bySsin.get(ssin)
