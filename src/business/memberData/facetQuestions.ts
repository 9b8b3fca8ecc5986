/** Facets as a caller asks for them (spec memberdata-mycarenet §1.5). */
import { EHealthError } from '../../errors.js'
import { refuseUnknownOptions } from '../../technical/session/options.js'
import { memberDataFacets, type FacetElement, type MemberDataFacet } from './contract.js'

/** A facet to ask for: its name, or what it needs beside. */
export type FacetQuestion =
  | MemberDataFacet
  | {
      facet: 'insurability'
      /** `information` by default; `invoicing` gives approvals of payment. */
      requestType?: 'information' | 'invoicing'
      /** `other` by default; `hospitalized` is refused for somebody who is not. */
      contactType?: 'other' | 'hospitalized'
    }
  | {
      facet: 'carePath'
      /** All by default. */
      types?: readonly ('diabetes' | 'renalinsufficiency')[]
    }
  /** A facet that is not known here. */
  | { facet: `urn:${string}`; dimensions?: readonly { id: string; value: string }[] }

/**
 * The facets on the wire.
 *
 * @throws EHealthError `member-data.facet`, `configuration.invalid` with the path
 */
export function facetElements(questions: readonly FacetQuestion[], path: string): FacetElement[] {
  if (!Array.isArray(questions) || questions.length === 0) throw refusal(path, 'expected a facet at least')
  const elements = questions.map((question: FacetQuestion, index) =>
    facetElement(question, `${path}[${index}]`),
  )
  elements.forEach(({ id }, index) => {
    if (elements.findIndex((other) => other.id === id) !== index)
      throw refusal(`${path}[${index}]`, 'the facet is asked for twice')
  })
  return elements
}

function facetElement(question: FacetQuestion, path: string): FacetElement {
  const asked = typeof question === 'string' ? { facet: question } : question
  if (asked === null || typeof asked !== 'object') throw refusal(path, 'expected a facet')
  const { facet } = asked
  if (facet === 'insurability') {
    refuseUnknownOptions(asked, ['facet', 'requestType', 'contactType'], path)
    const { requestType = 'information', contactType = 'other' } = asked as InsurabilityQuestion
    return element(facet, [
      ['requestType', allowed(facet, 'requestType', requestType, path)],
      ['contactType', allowed(facet, 'contactType', contactType, path)],
    ])
  }
  if (facet === 'carePath') {
    refuseUnknownOptions(asked, ['facet', 'types'], path)
    const { types = memberDataFacets.carePath.dimensions.carePathType } = asked as {
      types?: readonly string[]
    }
    if (!Array.isArray(types) || types.length === 0 || new Set(types).size < types.length)
      throw refusal(`${path}.types`, 'expected each type once')
    return element(
      facet,
      types.map((type: string) => ['carePathType', allowed(facet, 'carePathType', type, `${path}.types`)]),
    )
  }
  if (typeof facet === 'string' && Object.hasOwn(memberDataFacets, facet)) {
    refuseUnknownOptions(asked, ['facet'], path)
    return element(facet as MemberDataFacet, [])
  }
  if (typeof facet !== 'string' || !/^urn:[!-~]+$/.test(facet)) throw refusal(path, 'there is no such facet')
  refuseUnknownOptions(asked, ['facet', 'dimensions'], path)
  const { dimensions = [] } = asked as { dimensions?: readonly { id: string; value: string }[] }
  return { id: facet, Dimension: dimensions.map(({ id, value }) => ({ id, value })) }
}

type InsurabilityQuestion = Extract<FacetQuestion, { facet: 'insurability' }>

const element = (
  facet: MemberDataFacet,
  dimensions: readonly (readonly [string, string])[],
): FacetElement => ({
  id: memberDataFacets[facet].id,
  Dimension: dimensions.map(([id, value]) => ({ id, value })),
})

function allowed(facet: MemberDataFacet, dimension: string, value: string, path: string): string {
  const { dimensions }: { dimensions: Readonly<Record<string, readonly string[]>> } = memberDataFacets[facet]
  const values = dimensions[dimension] ?? []
  if (values.includes(value)) return value
  throw refusal(`${path}.${dimension}`, `expected ${values.join(' or ')}`)
}

const refusal = (path: string, problem: string): EHealthError =>
  new EHealthError('member-data.facet', `${path}: ${problem}`, { path })
