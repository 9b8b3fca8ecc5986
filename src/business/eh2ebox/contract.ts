/**
 * Publication to the eBox of citizens: the messages of the eHealthBox at another address (spec ehealthbox §6.2). The
 * SOAPAction is the same, too.
 */
import type { Operation } from '../../technical/soap/types.js'
import {
  publicationOperations,
  type SendMessageRequest,
  type SendMessageResponse,
} from '../ehbox/contract.js'

const sendMessage: Operation<SendMessageRequest, SendMessageResponse> = {
  ...publicationOperations.sendMessage,
  service: 'eh2eboxPublication',
}

export const eh2eboxOperations = { sendMessage }
