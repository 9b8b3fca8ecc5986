/** What can be asked about a patient, with the particulars of each question (spec memberdata-mycarenet §1.5). */
import { nippin } from './words.js'

/** A facet as it is known. */
export interface FacetData {
  /** Name on the wire. */
  readonly id: string
  /** Particulars and their values; every one of them must be given. */
  readonly dimensions: Readonly<Record<string, readonly string[]>>
  /** `seen`: in questions of working clients. `named`: no more than its name is known. */
  readonly evidence: 'seen' | 'named'
  /** What comes back. */
  readonly answers: string
}

const facet = (
  name: string,
  answers: string,
  more: Partial<Pick<FacetData, 'dimensions' | 'evidence'>> = {},
): FacetData => ({ id: nippin + name, dimensions: {}, evidence: 'seen', answers, ...more })

/** Hospitalisation and medical house are no facets of their own: they come with the insurability. */
export const memberDataFacets = {
  insurability: facet(
    'insurability',
    'person, periods, codes, third payer, situation, hospital, medical house',
    {
      dimensions: { requestType: ['information', 'invoicing'], contactType: ['other', 'hospitalized'] },
    },
  ),
  globalMedicalFile: facet('globalMedicalFile', 'who keeps the global medical file'),
  palliativeStatus: facet('palliativeStatus', 'since when'),
  chronicCondition: facet('chronicCondition', 'years'),
  carePath: facet('carePath', 'attributes as they come: none were observed', {
    dimensions: { carePathType: ['diabetes', 'renalinsufficiency'] },
  }),
  referencePharmacy: facet('referencePharmacy', 'attributes as they come: none were observed'),
  unitIssuance: facet('unitIssuance', 'attributes as they come', { evidence: 'named' }),
  longTermConsolidatedInsurability: facet('longTermConsolidatedInsurability', 'attributes as they come', {
    evidence: 'named',
  }),
  maxInvoiced: facet('maxInvoiced', 'attributes as they come', { evidence: 'named' }),
} as const satisfies Record<string, FacetData>

export type MemberDataFacet = keyof typeof memberDataFacets

/** Their names. */
export const memberDataFacetNames = Object.keys(memberDataFacets) as readonly MemberDataFacet[]

const byId = new Map(memberDataFacetNames.map((name) => [memberDataFacets[name].id, name]))

/** The facet of that name on the wire. */
export const facetOfId = (id: string): MemberDataFacet | undefined => byId.get(id)
