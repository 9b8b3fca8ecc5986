/**
 * The eH2eBox (spec ehealthbox §6.2): publication to citizens. What arrives lies in the eBox of each; nobody reads it there
 * but whoever runs the simulator.
 */
import { eh2eboxOperations } from '../../../business/eh2ebox/contract.js'
import type {
  DestinationContext,
  SendMessageRequest,
  SendMessageResponse,
} from '../../../business/ehbox/contract.js'
import { isSsin } from '../../../technical/identifiers/index.js'
import { soaRefusal } from '../../refusal.js'
import { simulate, type SimulatedAnswer, type SimulatedCall, type SimulatedService } from '../../service.js'
import { checkDigests, maxMessageSize } from '../ehbox/publication.js'
import { answering, ehboxCodes, status, StatusRefusal } from '../ehbox/status.js'
import { newId } from '../ehbox/store.js'
import { eboxOf, saveEbox } from './store.js'

export const eh2eboxPublication: SimulatedService = {
  service: 'eh2eboxPublication',
  operations: [
    simulate(eh2eboxOperations.sendMessage, {
      checkContent: ({ DestinationContext: destinations, ContentContext: { ContentSpecification } }) => {
        if (!['DOCUMENT', 'NEWS'].includes(ContentSpecification.ContentType))
          throw soaRefusal('SOA-03007', 'only the platform sends acknowledgments and errors')
        if (destinations.some(({ User, Mandate }) => User !== undefined || Mandate !== undefined))
          throw soaRefusal('SOA-03007', 'a citizen has neither user nor mandate')
      },
      answer: answering<SimulatedCall<SendMessageRequest>, SendMessageResponse>({ Recipient: [] }, publish),
    }),
  ],
}

async function publish(
  call: SimulatedCall<SendMessageRequest>,
): Promise<SimulatedAnswer<SendMessageResponse>> {
  const { request, world, attachments, octets = 0, caller, now } = call
  if (octets > maxMessageSize) throw new StatusRefusal(ehboxCodes.tooLarge)
  for (const destination of request.DestinationContext) checkCitizen(destination)
  const { Content } = request.ContentContext
  checkDigests(Content, attachments)
  const publicationId = request.PublicationId ?? newId(world)
  const sender = caller.actor?.name ?? ''
  const publications = eboxOf(world)
  if (publications.some((earlier) => earlier.publicationId === publicationId && earlier.sender === sender))
    throw new StatusRefusal(ehboxCodes.publicationIdUsed)
  const messageId = newId(world)
  publications.push({
    messageId,
    publicationId,
    sender,
    citizens: request.DestinationContext.map(({ Id }) => Id),
    title: Content.Document.Title,
    mimeType: Content.Document.MimeType,
    annexes: Content.Annex.map(({ DownloadFileName }) => DownloadFileName),
    at: now.toISOString(),
  })
  await saveEbox(world)
  return {
    value: {
      Id: messageId,
      SentPublicationId: publicationId,
      Status: status(ehboxCodes.success),
      Recipient: request.DestinationContext.map(({ Id, Type, Quality }) => ({ Id, Type, Quality })),
    },
  }
}

/** Everybody with a valid number has an eBox here (inferred). */
function checkCitizen({ Id, Type, SubType, Quality }: DestinationContext): void {
  if (Type !== 'INSS') throw new StatusRefusal(ehboxCodes.typeUnknown)
  if (SubType !== undefined) throw new StatusRefusal(ehboxCodes.subTypeUnknown)
  if (Quality !== 'CITIZEN') throw new StatusRefusal(ehboxCodes.qualityUnknown)
  if (!isSsin(Id)) throw new StatusRefusal(ehboxCodes.recipientInvalid)
}
