/** Bank accounts (ISO 13616, ISO 9362): what is wrong with a number is told before an insurer finds out. */
import { EHealthError } from '../../errors.js'
import { refuseUnknownOptions } from '../../technical/session/options.js'

/** A bank account. */
export interface BankAccount {
  /** IBAN, with or without blanks. */
  iban: string
  /** BIC, 8 or 11 characters. */
  bic?: string
}

/** @throws EHealthError `registration.bank-account` with the path, never the number */
export function bankAccountOf(account: BankAccount): { iban: string; bic?: string } {
  refuseUnknownOptions(account, ['iban', 'bic'], 'bankAccount')
  const refuse = (name: string, problem: string): EHealthError =>
    new EHealthError('registration.bank-account', `bankAccount.${name}: ${problem}`, {
      path: `bankAccount.${name}`,
    })
  const iban = typeof account.iban === 'string' ? account.iban.replace(/ /g, '').toUpperCase() : ''
  if (!/^[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}$/.test(iban)) throw refuse('iban', 'this is no IBAN')
  if (remainder(iban) !== 1) throw refuse('iban', 'the check digits do not fit')
  const { bic } = account
  if (bic !== undefined && !/^[A-Z]{6}[A-Z0-9]{2}([A-Z0-9]{3})?$/.test(bic))
    throw refuse('bic', 'expected 8 or 11 letters and digits')
  return { iban, ...(bic === undefined ? {} : { bic }) }
}

/** Of the division by 97, country and check digits last, letters as numbers from 10 on (ISO 7064). */
function remainder(iban: string): number {
  let rest = 0
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest
}
