/** The register of therapeutic links (spec consent-therlink-hub §3.8, §3.10). */
import {
  therlinkOperations,
  type GetTherapeuticLinkRequest,
  type GetTherapeuticLinkResponse,
  type HasTherapeuticLinkRequest,
  type HasTherapeuticLinkResponse,
  type PutTherapeuticLinkBulkRequest,
  type PutTherapeuticLinkBulkResponse,
  type PutTherapeuticLinkRequest,
  type PutTherapeuticLinkResponse,
  type RevokeTherapeuticLinkRequest,
  type RevokeTherapeuticLinkResponse,
} from '../../../business/therlink/contract.js'
import { simulate, type SimulatedService } from '../../service.js'
import { answering } from '../hub/answer.js'
import { put, putBulk, revoke, type ProofTrust } from './change.js'
import { get, has } from './search.js'

export const createTherLink = (trust: ProofTrust): SimulatedService => ({
  service: 'therLink',
  operations: [
    simulate(therlinkOperations.putTherapeuticLink, {
      answer: answering<PutTherapeuticLinkRequest, PutTherapeuticLinkResponse>((call) => put(call, trust)),
    }),
    simulate(therlinkOperations.putTherapeuticLinkBulk, {
      answer: answering<PutTherapeuticLinkBulkRequest, PutTherapeuticLinkBulkResponse>((call) =>
        putBulk(call, trust),
      ),
    }),
    simulate(therlinkOperations.getTherapeuticLink, {
      answer: answering<GetTherapeuticLinkRequest, GetTherapeuticLinkResponse>(get),
    }),
    simulate(therlinkOperations.revokeTherapeuticLink, {
      answer: answering<RevokeTherapeuticLinkRequest, RevokeTherapeuticLinkResponse>((call) =>
        revoke(call, trust),
      ),
    }),
    simulate(therlinkOperations.hasTherapeuticLink, {
      answer: answering<HasTherapeuticLinkRequest, HasTherapeuticLinkResponse>(has),
    }),
  ],
})
