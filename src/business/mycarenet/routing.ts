/** To which insurer a request goes (spec memberdata-mycarenet §3.3). */
import { EHealthError } from '../../errors.js'
import { givenDay } from '../../technical/environment/belgianCalendar.js'
import { atPath } from '../../technical/identifiers/atPath.js'
import { parseSsin } from '../../technical/identifiers/index.js'
import { refuseUnknownOptions } from '../../technical/session/options.js'
import type { CareReceiverElement, RoutingElement } from './contract.js'

/** A day: `yyyy-mm-dd` (a zone behind it does not count), or an instant, whose day is the Belgian one. */
export type MyCareNetDay = string | Date

/** Whom a request is about: by SSIN, by the number that a mutuality gave him, or no more than the mutuality. */
export type CareReceiver =
  | { ssin: string; registrationNumber?: undefined; mutuality?: undefined }
  | {
      ssin?: undefined
      /** Up to 13 characters, letters and blanks included. */
      registrationNumber: string
      /** 3 digits. */
      mutuality: string
    }
  | { ssin?: undefined; registrationNumber?: undefined; mutuality: string }

/** When a request is about. */
export interface RoutingOptions {
  /** Today in Belgium when omitted. */
  referenceDate?: MyCareNetDay
  /** Both days are part of it. */
  period?: { start: MyCareNetDay; end: MyCareNetDay }
}

/**
 * Routing of versions 2, 3 and 4.
 *
 * @throws EHealthError `mycarenet.care-receiver`, `mycarenet.day`, `identifier.*` with the path
 */
export function routingOf(
  careReceiver: CareReceiver,
  { referenceDate, period }: RoutingOptions,
  now: Date,
): RoutingElement {
  return {
    CareReceiver: careReceiverOf(careReceiver, 'careReceiver', now),
    ReferenceDate: mycarenetDay(referenceDate ?? now, 'referenceDate'),
    ...(period === undefined
      ? {}
      : {
          Period: {
            Start: mycarenetDay(period.start, 'period.start'),
            End: mycarenetDay(period.end, 'period.end'),
          },
        }),
  }
}

/** @throws EHealthError `mycarenet.care-receiver`, `identifier.*` with the path */
export function careReceiverOf(careReceiver: CareReceiver, path: string, now: Date): CareReceiverElement {
  refuseUnknownOptions(careReceiver, ['ssin', 'registrationNumber', 'mutuality'], path)
  const { ssin, registrationNumber, mutuality } = careReceiver
  if (ssin !== undefined && registrationNumber === undefined && mutuality === undefined)
    return { Ssin: atPath(`${path}.ssin`, () => parseSsin(ssin, { asOf: now }).normalized) }
  if (ssin !== undefined || mutuality === undefined)
    throw new EHealthError(
      'mycarenet.care-receiver',
      'expected an SSIN, or a mutuality with or without number',
      {
        path,
      },
    )
  return {
    ...(registrationNumber === undefined
      ? {}
      : { RegNrWithMut: registrationNumberOf(registrationNumber, `${path}.registrationNumber`) }),
    Mutuality: mutualityOf(mutuality, `${path}.mutuality`),
  }
}

/** The number as it is: letters and blanks occur in it. @throws EHealthError `mycarenet.care-receiver` */
export function registrationNumberOf(number: string, path: string): string {
  if (typeof number !== 'string' || number.trim() === '' || number.length > 13 || /[@\p{C}]/u.test(number))
    throw new EHealthError('mycarenet.care-receiver', 'a registration number has 1 to 13 characters', {
      path,
    })
  return number
}

/** @throws EHealthError `mycarenet.care-receiver` for what is no mutuality of 3 digits */
export function mutualityOf(mutuality: string, path: string): string {
  if (typeof mutuality !== 'string' || !/^(750|999|[1-69][0-9]{2})$/.test(mutuality))
    throw new EHealthError(
      'mycarenet.care-receiver',
      'a mutuality has 3 digits, the first of them 1 to 6 or 9',
      { path },
    )
  return mutuality
}

/** The day as messages carry it, without a zone. @throws EHealthError `mycarenet.day` */
export function mycarenetDay(day: MyCareNetDay, path: string): string {
  const text = givenDay(day)
  if (text === undefined)
    throw new EHealthError('mycarenet.day', `${path}: this is no day of the calendar`, { path })
  return text
}
