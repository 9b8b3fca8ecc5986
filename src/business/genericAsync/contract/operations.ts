/** Operations of a mailbox, the same for every service that has one (spec memberdata-mycarenet §2.3). */
import type { ServiceName } from '../../../technical/environment/environment.js'
import { genericAsyncDemands, type Operation } from '../../../technical/soap/index.js'
import {
  ConfirmRequest,
  ConfirmResponse,
  GetRequest,
  GetResponse,
  PostRequest,
  PostResponse,
} from './messages.js'

/** The action of each operation: `wsa:Action` of the request, and SOAPAction of the WSDL. */
export const asyncActions = {
  post: 'urn:be:cin:nip:async:generic:post:msg',
  get: 'urn:be:cin:nip:async:generic:get:query',
  confirm: 'urn:be:cin:nip:async:generic:confirm:hash',
} as const

/** Operations of one mailbox. */
export interface MailboxOperations {
  readonly post: Operation<PostRequest, PostResponse>
  readonly get: Operation<GetRequest, GetResponse>
  readonly confirm: Operation<ConfirmRequest, ConfirmResponse>
}

const common = { security: 'saml-hok', packaging: 'xop', ...genericAsyncDemands } as const

/**
 * The operations of the mailbox of a service. A post is never repeated by itself: whether it arrived tells its TAck in the
 * mailbox. Nor is a confirm: what it named is fetched again if it did not arrive.
 */
export function mailboxOperations(service: ServiceName): MailboxOperations {
  return {
    post: {
      service,
      name: 'post',
      soapAction: asyncActions.post,
      request: PostRequest,
      response: PostResponse,
      idempotent: false,
      ...common,
    },
    get: {
      service,
      name: 'get',
      soapAction: asyncActions.get,
      request: GetRequest,
      response: GetResponse,
      idempotent: true,
      ...common,
    },
    confirm: {
      service,
      name: 'confirm',
      soapAction: asyncActions.confirm,
      request: ConfirmRequest,
      response: ConfirmResponse,
      idempotent: false,
      ...common,
    },
  }
}
