/** ConsultRN v1, the first generation, over the people of this simulator (spec rn-consult §9). */
import {
  certificateServices,
  consultRnV1Operations as operations,
  historyOperations,
  monitoringOf,
  type CertificateService,
  type CreatePersonReply,
  type CreatePersonRequest,
  type DeleteInscriptionReply,
  type DeleteInscriptionRequest,
  type FamilyCompositionReply,
  type FamilyCompositionRequest,
  type HistoryFact,
  type HistoryRequest,
  type InsertInscriptionReply,
  type InsertInscriptionRequest,
  type ModifyPersonReply,
  type ModifyPersonRequest,
  type Replying,
  type SearchBySSINReply,
  type SearchBySSINRequest,
  type SearchPhoneticReply,
  type SearchPhoneticRequest,
} from '../../../business/rnConsultV1/contract.js'
import { peopleOf } from '../../register/index.js'
import {
  simulate,
  type SimulatedCall,
  type SimulatedOperation,
  type SimulatedService,
} from '../../service.js'
import { personWith, replying } from './answer.js'
import { historyOf, noHistory } from './histories.js'
import { create, deleteInscription, insertInscription, modify, mutations } from './manage.js'
import { bySsin, phonetically } from './search.js'
import { membersOf, originOf } from './show.js'

const searchBySsin = replying<SearchBySSINRequest, SearchBySSINReply>(bySsin)
const searchPhonetic = replying<SearchPhoneticRequest, SearchPhoneticReply>(phonetically, { Person: [] })

function family(call: SimulatedCall<FamilyCompositionRequest>) {
  const person = personWith(call, call.request.SSIN)
  if (person === undefined) return {}
  const FamilyMember = membersOf(peopleOf(call.world).household(person.ssin))
  return { FamilyComposition: { SSIN: person.ssin, FamilyMember, Origin: originOf(person) } }
}

const history = (fact: HistoryFact): SimulatedOperation =>
  simulate<HistoryRequest, Replying>(historyOperations[fact], {
    answer: replying<HistoryRequest, Replying>((call) => historyOf(fact, call), noHistory[fact]),
  })

const own: Readonly<Record<CertificateService, readonly SimulatedOperation[]>> = {
  identifyPerson: [simulate(operations.searchBySsin, { answer: searchBySsin })],
  phoneticSearch: [simulate(operations.searchPhonetic, { answer: searchPhonetic })],
  manageInscription: [
    simulate(operations.insertInscription, {
      answer: replying<InsertInscriptionRequest, InsertInscriptionReply>(insertInscription),
    }),
    simulate(operations.deleteInscription, {
      answer: replying<DeleteInscriptionRequest, DeleteInscriptionReply>(deleteInscription),
    }),
  ],
  personHistory: (Object.keys(historyOperations) as HistoryFact[]).map(history),
  familyComposition: [
    simulate(operations.familyComposition, {
      answer: replying<FamilyCompositionRequest, FamilyCompositionReply>(family),
    }),
  ],
  managePersonV1: [
    simulate(operations.createPerson, {
      answer: replying<CreatePersonRequest, CreatePersonReply>(create),
    }),
    simulate(operations.modifyPerson, {
      answer: replying<ModifyPersonRequest, ModifyPersonReply>(modify),
    }),
  ],
}

export const consultRnV1: readonly SimulatedService[] = [
  ...certificateServices.map((service) => ({
    service,
    operations: [...own[service], simulate(monitoringOf(service), { answer: replying(() => ({})) })],
  })),
  {
    service: 'identifyPersonHok',
    operations: [simulate(operations.searchBySsinHok, { answer: searchBySsin })],
  },
  {
    service: 'phoneticSearchHok',
    operations: [simulate(operations.searchPhoneticHok, { answer: searchPhonetic })],
  },
  { service: 'mutationSenderV1', operations: [simulate(operations.mutations, { answer: mutations })] },
]
