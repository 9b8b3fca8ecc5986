/** The three brokers: each has its own key, one does not open what is sealed for another (spec §1.1, §8.10). */

/** Front doors of the same services: federal, Wallonia, Brussels. */
export const mycarenetRegions = ['mycarenet', 'walcarenet', 'iriscarenet'] as const

export type MyCareNetRegion = (typeof mycarenetRegions)[number]

/** Whose encryption token content for a broker is sealed for. */
export interface KnownRecipient {
  readonly type: 'CBE'
  readonly value: string
  readonly application: string
}

export const knownRecipients: Readonly<Record<MyCareNetRegion, KnownRecipient>> = {
  mycarenet: { type: 'CBE', value: '0820563481', application: 'MYCARENET' },
  walcarenet: { type: 'CBE', value: '0675597179', application: 'WALCARENET' },
  iriscarenet: { type: 'CBE', value: '0787213495', application: 'IRISCARENET' },
}
