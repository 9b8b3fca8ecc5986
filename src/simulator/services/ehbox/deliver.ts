/** Putting letters into boxes, and telling the sender what became of them (spec ehealthbox §3.9). */
import type { EhboxIdentifier } from '../../../business/ehbox/contract.js'
import type { World } from '../../world.js'
import { boxKey, identifierOf, senderOf, type Box } from './boxes.js'
import { letterOf, mailOf, newId, sizeOf, type Copy, type Letter, type MailState } from './store.js'
import { capacityOf, settingsOf } from './settings.js'

const day = 24 * 60 * 60 * 1000
const oneYear = 365 * day

/** The expiry date that is shown of a letter. */
export const expiryOf = (world: World, sentAt: Date): Date =>
  new Date(sentAt.getTime() + settingsOf(world).expiryDays * day)

/** A recipient's box with the address that led to it. */
export interface Delivery {
  box: Box
  destination: EhboxIdentifier
}

/**
 * Puts one copy into the sender's SENTBOX and one into the INBOX of every recipient.
 *
 * @returns the sender's copy; its id is the MessageId of the publication
 */
export function publish(
  world: World,
  state: MailState,
  letter: Letter,
  sender: Box,
  deliveries: Delivery[],
): Copy {
  const at = letter.sentAt
  state.letters.set(letter.key, letter)
  const own: Copy = {
    messageId: newId(world),
    letter: letter.key,
    box: boxKey(sender),
    folder: 'SENTBOX',
    destination: letter.destinations[0]!,
    publishedAt: at,
    receivedAt: at,
  }
  state.copies.push(own)
  const { deliveryDelay } = settingsOf(world)
  for (const { box, destination } of deliveries) {
    const copy: Copy = {
      messageId: newId(world),
      letter: letter.key,
      box: boxKey(box),
      folder: 'INBOX',
      destination,
      publishedAt: at,
      ...(deliveryDelay > 0 ? { dueAt: new Date(at.getTime() + deliveryDelay) } : {}),
    }
    state.copies.push(copy)
    if (letter.receipts.publication) acknowledge(world, state, copy, 'PUBLISHED', at)
    receive(world, state, copy)
  }
  return own
}

/** Whether it is time for a copy to be delivered. */
export const isDue = (world: World, { dueAt }: Copy): boolean =>
  dueAt === undefined || dueAt <= world.runtime.now()

/** Delivers a copy if its time has come and there is room in its box; otherwise it stands by. */
function receive(world: World, state: MailState, copy: Copy): void {
  if (!isDue(world, copy)) return
  const letter = letterOf(state, copy)
  if (sizeOf(state, copy.box) + letter.size > capacityOf(world, copy.box)) return
  copy.receivedAt = world.runtime.now()
  if (letter.receipts.received) acknowledge(world, state, copy, 'RECEIVED', copy.receivedAt)
}

/** Delivers what stood by, oldest first, as far as there is room. */
export function receiveStandby(world: World, state: MailState, box: string): void {
  for (const copy of [...state.copies])
    if (copy.box === box && copy.receivedAt === undefined) receive(world, state, copy)
}

/** Marks a copy as read; the first time counts. */
export function markRead(world: World, state: MailState, copy: Copy): void {
  if (copy.readAt !== undefined) return
  copy.readAt = world.runtime.now()
  if (letterOf(state, copy).receipts.read) acknowledge(world, state, copy, 'READ', copy.readAt)
}

/** Puts an ACKNOWLEDGMENT message into the sender's INBOX. */
function acknowledge(
  world: World,
  state: MailState,
  copy: Copy,
  kind: 'PUBLISHED' | 'RECEIVED' | 'READ',
  at: Date,
): void {
  const original = letterOf(state, copy)
  const senderCopy = state.copies.find((candidate) => candidate.letter === original.key)
  const owner = ownerOf(world, copy.box)
  if (senderCopy === undefined || owner === undefined) return
  const acknowledgment = { messageId: senderCopy.messageId, recipient: identifierOf(owner), kind, at }
  tellSender(world, state, original, at, {
    kind: 'ACKNOWLEDGMENT',
    sender: senderOf(owner),
    senderBox: copy.box,
    title: `${kind}: ${original.title}`,
    text: kind,
    acknowledgment,
  })
}

