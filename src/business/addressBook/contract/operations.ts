/** Operations of the service: everything the pipeline needs to call one (spec ehealthbox §8). All of them only read. */
import type { Operation } from '../../../technical/soap/types.js'
import type { ElementDeclaration } from '../../../technical/xml/index.js'
import * as requests from './requests.js'
import * as responses from './responses.js'

const consult = <Request, Response>(
  name: string,
  request: ElementDeclaration<Request>,
  response: ElementDeclaration<Response>,
): Operation<Request, Response> => ({
  service: 'addressBook',
  name,
  soapAction: `urn:be:fgov:ehealth:addressbook:protocol:v1:${name}`,
  request,
  response,
  security: 'saml-hok',
  idempotent: true,
})

export const addressBookOperations = {
  searchProfessionals: consult(
    'searchProfessionals',
    requests.SearchProfessionalsRequest,
    responses.SearchProfessionalsResponse,
  ),
  searchOrganizations: consult(
    'searchOrganizations',
    requests.SearchOrganizationsRequest,
    responses.SearchOrganizationsResponse,
  ),
  getProfessionalContactInfo: consult(
    'getProfessionalContactInfo',
    requests.GetProfessionalContactInfoRequest,
    responses.GetProfessionalContactInfoResponse,
  ),
  getOrganizationContactInfo: consult(
    'getOrganizationContactInfo',
    requests.GetOrganizationContactInfoRequest,
    responses.GetOrganizationContactInfoResponse,
  ),
}
