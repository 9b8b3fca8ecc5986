/**
 * Which criteria may be asked for together (spec ehealthbox §8.2). The schema lets any mixture pass; what the platform does
 * with others is not published, so this side does not send them and the simulator refuses them.
 *
 * @module
 */

/** Criteria by the names of their elements: all of `all`, and any of `also`. */
export interface Combination {
  readonly all: readonly string[]
  readonly also: readonly string[]
}

const of = (all: readonly string[], also: readonly string[] = []): Combination => ({ all, also })

/** For each request, the combinations that it takes. */
export const combinations = {
  SearchProfessionalsRequest: [
    of(['SSIN'], ['Profession']),
    of(['NIHII'], ['Profession']),
    of(['Profession', 'LastName'], ['FirstName']),
    of(['Profession', 'ZipCode']),
    of(['Profession', 'City']),
    of(['EMail']),
  ],
  SearchOrganizationsRequest: [
    of(['EHP'], ['InstitutionType']),
    of(['NIHII'], ['InstitutionType']),
    of(['CBE'], ['InstitutionType']),
    of(['InstitutionName', 'InstitutionType']),
    of(['InstitutionType', 'ZipCode']),
    of(['InstitutionType', 'City']),
  ],
  GetProfessionalContactInfoRequest: [of(['SSIN']), of(['NIHII'])],
  GetOrganizationContactInfoRequest: [
    of(['EHP'], ['InstitutionType']),
    of(['NIHII'], ['InstitutionType']),
    of(['CBE'], ['InstitutionType']),
  ],
} as const satisfies Record<string, readonly Combination[]>

/** Name of a request whose criteria are combined. */
export type CriteriaRequest = keyof typeof combinations

/** Why these criteria cannot be asked for together: the one that is too many, or the one that is missing. */
export interface CombinationFault {
  readonly kind: 'excess' | 'missing'
  /** Names of elements; none when nothing was asked for. */
  readonly elements: readonly string[]
}

/** What is wrong with a mixture of criteria; `undefined` when the request takes it. */
export function combinationFault(
  request: CriteriaRequest,
  given: readonly string[],
): CombinationFault | undefined {
  const judged = combinations[request].map(({ all, also }: Combination) => ({
    excess: given.filter((name) => !all.includes(name) && !also.includes(name)),
    missing: all.filter((name) => !given.includes(name)),
  }))
  if (judged.some(({ excess, missing }) => excess.length + missing.length === 0)) return undefined
  if (given.length === 0) return { kind: 'missing', elements: [] }
  // The combination meant is the complete one with least beside it; else the one that lacks least.
  const complete = judged.filter(({ missing }) => missing.length === 0)
  const by = (kind: 'excess' | 'missing') => (one: (typeof judged)[number], other: (typeof judged)[number]) =>
    one[kind].length - other[kind].length
  const nearest = complete.toSorted(by('excess'))[0]
  if (nearest !== undefined) return { kind: 'excess', elements: nearest.excess }
  const fitting = judged.filter(({ excess }) => excess.length === 0)
  const unfinished = fitting.toSorted(by('missing'))[0]
  return unfinished === undefined
    ? { kind: 'excess', elements: given }
    : { kind: 'missing', elements: unfinished.missing }
}