function ownerOf(world: World, box: string): Box | undefined {
  const [name, quality] = box.split('/')
  const actor = world.actors.find((candidate) => candidate.name === name)
  return actor === undefined || quality === undefined ? undefined : { actor, quality }
}

/** Why a publication did not arrive, and where. */
export interface Failure {
  code: string
  message: string
  destinations: EhboxIdentifier[]
}

/** Puts an ERROR message into the sender's INBOX: a publication has failed after it was accepted (§2.2). */
export function reportFailure(world: World, state: MailState, original: Letter, failure: Failure): void {
  const { code, message, destinations } = failure
  tellSender(world, state, original, world.runtime.now(), {
    kind: 'ERROR',
    // the platform itself has no box; its reports come from nowhere else than the sender's own (inferred)
    sender: original.sender,
    senderBox: '',
    title: `ERROR: ${original.title}`,
    text: message,
    error: { publicationId: original.publicationId, code, messages: [message], destinations },
  })
}

type Report = Pick<Letter, 'sender' | 'senderBox' | 'title' | 'acknowledgment' | 'error'> & {
  kind: 'ACKNOWLEDGMENT' | 'ERROR'
  text: string
}

/** Both kinds carry the mandatory document. They are small, and do not count for the size of a box. */
function tellSender(world: World, state: MailState, original: Letter, at: Date, report: Report): void {
  const key = newId(world)
  const { title, text, ...rest } = report
  state.letters.set(key, {
    ...rest,
    key,
    publicationId: key,
    sentAt: at,
    expiresAt: expiryOf(world, at),
    destinations: [senderIdentifier(original)],
    title: title.slice(0, 400),
    document: {
      content: { as: 'inline', bytes: Buffer.from(text, 'utf8') },
      fileName: `${report.kind.toLowerCase()}.txt`,
      mimeType: 'text/plain',
    },
    annexes: [],
    important: false,
    encrypted: false,
    receipts: { publication: false, received: false, read: false },
    customMetas: [],
    copyMailTo: [],
    size: 0,
  })
  state.copies.push({
    messageId: newId(world),
    letter: key,
    box: original.senderBox,
    folder: 'INBOX',
    destination: senderIdentifier(original),
    publishedAt: at,
    receivedAt: at,
  })
}

function senderIdentifier({ sender }: Letter): EhboxIdentifier {
  const { Id, Type, SubType, Quality } = sender
  return { Id, Type, ...(SubType === undefined ? {} : { SubType }), Quality }
}

/**
 * The mailboxes as they are now (§3.9): gone is what is a year old, read or not, and what has expired, was read and lies in
 * a bin; arrived is what was under way or stood by and has room.
 */
export function currentMail(world: World): MailState {
  const state = mailOf(world)
  removeExpired(world, state)
  const waiting = state.copies.filter(({ receivedAt }) => receivedAt === undefined)
  for (const copy of waiting) receive(world, state, copy)
  return state
}

function removeExpired(world: World, state: MailState): void {
  const now = world.runtime.now()
  const old = new Set<string>()
  const expired = new Set<string>()
  for (const { key, sentAt, expiresAt } of state.letters.values()) {
    if (now.getTime() - sentAt.getTime() >= oneYear) old.add(key)
    if (expiresAt <= now) expired.add(key)
  }
  if (expired.size === 0 && old.size === 0) return
  const binned = ({ folder, readAt, letter }: Copy): boolean =>
    (folder === 'BINSENTBOX' || (folder === 'BININBOX' && readAt !== undefined)) && expired.has(letter)
  const undelivered = state.copies.filter((copy) => old.has(copy.letter) && copy.receivedAt === undefined)
  for (const copy of undelivered)
    reportFailure(world, state, letterOf(state, copy), {
      code: 'EXPIRED',
      message: 'The message has expired before it could be delivered',
      destinations: [copy.destination],
    })
  state.copies = state.copies.filter((copy) => !old.has(copy.letter) && !binned(copy))
  for (const key of old) state.letters.delete(key)
}
