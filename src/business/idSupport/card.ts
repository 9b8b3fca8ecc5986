/** Which card is meant, checked at the door and put into the words of the service (spec rn-consult §11). */
import { EHealthError } from '../../errors.js'
import { atPath } from '../../technical/identifiers/atPath.js'
import { parseCardNumber, parseIsiBarcode, parseSsin } from '../../technical/identifiers/index.js'
import { refuseUnknownOptions } from '../../technical/session/options.js'
import { idCombinations, idTypes, type Id } from './contract.js'

/** A card with the number of its holder, or what the barcode of an ISI+ card says. */
export type CardToVerify =
  | {
      /** SSIN of whom the card shall belong to; of any register. */
      ssin: string
      /** Number printed on the card, with or without dashes. */
      cardNumber: string
      barcode?: undefined
    }
  | {
      /** As the reader gave it: its form is not public, so it passes through unchanged. */
      barcode: string
      ssin?: undefined
      cardNumber?: undefined
    }

/** Names of the fields. @internal */
export const cardFields = ['ssin', 'cardNumber', 'barcode'] as const

type Field = (typeof cardFields)[number]

const typeOf: Readonly<Record<Field, string>> = {
  ssin: idTypes.ssin,
  cardNumber: idTypes.cardNumber,
  barcode: idTypes.barcoded,
}

/** @throws EHealthError `id-support.combination`, `identifier.*` with the path */
export function idsOf(card: CardToVerify, now: Date): Id[] {
  refuseUnknownOptions(card, cardFields, 'card')
  const given = cardFields.filter((field) => card[field] !== undefined)
  const types = given.map((field) => typeOf[field])
  const known = idCombinations.some(
    (combination) => combination.length === types.length && combination.every((type) => types.includes(type)),
  )
  if (!known)
    throw new EHealthError(
      'id-support.combination',
      given.length === 0
        ? 'nothing to verify'
        : `${given.join(' and ')}: nothing that the service takes together`,
      { path: 'card' },
    )
  return given.map((field) => ({ Type: typeOf[field], value: written(field, card[field]!, now) }))
}

function written(field: Field, value: string, now: Date): string {
  return atPath(`card.${field}`, () => {
    switch (field) {
      case 'ssin':
        return parseSsin(value, { asOf: now }).normalized
      case 'cardNumber':
        return parseCardNumber(value).normalized
      case 'barcode':
        return parseIsiBarcode(value)
    }
  })
}
