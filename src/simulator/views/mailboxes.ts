/** What lies in the mailboxes, for whoever runs the simulator. */
import type { BoxId, EhboxIdentifier, Sender } from '../../business/ehbox/contract.js'
import { boxKey, identifierOf } from '../services/ehbox/boxes.js'
import { letterOf, mailOf, type Copy, type FolderName, type Letter } from '../services/ehbox/store.js'
import type { World } from '../world.js'

/** Folders of a mailbox, in the order in which a person looks at them. */
export const mailboxFolders = ['INBOX', 'SENTBOX', 'HISTORY', 'BININBOX', 'BINSENTBOX'] as const

export type MailboxFolder = (typeof mailboxFolders)[number]

/** A mailbox of somebody in one of his qualities. */
export interface SimulatedMailbox {
  /** Name of its owner in the register, for instance `physician`. */
  readonly owner: string
  /** Name of its owner as certificates show it. */
  readonly displayName: string
  /** How messages are addressed to it. */
  readonly address: BoxId
  /** What was delivered and is not deleted, folder by folder, the newest first. */
  readonly messages: readonly MailboxMessage[]
}

/** A document as it was transported: sealed in an encrypted message. */
export interface MailboxDocument {
  readonly fileName: string
  readonly mimeType: string
  readonly content: Uint8Array
}

/** A message in a mailbox. Octets are those that the sender transported. */
export interface MailboxMessage {
  readonly id: string
  readonly publicationId: string
  readonly folder: MailboxFolder
  readonly kind: 'DOCUMENT' | 'NEWS' | 'ACKNOWLEDGMENT' | 'ERROR'
  readonly title: string
  readonly sender: Sender
  readonly destinations: readonly EhboxIdentifier[]
  readonly sentAt: Date
  readonly receivedAt: Date
  /** When its owner first opened it. */
  readonly readAt?: Date
  readonly important: boolean
  readonly encrypted: boolean
  readonly body: MailboxDocument
  /** The title is sealed, too, in an encrypted message. */
  readonly annexes: readonly (MailboxDocument & { readonly title: Uint8Array })[]
  /** Sealed SSIN of the patient. */
  readonly patient?: Uint8Array
  readonly metadata: readonly { readonly key: string; readonly value: string }[]
  /** Octets of everything transported. */
  readonly size: number
}

/** The mailboxes of everybody who can have one, empty ones included. */
export function mailboxesOf(world: World): SimulatedMailbox[] {
  const state = mailOf(world)
  const copies = new Map<string, Copy[]>()
  for (const copy of state.copies) {
    const known = copies.get(copy.box)
    if (known === undefined) copies.set(copy.box, [copy])
    else known.push(copy)
  }
  return world.actors.flatMap((actor) =>
    actor.qualities.map((quality) => {
      const lying = (copies.get(boxKey({ actor, quality })) ?? []).toReversed()
      return {
        owner: actor.name,
        displayName: actor.displayName,
        address: identifierOf({ actor, quality }),
        messages: mailboxFolders.flatMap((folder) =>
          lying.flatMap((copy) => messageIn(folder, copy, () => letterOf(state, copy))),
        ),
      }
    }),
  )
}

function messageIn(folder: MailboxFolder, copy: Copy, letter: () => Letter): MailboxMessage[] {
  const { receivedAt, readAt } = copy
  const lies: FolderName = copy.folder
  if (lies !== folder || receivedAt === undefined) return []
  const { publicationId, kind, title, sender, destinations, sentAt, important, encrypted, ...rest } = letter()
  const document = ({ content, fileName, mimeType }: Letter['document']): MailboxDocument => ({
    fileName,
    mimeType,
    content: content.bytes,
  })
  return [
    {
      id: copy.messageId,
      publicationId,
      folder,
      kind,
      title,
      sender,
      destinations,
      sentAt,
      receivedAt,
      ...(readAt === undefined ? {} : { readAt }),
      important,
      encrypted,
      body: document(rest.document),
      annexes: rest.annexes.map((annex) => ({ title: annex.title, ...document(annex) })),
      ...(rest.patient === undefined ? {} : { patient: rest.patient }),
      metadata: rest.customMetas.map(({ Key, Value }) => ({ key: Key, value: Value })),
      size: rest.size,
    },
  ]
}
