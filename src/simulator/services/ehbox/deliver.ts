/** Putting letters into boxes, and telling the sender what became of them (spec ehealthbox §3.9). */
import type { EhboxIdentifier } from '../../../business/ehbox/contract.js'
import type { World } from '../../world.js'
import { boxKey, identifierOf, senderOf, type Box } from './boxes.js'
import {
  letterOf,
  mailOf,
  maxBoxSize,
  newId,
  sizeOf,
  type Copy,
  type Letter,
  type MailState,
} from './store.js'

const oneYear = 365 * 24 * 60 * 60 * 1000

/** When a letter sent now is removed. */
export const expiryOf = (sentAt: Date): Date => new Date(sentAt.getTime() + oneYear)

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
  for (const { box, destination } of deliveries) {
    const copy: Copy = {
      messageId: newId(world),
      letter: letter.key,
      box: boxKey(box),
      folder: 'INBOX',
      destination,
      publishedAt: at,
    }
    state.copies.push(copy)
    if (letter.receipts.publication) acknowledge(world, state, copy, 'PUBLISHED', at)
    receive(world, state, copy)
  }
  return own
}

/** Delivers a copy if there is room in its box; otherwise it stands by. */
function receive(world: World, state: MailState, copy: Copy): void {
  const letter = letterOf(state, copy)
  if (sizeOf(state, copy.box) + letter.size > maxBoxSize) return
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
  const [ownerName, quality] = copy.box.split('/')
  const owner = world.actors.find((actor) => actor.name === ownerName)
  if (senderCopy === undefined || owner === undefined || quality === undefined) return
  const recipient = identifierOf({ actor: owner, quality })
  const key = newId(world)
  state.letters.set(key, {
    key,
    publicationId: key,
    kind: 'ACKNOWLEDGMENT',
    sentAt: at,
    expiresAt: expiryOf(at),
    sender: senderOf({ actor: owner, quality }),
    senderBox: copy.box,
    destinations: [senderIdentifier(original)],
    title: `${kind}: ${original.title}`.slice(0, 400),
    document: {
      content: { as: 'inline', bytes: Buffer.from(kind, 'utf8') },
      fileName: 'acknowledgment.txt',
      mimeType: 'text/plain',
    },
    annexes: [],
    important: false,
    encrypted: false,
    receipts: { publication: false, received: false, read: false },
    customMetas: [],
    copyMailTo: [],
    acknowledgment: { messageId: senderCopy.messageId, recipient, kind, at },
    size: 0,
  })
  state.copies.push({
    messageId: newId(world),
    letter: key,
    box: original.senderBox,
    folder: 'INBOX',
    destination: { ...senderIdentifier(original) },
    publishedAt: at,
    receivedAt: at,
  })
}

function senderIdentifier({ sender }: Letter): EhboxIdentifier {
  const { Id, Type, SubType, Quality } = sender
  return { Id, Type, ...(SubType === undefined ? {} : { SubType }), Quality }
}

/**
 * The mailboxes as they are now: what the platform would have removed is gone (after a year, whether read or not), and
 * what stood by has moved up.
 */
export function currentMail(world: World): MailState {
  const state = mailOf(world)
  removeExpired(world, state)
  return state
}

function removeExpired(world: World, state: MailState): void {
  const now = world.runtime.now()
  const gone = new Set([...state.letters.values()].filter((l) => l.expiresAt <= now).map((l) => l.key))
  if (gone.size === 0) return
  state.copies = state.copies.filter((copy) => !gone.has(copy.letter))
  for (const key of gone) state.letters.delete(key)
  const waiting = state.copies.filter(({ receivedAt }) => receivedAt === undefined)
  for (const box of new Set(waiting.map((copy) => copy.box))) receiveStandby(world, state, box)
}
