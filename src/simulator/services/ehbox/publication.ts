/** `sendMessage` as the platform answers it (spec ehealthbox §2, §7.8). */
import { createHash } from 'node:crypto'

import {
  publicationOperations,
  type DestinationContext,
  type EhboxIdentifier,
  type PublicationContent,
  type SendMessageRequest,
  type SendMessageResponse,
} from '../../../business/ehbox/contract.js'
import type { Attachment } from '../../../technical/soap/types.js'
import { soaRefusal } from '../../refusal.js'
import { simulate, type SimulatedCall, type SimulatedService } from '../../service.js'
import type { World } from '../../world.js'
import { absenceOn } from './outOfOffice.js'
import { boxesAt, boxKey, requestedBox, senderOf, type Box } from './boxes.js'
import { currentMail, expiryOf, publish, reportFailure, type Delivery } from './deliver.js'
import { settingsOf } from './settings.js'
import { answering, ehboxCodes, status, StatusRefusal } from './status.js'
import { newId, saveMail, type Letter, type MailState, type StoredContent } from './store.js'

/** The whole message may not be larger (spec ehealthbox §1.3). */
export const maxMessageSize = 10 * 1024 * 1024

export const ehboxPublication: SimulatedService = {
  service: 'ehboxPublication',
  operations: [
    simulate(publicationOperations.sendMessage, {
      checkContent: ({ ContentContext: { ContentSpecification } }) => {
        if (!['DOCUMENT', 'NEWS'].includes(ContentSpecification.ContentType))
          throw soaRefusal('SOA-03007', 'only the platform sends acknowledgments and errors')
      },
      answer: answering<SimulatedCall<SendMessageRequest>, SendMessageResponse>({ Recipient: [] }, send),
    }),
  ],
}

async function send(call: SimulatedCall<SendMessageRequest>): Promise<{ value: SendMessageResponse }> {
  const { request, caller, world, attachments } = call
  const state = currentMail(world)
  const sender = requestedBox(request.BoxId, caller, world)
  const letter = letterFrom(call, sender)
  if (letter.size > maxMessageSize || (call.octets ?? 0) > maxMessageSize)
    throw new StatusRefusal(ehboxCodes.tooLarge)
  const deliveries = request.DestinationContext.flatMap((destination) =>
    boxesAt(destination, world).map((box) => ({
      box,
      destination: addressOf(destination),
      asked: destination,
    })),
  )
  checkMayPublish(sender, request.DestinationContext, world)
  checkDigests(request.ContentContext.Content, attachments)
  checkPublicationId(state, letter)
  const absent = absentRecipients(state, deliveries, world.runtime.now())
  if (absent.length > 0) throw new StatusRefusal(ehboxCodes.outOfOffice, { Recipient: absent })
  if (letter.kind === 'NEWS') archiveEarlier(state, letter)
  const { trouble } = call
  const lost = trouble?.kind === 'undelivered'
  const own = publish(world, state, letter, sender, lost ? [] : oncePerBox(deliveries))
  if (lost)
    reportFailure(world, state, letter, {
      code: trouble.code ?? 'UNDELIVERED',
      message: trouble.message ?? 'The message could not be delivered',
      destinations: letter.destinations,
    })
  await saveMail(world)
  return {
    value: {
      Id: own.messageId,
      SentPublicationId: letter.publicationId,
      Status: status(ehboxCodes.success),
      Recipient: letter.destinations,
    },
  }
}

function letterFrom({ request, world, attachments }: SimulatedCall<SendMessageRequest>, sender: Box): Letter {
  const { Content, ContentSpecification, CustomMeta } = request.ContentContext
  const now = world.runtime.now()
  const annexes = Content.Annex.map((annex) => ({
    title: annex.EncryptableTitle,
    content: transported(annex, attachments),
    fileName: annex.DownloadFileName,
    mimeType: annex.MimeType,
  }))
  const document = {
    content: transported(Content.Document, attachments),
    fileName: Content.Document.DownloadFileName,
    mimeType: Content.Document.MimeType,
  }
  const size = [document, ...annexes].reduce((sum, { content }) => sum + content.bytes.length, 0)
  return {
    key: newId(world),
    publicationId: request.PublicationId ?? newId(world),
    kind: ContentSpecification.ContentType,
    sentAt: now,
    expiresAt: expiryOf(world, now),
    sender: senderOf(sender),
    senderBox: boxKey(sender),
    destinations: request.DestinationContext.map(addressOf),
    title: Content.Document.Title,
    document,
    ...(Content.FreeInformations === undefined ? {} : { freeInformations: Content.FreeInformations }),
    ...(Content.EncryptableINSSPatient === undefined ? {} : { patient: Content.EncryptableINSSPatient }),
    annexes,
    ...(ContentSpecification.ApplicationName === undefined
      ? {}
      : { applicationName: ContentSpecification.ApplicationName }),
    important: ContentSpecification.IsImportant,
    encrypted: ContentSpecification.IsEncrypted,
    receipts: {
      publication: ContentSpecification.PublicationReceipt,
      received: ContentSpecification.ReceivedReceipt,
      read: ContentSpecification.ReadReceipt,
    },
    customMetas: CustomMeta,
    copyMailTo: request.CopyMailTo,
    size,
  }
}

