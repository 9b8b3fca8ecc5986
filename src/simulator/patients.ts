/** The patients of the simulator: synthetic people with cards. */
import type { RegisteredPatient } from './world.js'

/** Names of the patients that every simulator has. */
export const patientNames = ['adult', 'child', 'foreigner', 'deceased'] as const

export type PatientName = (typeof patientNames)[number]

const adultSsin = '68052199235'

export const patients: readonly RegisteredPatient[] = [
  {
    name: 'adult',
    ssin: adultSsin,
    firstName: 'Lou',
    familyName: 'Voorbeeld',
    cards: [{ scheme: 'EID-CARDNO', number: '599000010135' }],
  },
  {
    name: 'child',
    ssin: '15060799455',
    firstName: 'Mia',
    familyName: 'Voorbeeld',
    cards: [{ scheme: 'ISI-CARDNO', number: '9999999901' }],
    representatives: [adultSsin],
  },
  {
    name: 'foreigner',
    ssin: '88091199108',
    firstName: 'Sam',
    familyName: 'Example',
    cards: [{ scheme: 'EID-CARDNO', number: 'B99900001' }],
  },
  {
    name: 'deceased',
    ssin: '31021499625',
    firstName: 'Jo',
    familyName: 'Specimen',
    cards: [{ scheme: 'EID-CARDNO', number: '599000010236' }],
    deceased: true,
  },
]
