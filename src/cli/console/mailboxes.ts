/** The mailboxes on the page, and a message as its addressee sees it. */
import type { MailboxMessage, SimulatedMailbox, Simulator } from '../../simulator/index.js'
import { mailboxFolders } from '../../simulator/index.js'
import type { MailboxView, MessageLine, MessageView } from './contract.js'
import { notFound } from './refusal.js'
import { openField } from './sealed.js'

/** Those of the personas, and those with something in them. */
export function mailboxViews(simulator: Simulator): MailboxView[] {
  const personas = new Set<string>(simulator.enrolled().map(({ name }) => name))
  return simulator
    .mailboxes()
    .filter(({ owner, messages }) => personas.has(owner) || messages.length > 0)
    .map(({ displayName, address, messages }) => ({
      owner: displayName,
      quality: address.Quality,
      number: address.Id,
      folders: mailboxFolders
        .map((name) => ({
          name,
          messages: messages.filter(({ folder }) => folder === name).map(messageLine),
        }))
        .filter(({ name, messages: lying }) => lying.length > 0 || name === 'INBOX' || name === 'SENTBOX'),
    }))
}

const nameOf = ({ FirstName, Name, Id }: MailboxMessage['sender']): string =>
  [FirstName, Name].filter((part) => part !== undefined && part !== '').join(' ') || Id

const messageLine = ({
  id,
  title,
  kind,
  sender,
  sentAt,
  encrypted,
  readAt,
}: MailboxMessage): MessageLine => ({
  id,
  title,
  type: kind,
  sender: `${nameOf(sender)} (${sender.Quality})`,
  at: sentAt.toISOString(),
  encrypted,
  read: readAt !== undefined,
})

/** @throws ConsoleRefusal 404 */
export async function messageView(simulator: Simulator, id: string): Promise<MessageView> {
  for (const box of simulator.mailboxes()) {
    const message = box.messages.find((one) => one.id === id)
    if (message !== undefined) return opened(simulator, box, message)
  }
  throw notFound()
}

async function opened(
  simulator: Simulator,
  { owner }: SimulatedMailbox,
  message: MailboxMessage,
): Promise<MessageView> {
  const open = (octets: Uint8Array) => openField(simulator, octets, { prefer: [owner] })
  return {
    ...messageLine(message),
    addressees: message.destinations.map(
      ({ Id, Type, SubType, Quality }) => `${Quality} ${[Type, SubType].filter(Boolean).join('-')} ${Id}`,
    ),
    body: await open(message.body.content),
    annexes: await Promise.all(
      message.annexes.map(async ({ title, fileName, mimeType, content }) => ({
        title: (await open(title)).text ?? '',
        fileName,
        mimeType,
        ...(await open(content)),
      })),
    ),
    metadata: message.metadata.map(({ key, value }) => ({ key, value })),
  }
}
