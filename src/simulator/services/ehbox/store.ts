/** What the mailboxes hold, and how it is kept between two runs. */
import type { EhboxIdentifier, PublicationContent, Sender } from '../../../business/ehbox/contract.js'
import { unwrap, wrap } from '../../stored.js'
import type { SlotCodec, World } from '../../world.js'

/** `DELETED`: gone for its owner, still a row in what the sender is told of his recipients. */
export type FolderName = 'INBOX' | 'SENTBOX' | 'BININBOX' | 'BINSENTBOX' | 'HISTORY' | 'DELETED'

/** Content as the sender transported it: as an attachment or inline. */
export interface StoredContent {
  as: 'attachment' | 'inline'
  bytes: Uint8Array
}

/** One publication, stored once however many boxes it went to. */
export interface Letter {
  key: string
  publicationId: string
  kind: 'DOCUMENT' | 'NEWS' | 'ACKNOWLEDGMENT' | 'ERROR'
  sentAt: Date
  /** The expiry date that is shown; what was read and lies in a bin goes then. */
  expiresAt: Date
  sender: Sender
  senderBox: string
  destinations: EhboxIdentifier[]
  title: string
  document: { content: StoredContent; fileName: string; mimeType: string }
  freeInformations?: PublicationContent['FreeInformations']
  patient?: Uint8Array
  annexes: { title: Uint8Array; content: StoredContent; fileName: string; mimeType: string }[]
  applicationName?: string
  important: boolean
  encrypted: boolean
  receipts: { publication: boolean; received: boolean; read: boolean }
  customMetas: { Key: string; Value: string }[]
  copyMailTo: string[]
  acknowledgment?: {
    messageId: string
    recipient: EhboxIdentifier
    kind: 'PUBLISHED' | 'RECEIVED' | 'READ'
    at: Date
  }
  error?: {
    publicationId: string
    code: string
    messages: string[]
    destinations: EhboxIdentifier[]
  }
  /** Octets of everything transported. */
  size: number
}

/** A letter in a box. */
export interface Copy {
  messageId: string
  letter: string
  box: string
  folder: FolderName
  /** Which address of the owner received it; the first destination for the sender's own copy. */
  destination: EhboxIdentifier
  publishedAt: Date
  /** When it is to be delivered, where that takes a while. */
  dueAt?: Date
  /** Absent while it is under way, or the box is full. */
  receivedAt?: Date
  readAt?: Date
}

/** An out-of-office period. */
export interface Absence {
  id: string
  box: string
  /** `YYYY-MM-DD`, both days included. */
  from: string
  to: string
  substitutes: EhboxIdentifier[]
}

export interface MailState {
  letters: Map<string, Letter>
  /** Oldest first; of a letter's copies the sender's own comes first. */
  copies: Copy[]
  absences: Absence[]
}

const slotName = 'ehbox'

const codec: SlotCodec<MailState> = {
  toJson: ({ letters, copies, absences }) => wrap({ letters: [...letters.values()], copies, absences }),
  fromJson: (json) => {
    const { letters, copies, absences } = unwrap(json) as Omit<MailState, 'letters'> & { letters: Letter[] }
    return { letters: new Map(letters.map((letter) => [letter.key, letter])), copies, absences }
  },
}

/** The mailboxes of a world. */
export function mailOf(world: World): MailState {
  return world.slot<MailState>(slotName, () => ({ letters: new Map(), copies: [], absences: [] }), codec)
}

/** Keeps the mailboxes on disk where the simulator has a directory. */
export const saveMail = (world: World): Promise<void> => world.save(slotName)

const idAlphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ'

/** An identifier of 13 characters. */
export function newId(world: World): string {
  return Array.from(world.runtime.randomBytes(13), (octet) => idAlphabet[octet % 36]).join('')
}

/** The copies of a box in a folder that have been delivered, newest first. */
export function folderOf(state: MailState, box: string, folder: FolderName): Copy[] {
  return state.copies
    .filter((copy) => copy.box === box && copy.folder === folder && copy.receivedAt !== undefined)
    .reverse()
}

/** Octets in a box, bins included. */
export function sizeOf(state: MailState, box: string): number {
  return state.copies
    .filter(
      ({ box: of, folder, receivedAt }) => of === box && folder !== 'DELETED' && receivedAt !== undefined,
    )
    .reduce((sum, copy) => sum + letterOf(state, copy).size, 0)
}

/** The letter of a copy. */
export function letterOf(state: MailState, copy: Copy): Letter {
  const letter = state.letters.get(copy.letter)
  if (letter === undefined) throw new Error(`the letter ${copy.letter} is gone`)
  return letter
}
