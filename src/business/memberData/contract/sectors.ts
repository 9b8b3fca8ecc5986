/** Which sector may ask what, as far as anybody told (spec memberdata-mycarenet §1.5). */
import type { MyCareNetRegion } from '../../mycarenet/contract.js'
import type { MemberDataFacet } from './facets.js'

/** Facets of which it is known whether the sector gets them; of all others nothing is known. */
export interface SectorData {
  readonly allowed: readonly MemberDataFacet[]
  readonly refused: readonly MemberDataFacet[]
  /** Where it comes from. */
  readonly source: string
}

/** What every sector may ask, at every front door. */
export const openFacets: readonly MemberDataFacet[] = ['insurability']

/** Facets that a front door names for its sectors altogether: which of them gets which is not published. */
export const regionalFacets: Readonly<Partial<Record<MyCareNetRegion, readonly MemberDataFacet[]>>> = {
  walcarenet: ['insurability', 'referencePharmacy', 'globalMedicalFile', 'palliativeStatus', 'carePath'],
}

/** By the word in `Quality`, at the federal front door. A facet that a sector may not read fails the whole question. */
export const sectorFacets: Readonly<Record<string, SectorData>> = {
  physiotherapist: {
    allowed: ['insurability', 'chronicCondition', 'globalMedicalFile', 'palliativeStatus'],
    refused: ['carePath', 'referencePharmacy'],
    source: 'observed in acceptance by a public client',
  },
}

/** What is known of a facet for a sector: `unknown` more often than not. */
export function facetVerdict(quality: string, facet: MemberDataFacet): 'allowed' | 'refused' | 'unknown' {
  const sector = Object.hasOwn(sectorFacets, quality) ? sectorFacets[quality] : undefined
  if (openFacets.includes(facet) || sector?.allowed.includes(facet) === true) return 'allowed'
  return sector?.refused.includes(facet) === true ? 'refused' : 'unknown'
}
