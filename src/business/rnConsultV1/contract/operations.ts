/**
 * The operations of ConsultRN v1 (spec rn-consult §2, §9). Only the two searches have a WSDL that was found, under the name
 * `search`; the names of the others are those of their messages (inferred), and no source tells their actions.
 */
import type { ServiceName } from '../../../technical/environment/environment.js'
import type { Operation } from '../../../technical/soap/types.js'
import type { ElementDeclaration } from '../../../technical/xml/index.js'
import * as messages from './messages.js'

/** The services of the first generation that want the own certificate. */
export const certificateServices = [
  'identifyPerson',
  'phoneticSearch',
  'manageInscription',
  'personHistory',
  'familyComposition',
  'managePersonV1',
] as const satisfies readonly ServiceName[]
export type CertificateService = (typeof certificateServices)[number]

interface Particulars {
  readonly idempotent: boolean
  readonly security?: 'x509' | 'saml-hok'
  readonly soapAction?: string
}

const operation = <Request, Response>(
  service: ServiceName,
  name: string,
  request: ElementDeclaration<Request>,
  response: ElementDeclaration<Response>,
  { idempotent, security = 'x509', soapAction = '' }: Particulars,
): Operation<Request, Response> => ({
  service,
  name,
  soapAction,
  request,
  response,
  security,
  idempotent,
})

const reads = { idempotent: true }
const changes = { idempotent: false }
const old = 'http://ehealth.fgov.be/consultRN/identifyPerson'

const history = <Reply>(fact: string, { request, reply }: messages.HistoryMessages<Reply>) =>
  operation('personHistory', `personHistory${fact}`, request, reply, reads)

/**
 * A search inscribes as well, with a period that the caller gives: asking twice leaves the same inscription, so it may be
 * repeated. Creating and changing may not.
 */
export const consultRnV1Operations = {
  searchBySsin: operation(
    'identifyPerson',
    'search',
    messages.SearchBySSINRequest,
    messages.SearchBySSINReply,
    { ...reads, soapAction: `${old}/searchPersonBySSIN/search` },
  ),
  searchPhonetic: operation(
    'phoneticSearch',
    'search',
    messages.SearchPhoneticRequest,
    messages.SearchPhoneticReply,
    { ...reads, soapAction: `${old}/phoneticSearch/search` },
  ),
  searchBySsinHok: operation(
    'identifyPersonHok',
    'search',
    messages.SearchBySSINRequest,
    messages.SearchBySSINReply,
    { ...reads, security: 'saml-hok' },
  ),
  searchPhoneticHok: operation(
    'phoneticSearchHok',
    'search',
    messages.SearchPhoneticRequest,
    messages.SearchPhoneticReply,
    { ...reads, security: 'saml-hok' },
  ),
  insertInscription: operation(
    'manageInscription',
    'insertInscription',
    messages.InsertInscriptionRequest,
    messages.InsertInscriptionReply,
    changes,
  ),
  deleteInscription: operation(
    'manageInscription',
    'deleteInscription',
    messages.DeleteInscriptionRequest,
    messages.DeleteInscriptionReply,
    changes,
  ),
  familyComposition: operation(
    'familyComposition',
    'familyComposition',
    messages.FamilyCompositionRequest,
    messages.FamilyCompositionReply,
    reads,
  ),
  createPerson: operation(
    'managePersonV1',
    'createPerson',
    messages.CreatePersonRequest,
    messages.CreatePersonReply,
    changes,
  ),
  modifyPerson: operation(
    'managePersonV1',
    'modifyPerson',
    messages.ModifyPersonRequest,
    messages.ModifyPersonReply,
    changes,
  ),
  /** Asking may move the list on: nothing tells, so it is not repeated by itself. */
  mutations: operation(
    'mutationSenderV1',
    'mutation',
    messages.MutationRequest,
    messages.MutationReply,
    changes,
  ),
} as const

const { historyMessages } = messages

/** The history of each fact of a person. */
export const historyOperations = {
  name: history('Name', historyMessages.name),
  gender: history('Gender', historyMessages.gender),
  birth: history('Birth', historyMessages.birth),
  civilState: history('CivilState', historyMessages.civilState),
  decease: history('Decease', historyMessages.decease),
  address: history('Address', historyMessages.address),
  nationality: history('Nationality', historyMessages.nationality),
  familyComposition: history('FamilyComposition', historyMessages.familyComposition),
} as const

/** Whether a service is there (inferred: which of them answer is not published). */
export const monitoringOf = (
  service: CertificateService,
): Operation<messages.MonitoringRequest, messages.MonitoringReply> =>
  operation(service, 'monitoring', messages.MonitoringRequest, messages.MonitoringReply, reads)
