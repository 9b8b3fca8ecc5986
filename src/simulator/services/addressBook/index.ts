/**
 * The address book, version 1 (spec ehealthbox §8), over the people of this simulator.
 *
 * Criteria that do not go together are refused as content (SOA-03007): the code of the platform for it is not published.
 */
import {
  addressBookOperations,
  combinationFault,
  combinations,
  type Combination,
  type CriteriaRequest,
} from '../../../business/addressBook/contract.js'
import { successCodes } from '../../../technical/soap/status.js'
import { soaRefusal } from '../../refusal.js'
import { simulate, type SimulatedCall, type SimulatedService } from '../../service.js'
import { findOrganizations, findProfessionals } from './find.js'
import { contactOfOrganization, contactOfProfessional, organizationOf, professionalOf } from './show.js'

/** (inferred) Entries in one answer; a client that asks for more is told how many it may have. */
const largestPage = 100

export const addressBook: SimulatedService = {
  service: 'addressBook',
  operations: [
    simulate(addressBookOperations.searchProfessionals, {
      checkContent: (request) => checkSearch('SearchProfessionalsRequest', request),
      answer: (call) => {
        const { page, ...pagination } = pageOf(findProfessionals(call.world, call.request), call.request)
        return {
          value: { ...answered(call), ...pagination, HealthCareProfessional: page.map(professionalOf) },
        }
      },
    }),
    simulate(addressBookOperations.searchOrganizations, {
      checkContent: (request) => checkSearch('SearchOrganizationsRequest', request),
      answer: (call) => {
        const { page, ...pagination } = pageOf(findOrganizations(call.world, call.request), call.request)
        return {
          value: { ...answered(call), ...pagination, HealthCareOrganization: page.map(organizationOf) },
        }
      },
    }),
    simulate(addressBookOperations.getProfessionalContactInfo, {
      checkContent: (request) => checkCriteria('GetProfessionalContactInfoRequest', request),
      answer: (call) => {
        const [entry] = findProfessionals(call.world, call.request)
        const found = entry && { IndividualContactInformation: contactOfProfessional(entry) }
        return { value: { ...answered(call), ...found } }
      },
    }),
    simulate(addressBookOperations.getOrganizationContactInfo, {
      checkContent: (request) => checkCriteria('GetOrganizationContactInfoRequest', request),
      answer: (call) => {
        const [entry] = findOrganizations(call.world, call.request)
        const found = entry && { OrganizationContactInformation: contactOfOrganization(entry) }
        return { value: { ...answered(call), ...found } }
      },
    }),
  ],
}

/** What every answer starts with: all went well, even when nobody was found. */
function answered({ request, world, now }: SimulatedCall<{ Id?: string | undefined }>) {
  return {
    Id: `_${world.runtime.uuid()}`,
    ...(request.Id === undefined ? {} : { InResponseTo: request.Id }),
    IssueInstant: now,
    Status: { StatusCode: { Value: successCodes['commons-v2'][0]! } },
  }
}

interface Pagination {
  Offset: number
  MaxElements: number
}

function pageOf<Entry>(entries: readonly Entry[], asked: Pagination): Pagination & { page: Entry[] } {
  const { Offset } = asked
  const MaxElements = Math.min(asked.MaxElements, largestPage)
  return { page: entries.slice(Offset, Offset + MaxElements), Offset, MaxElements }
}

/** The elements of a request that are criteria. */
const elements = [
  'EMail',
  ...Object.values(combinations)
    .flat()
    .flatMap(({ all, also }: Combination) => [...all, ...also]),
]

function checkCriteria(name: CriteriaRequest, request: object): void {
  const values = request as Readonly<Record<string, string | undefined>>
  const given = [...new Set(elements)].filter((element) => values[element] !== undefined)
  if (combinationFault(name, given) !== undefined)
    throw soaRefusal('SOA-03007', 'these criteria are not accepted together')
  if (given.some((element) => values[element]!.trim() === ''))
    throw soaRefusal('SOA-03007', 'a criterion is empty')
}

function checkSearch(name: CriteriaRequest, request: Pagination): void {
  checkCriteria(name, request)
  if (request.Offset < 0 || request.MaxElements < 1) throw soaRefusal('SOA-03007', 'there is no such page')
}
