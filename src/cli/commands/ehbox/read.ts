import { createHash } from 'node:crypto'
import { mkdir } from 'node:fs/promises'
import path from 'node:path'

import { Option, type Command } from 'commander'

import type {
  DocumentMessage,
  FullMessage,
  ReadableFolder,
  ReceivedContent,
} from '../../../business/ehbox/index.js'
import { addConnectionOptions, openConnection, type ConnectionOptions } from '../../connection.js'
import { writeNamed } from '../../input.js'
import { operand, type TakenLists } from '../../lists.js'
import { plain, print, printFields, printJson, styled } from '../../output.js'
import { addRevocationOptions } from '../../revocation.js'

interface Options extends ConnectionOptions {
  folder: ReadableFolder
  out?: string
}

/** `ehealth ehbox read ID [--folder F] [--out DIR]` */
export function registerRead(ehbox: Command): void {
  const taken: TakenLists = []
  const command = addConnectionOptions(
    ehbox
      .command('read')
      .description('read a message: opened, verified, and thereby marked as read')
      .argument('[id]', 'MessageId, as listed')
      .addOption(
        new Option('--folder <folder>', 'where it lies')
          .choices(['INBOX', 'SENTBOX', 'HISTORY'])
          .default('INBOX'),
      )
      .option('--out <dir>', 'directory for body and annexes; nothing of them is shown then'),
    taken,
  )
  addRevocationOptions(command, taken).action(async (id: string | undefined, options: Options) => {
    const messageId = operand(id, 'the id of the message', taken)
    await using me = await openConnection(options)
    const message = await me.ehbox.read(messageId, { folder: options.folder })
    const files =
      options.out === undefined ? new Map<ReceivedContent, string>() : await save(message, options.out)
    if (options.json === true) printJson(summary(message, files))
    else show(message, files)
  })
}

const isDocument = (message: FullMessage): message is DocumentMessage =>
  message.type === 'DOCUMENT' || message.type === 'NEWS' || message.type === 'OTHER'

/** Writes body and annexes under names of our own: the sender's are not to be trusted as paths. */
async function save(message: FullMessage, directory: string): Promise<Map<ReceivedContent, string>> {
  const files = new Map<ReceivedContent, string>()
  if (!isDocument(message)) return files
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const parts: [string, ReceivedContent][] = [
    ['body', message.body],
    ...message.annexes.map((annex, index): [string, ReceivedContent] => [`annex-${index + 1}`, annex]),
  ]
  for (const [name, part] of parts) {
    const file = path.join(
      directory,
      `${message.id.replace(/\W/g, '_')}-${name}${extensionOf(part.fileName)}`,
    )
    await writeNamed(file, part.content, { fresh: true })
    files.set(part, file)
  }
  return files
}

const extensionOf = (fileName: string): string => /\.[A-Za-z0-9]{1,8}$/.exec(fileName)?.[0] ?? ''

/** What is known of a message; content only where it was not written to files. */
function summary(message: FullMessage, files: ReadonlyMap<ReceivedContent, string>): Record<string, unknown> {
  if (!isDocument(message)) return withoutMeta(message)
  const { body, annexes, patient, freeText, table, oldFreeInformation, ...rest } = message
  const shown = files.size === 0
  const part = (content: ReceivedContent) => ({
    fileName: content.fileName,
    mimeType: content.mimeType,
    bytes: content.content.length,
    sha256: createHash('sha256').update(content.content).digest('hex'),
    ...(files.has(content) ? { file: files.get(content) } : {}),
  })
  return {
    ...withoutMeta(rest),
    ...(shown ? { patient, freeText, table, oldFreeInformation } : {}),
    body: { ...part(body), ...(shown ? { text: body.text } : {}) },
    annexes: annexes.map((annex) => ({
      ...(shown ? { title: annex.title } : {}),
      protection: annex.protection,
      ...part(annex),
    })),
  }
}

function withoutMeta<T extends object>(message: T): Record<string, unknown> {
  const { meta: _meta, ...rest } = message as Record<string, unknown>
  return rest
}

function show(message: FullMessage, files: ReadonlyMap<ReceivedContent, string>): void {
  const { sender, title, publicationDate, type, encrypted, problems } = message
  const name = [sender.firstName, sender.name].filter((part) => part !== undefined).join(' ')
  const verification = isDocument(message) ? message.verification : undefined
  printFields({
    type,
    title: plain(title),
    sender: plain(`${name} (${sender.quality} ${sender.type} ${sender.id})`),
    published: publicationDate,
    encrypted: encrypted ? 'yes' : 'no',
    author: verification === undefined ? undefined : authorOf(verification),
    signed: verification?.signingTime.toISOString(),
    warnings: verification?.warnings.join(', ') || undefined,
    problems: problems.length === 0 ? undefined : plain(problems.join('; ')),
    ...(message.type === 'ACKNOWLEDGMENT'
      ? { acknowledges: message.acknowledges, state: message.acknowledgment, at: message.at.toISOString() }
      : {}),
    ...(message.type === 'ERROR'
      ? { publication: message.error.publicationId, code: message.error.code }
      : {}),
  })
  if (isDocument(message)) showContent(message, files)
}

function authorOf(verification: NonNullable<DocumentMessage['verification']>): string {
  const { author, authorMatchesSender } = verification
  const name = author === undefined ? 'not an actor of the platform' : `${author.type} ${author.value}`
  const verdict =
    authorMatchesSender === undefined
      ? 'cannot be compared with the sender'
      : authorMatchesSender
        ? 'is the sender'
        : styled('red', 'IS NOT THE SENDER')
  return `${name}: ${verdict}`
}

function showContent(message: DocumentMessage, files: ReadonlyMap<ReceivedContent, string>): void {
  const { body, annexes, freeText } = message
  for (const [index, annex] of annexes.entries()) {
    const where = files.get(annex)
    const title = where === undefined ? `${plain(annex.title)} (${plain(annex.fileName)})` : where
    print(
      `${styled('bold', `annex ${index + 1}`)}  ${title}, ${plain(annex.mimeType)}, ${annex.content.length} bytes`,
    )
  }
  const where = files.get(body)
  if (where !== undefined) return print(`${styled('bold', 'body')}  ${where}, ${body.content.length} bytes`)
  for (const text of [
    body.text ?? `(${plain(body.mimeType)}, ${body.content.length} bytes: use --out)`,
    freeText,
  ])
    if (text !== undefined) print(`\n${text.split('\n').map(plain).join('\n')}`)
}
