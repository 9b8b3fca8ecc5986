import { Option, type Command } from 'commander'

import type {
  DocumentMessage,
  FullMessage,
  ReadableFolder,
  SavedDocumentMessage,
  SavedMessage,
} from '../../../business/ehbox/index.js'
import type { Connection } from '../../../connect.js'
import { addConnectionOptions, openConnection, type ConnectionOptions } from '../../connection.js'
import { t } from '../../language/index.js'
import { operand, type TakenLists } from '../../lists.js'
import type { EhboxRead } from '../../json/index.js'
import { plain, print, printFields, printJson, styled } from '../../output.js'
import { progressOf } from '../../progress.js'
import { addRevocationOptions } from '../../revocation.js'
import { addBoxOption, boxOf, type BoxOption } from './box.js'
import { isDocument, savedSummary, summary } from './summary.js'

interface Options extends ConnectionOptions, BoxOption {
  folder: ReadableFolder
  save?: string
  out?: string
  partial?: boolean
}

/** `ehealth ehbox read ID [--folder F] [--save DIR]` */
export function registerRead(ehbox: Command): void {
  const taken: TakenLists = []
  const command = addBoxOption(
    addConnectionOptions(
      ehbox
        .command('read')
        .description('read a message: opened, verified, and thereby marked as read')
        .argument('[id]', 'MessageId, as listed')
        .addOption(
          new Option('--folder <folder>', 'where it lies')
            .choices(['INBOX', 'SENTBOX', 'HISTORY'])
            .default('INBOX'),
        )
        .option('--save <dir>', 'directory for body and annexes; nothing of them is shown then')
        .addOption(new Option('--out <dir>', 'an older name of --save').hideHelp())
        .option('--partial', 'show what can be read where not all of it can'),
      taken,
    ),
  )
  addRevocationOptions(command, taken).action(async (id: string | undefined, options: Options) => {
    const messageId = operand(id, 'the id of the message', taken)
    await using me = await openConnection(options)
    const directory = options.save ?? options.out
    if (directory === undefined) await show(me, messageId, options)
    else await save(me, messageId, { ...options, directory })
  })
}

const readOptions = (options: Options) => ({
  folder: options.folder,
  partial: options.partial === true,
  ...boxOf(options),
})

async function show(me: Connection<'ehbox'>, id: string, options: Options): Promise<void> {
  const message = await me.ehbox.read(id, readOptions(options))
  if (options.json === true) return printJson<EhboxRead>(summary(message))
  showHead(message)
  if (isDocument(message)) showContent(message)
}

async function save(
  me: Connection<'ehbox'>,
  id: string,
  options: Options & { directory: string },
): Promise<void> {
  const receiving = progressOf(t`received`)
  let opening: ReturnType<typeof progressOf> | undefined
  let message: SavedMessage
  try {
    message = await me.ehbox.save(id, {
      ...readOptions(options),
      directory: options.directory,
      onProgress: ({ stage, bytes }) => {
        if (stage === 'receiving') return receiving.update(bytes)
        receiving.end()
        opening ??= progressOf(t`opened`)
        opening.update(bytes)
      },
    })
  } finally {
    receiving.end()
    opening?.end()
  }
  if (options.json === true) return printJson<EhboxRead>(await savedSummary(message))
  showHead(message)
  if (!isDocument(message)) return
  for (const [name, part] of partsOf(message))
    print(
      `${styled('bold', name)}  ${part.file ?? t`cannot be read: ${part.problem?.code ?? '?'}`}, ${plain(part.mimeType)}, ${t`${part.bytes} bytes`}`,
    )
}

function partsOf({ body, annexes }: SavedDocumentMessage): [string, SavedDocumentMessage['body']][] {
  return [
    [t`body`, body],
    ...annexes.map((annex, index): [string, SavedDocumentMessage['body']] => [t`annex ${index + 1}`, annex]),
  ]
}

function showHead(message: FullMessage | SavedMessage): void {
  const { sender, title, publicationDate, type, encrypted, problems } = message
  const name = [sender.firstName, sender.name].filter((part) => part !== undefined).join(' ')
  const verification = isDocument(message) ? message.verification : undefined
  printFields({
    type,
    title: plain(title),
    sender: plain(`${name} (${sender.quality} ${sender.type} ${sender.id})`),
    published: publicationDate,
    encrypted: encrypted ? t`yes` : t`no`,
    author: verification === undefined ? undefined : authorOf(verification),
    signed: verification?.signingTime.toISOString(),
    warnings: verification?.warnings.join(', ') || undefined,
    problems: problems.length === 0 ? undefined : plain(problems.join('; ')),
    ...(message.type === 'ACKNOWLEDGMENT'
      ? { acknowledges: message.acknowledges, state: message.acknowledgment, at: message.at.toISOString() }
      : {}),
    ...(message.type === 'ERROR'
      ? {
          publication: message.error.publicationId,
          code: message.error.code,
          reason: plain(message.error.messages.join('; ')),
        }
      : {}),
  })
}

function authorOf(verification: NonNullable<DocumentMessage['verification']>): string {
  const { author, authorMatchesSender } = verification
  const name = author === undefined ? t`not an actor of the platform` : `${author.type} ${author.value}`
  const verdict =
    authorMatchesSender === undefined
      ? t`cannot be compared with the sender`
      : authorMatchesSender
        ? t`is the sender`
        : styled('red', t`IS NOT THE SENDER`)
  return t`${name}: ${verdict}`
}

function showContent({ body, annexes, freeText, table }: DocumentMessage): void {
  for (const [index, annex] of annexes.entries())
    print(
      `${styled('bold', t`annex ${index + 1}`)}  ${plain(annex.title)} (${plain(annex.fileName)}), ${plain(annex.mimeType)}, ${t`${annex.content.length} bytes`}`,
    )
  const rows = table?.rows.map(([left, right]) => `${left}: ${right}`).join('\n')
  for (const text of [
    body.text ?? t`(${plain(body.mimeType)}, ${body.content.length} bytes: use --save)`,
    freeText,
    rows,
  ])
    if (text !== undefined) print(`\n${text.split('\n').map(plain).join('\n')}`)
}
