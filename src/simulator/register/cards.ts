/** The cards of a person: made from his serial number, so that a number leads back to the holder without a list. */
import { belgianDay } from '../../technical/environment/belgianCalendar.js'
import type { IdentityCard } from '../world.js'
import { eidNumber, foreignerCardNumber, isiBarcode, isiNumber } from './numbers.js'
import type { RegisterCard, RegisterPerson } from './person.js'

const years = (day: string, count: number): string =>
  `${Number(day.slice(0, 4)) + count}${day.slice(4).replace('-02-29', '-02-28')}`

/** The cards of the invented person with this serial number; who is in no national register has an ISI+ card only. */
export function inventCards(person: RegisterPerson, serial: number, now: Date): RegisterCard[] {
  const { ssin, register, deceaseDate, birthDate } = person
  const today = belgianDay(now)
  const age = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4))
  // issued up to nine years ago: all of them are valid but those of the sevenths
  const expired = serial % 7 === 3
  const issued = years(today, expired ? -11 : -(serial % 9))
  const dates = { issued, expires: years(issued, 10) }
  const ended =
    deceaseDate !== undefined
      ? { ended: { on: deceaseDate.replaceAll('-00', '-01'), why: 'DECEASED' as const } }
      : serial % 13 === 5
        ? { ended: { on: years(issued, 0), why: 'STOLEN' as const } }
        : {}
  const number = isiNumber(serial)
  const isi: RegisterCard = {
    holder: ssin,
    kind: 'ISI+',
    number,
    barcode: isiBarcode(ssin, number),
    ...dates,
    ...ended,
  }
  if (register !== 'NR') return [isi]
  const foreign = person
    .life()
    .nationalities.every(({ value, until }) => value.nis !== 150 || until !== undefined)
  const identity: RegisterCard = foreign
    ? { holder: ssin, kind: 'FOREIGNER', number: foreignerCardNumber(serial), ...dates, ...ended }
    : { holder: ssin, kind: age < 12 ? 'KIDS-ID' : 'EID', number: eidNumber(serial), ...dates, ...ended }
  return age < 12 ? [identity, isi] : [identity]
}

/** The serial number in the number of an invented card, or what its barcode says. */
export function serialInCard(text: string): number | undefined {
  const match =
    /^598(\d{7})\d\d$/.exec(text) ??
    /^B98(\d{6})$/.exec(text) ??
    /^98(\d{8})$/.exec(text) ??
    /^9\d{11}98(\d{8})$/.exec(text)
  return match === null ? undefined : Number(match[1])
}

/** A card that the other registers know a patient by: issued two years ago. */
export function cardOfPatient(
  ssin: string,
  { scheme, number }: IdentityCard,
  dead: boolean,
  now: Date,
): RegisterCard {
  const issued = years(belgianDay(now), -2)
  return {
    holder: ssin,
    kind: scheme === 'ISI-CARDNO' ? 'ISI+' : /^\d/.test(number) ? 'EID' : 'FOREIGNER',
    number,
    ...(scheme === 'ISI-CARDNO' ? { barcode: isiBarcode(ssin, number) } : {}),
    issued,
    expires: years(issued, 10),
    ...(dead ? { ended: { on: '2022-11-05', why: 'DECEASED' } } : {}),
  }
}
