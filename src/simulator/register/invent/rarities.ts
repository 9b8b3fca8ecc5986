/** What is rare, and how rare: tests and demonstrations find an example of each without searching. */

/** Every how many of those who live alone, and with which remainder. */
const rates = {
  BIS: [10, 7],
  'unknown-sex': [30, 17],
  'incomplete-birth-date': [25, 3],
  'former-BIS': [16, 5],
  'corrected-number': [40, 22],
  'cancelled-number': [60, 31],
  deceased: [12, 9],
  RAD: [40, 13],
  RAN: [80, 34],
  homonym: [9, 4],
  'changed-name': [45, 16],
  'changed-gender': [200, 78],
  nobility: [97, 50],
  'several-nationalities': [20, 11],
  'legal-cohabitation': [50, 24],
  anomaly: [50, 3],
} as const satisfies Readonly<Record<string, readonly [every: number, remainder: number]>>

/** What may be rare about somebody; of a cancelled number, that nobody has it. */
export type Rarity = keyof typeof rates

export const rarityNames = Object.keys(rates) as readonly Rarity[]

/** What is rare about the one with this serial number. */
export const rarities = (serial: number): readonly Rarity[] =>
  rarityNames.filter((name) => serial % rates[name][0] === rates[name][1])