type Transported = {
  EncryptableBinaryContent?: string | undefined
  EncryptableTextContent?: Uint8Array | undefined
}

/** The octets as transported. An attachment that is not there counts as a wrong digest (spec ehealthbox §7.8). */
function transported(holder: Transported, attachments: ReadonlyMap<string, Attachment>): StoredContent {
  if (holder.EncryptableTextContent !== undefined)
    return { as: 'inline', bytes: holder.EncryptableTextContent }
  const reference = (holder.EncryptableBinaryContent ?? '').replace(/^cid:/, '')
  const part = attachments.get(reference) ?? attachments.get(decoded(reference))
  if (part === undefined) throw new StatusRefusal(ehboxCodes.digest)
  return { as: 'attachment', bytes: part.content }
}

function decoded(reference: string): string {
  try {
    return decodeURIComponent(reference)
  } catch {
    return reference
  }
}

/** @throws StatusRefusal 814 */
function checkMayPublish(sender: Box, to: readonly DestinationContext[], world: World): void {
  const { forbidden } = settingsOf(world)
  for (const { Quality } of to)
    if (forbidden.some((rule) => rule.to === Quality && (rule.from ?? sender.quality) === sender.quality))
      throw new StatusRefusal(ehboxCodes.publicationForbidden)
}

export function checkDigests(
  content: PublicationContent,
  attachments: ReadonlyMap<string, Attachment>,
): void {
  for (const holder of [content.Document, ...content.Annex]) {
    const digest = createHash('sha256').update(transported(holder, attachments).bytes).digest('base64')
    if (digest !== holder.Digest.trim()) throw new StatusRefusal(ehboxCodes.digest)
  }
}

/** A box gets one copy, however often and in whatever spelling it is addressed. */
const oncePerBox = (deliveries: readonly Delivery[]): Delivery[] =>
  [
    ...new Map([...deliveries].reverse().map((delivery) => [boxKey(delivery.box), delivery])).values(),
  ].reverse()

/** A DOCUMENT's identifier is used once; a NEWS may come again from the same sender. */
function checkPublicationId(state: MailState, letter: Letter): void {
  for (const earlier of state.letters.values()) {
    if (earlier.publicationId !== letter.publicationId || earlier.senderBox !== letter.senderBox) continue
    if (earlier.kind !== 'NEWS' || letter.kind !== 'NEWS')
      throw new StatusRefusal(ehboxCodes.publicationIdUsed)
  }
}

/** The earlier versions of a NEWS leave the folders and stay readable in the history. */
function archiveEarlier(state: MailState, letter: Letter): void {
  for (const copy of state.copies) {
    const earlier = state.letters.get(copy.letter)
    if (earlier?.publicationId === letter.publicationId && earlier.senderBox === letter.senderBox)
      copy.folder = 'HISTORY'
  }
}

function addressOf(destination: DestinationContext): EhboxIdentifier {
  const { Id, Type, SubType, Quality, User } = destination
  return {
    Id,
    Type,
    ...(SubType === undefined ? {} : { SubType }),
    Quality,
    ...(User === undefined ? {} : { User }),
  }
}

/** Recipients out of office whom the sender did not ask to reach anyway; with nobody absent, an empty list. */
function absentRecipients(
  state: MailState,
  deliveries: (Delivery & { asked: DestinationContext })[],
  now: Date,
): SendMessageResponse['Recipient'] {
  const marked = deliveries.map(({ box, destination, asked }) => {
    const absence = asked.OoOProcessed === true ? undefined : absenceOn(state, boxKey(box), now)
    return { destination, absence }
  })
  if (marked.every(({ absence }) => absence === undefined)) return []
  return marked.map(({ destination, absence }) =>
    absence === undefined
      ? destination
      : { ...destination, AbsentFrom: absence.from, AbsentTo: absence.to, Substitute: absence.substitutes },
  )
}
