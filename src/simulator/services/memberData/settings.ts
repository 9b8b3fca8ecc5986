/** How strict the brokers are, and what they open for whom. */
import { sectorFacets, type MemberDataFacet } from '../../../business/memberData/contract.js'

/** Options of the simulated brokers of MyCareNet; everything has a default. */
export interface MyCareNetSimulation {
  /**
   * Keystore of the brokers, for requests that were sealed to another one than the simulator's own. Its token goes into
   * `register.tokens`.
   */
  readonly keystore?: { keystore: Uint8Array; password: string }
  /** Whether issuer and identifier of a question must be those of the message; true. */
  readonly crossChecks?: boolean
  /** Refuses an empty `Sender`, `SiteID` or number, which the official connector writes; false. */
  readonly strictSender?: boolean
  /** Whether clear answers carry a signature (XAdES-BES) over their blob; true. */
  readonly signAnswers?: boolean
  /** The facets that a sector may read, by the word in `Quality`; in place of what is known of it. */
  readonly facets?: Readonly<Record<string, readonly MemberDataFacet[]>>
}

export const mycarenetSimulationNames = [
  'keystore',
  'crossChecks',
  'strictSender',
  'signAnswers',
  'facets',
] as const

/** Whether a sector may not read a facet. What nobody told is open. */
export function refusesFacet(
  { facets = {} }: MyCareNetSimulation,
  quality: string,
  facet: MemberDataFacet,
): boolean {
  if (Object.hasOwn(facets, quality)) return !facets[quality]!.includes(facet)
  return Object.hasOwn(sectorFacets, quality) && sectorFacets[quality]!.refused.includes(facet)
}
