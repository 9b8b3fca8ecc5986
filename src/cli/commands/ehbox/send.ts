import { isUtf8 } from 'node:buffer'
import path from 'node:path'

import type { Command } from 'commander'

import type { Annex, OutgoingMessage, SendOutcome } from '../../../business/ehbox/index.js'
import type { Connection } from '../../../connect.js'
import { addConnectionOptions, openConnection, type ConnectionOptions } from '../../connection.js'
import { readInput } from '../../input.js'
import { english, t } from '../../language/index.js'
import { listOption, type TakenLists } from '../../lists.js'
import type { EhboxSend } from '../../json/index.js'
import { exitCode, plain, print, printFields, printJson, remark, UsageError } from '../../output.js'
import { progressOf } from '../../progress.js'
import { addRevocationOptions } from '../../revocation.js'
import { named, parseBox, parseRecipient } from './box.js'

interface Options extends ConnectionOptions {
  to: string[]
  title: string
  body: string
  annex?: string[]
  encrypt?: boolean
  receipts?: boolean
  deliverAnyway?: boolean
  toSubstitutes?: boolean
  important?: boolean
  news?: boolean
  publicationId?: string
  from?: string
}

/** `ehealth ehbox send --to QUALITY:TYPE:NUMBER… --title T --body FILE [--annex FILE…] [--encrypt] [--receipts]` */
export function registerSend(ehbox: Command): void {
  const taken: TakenLists = []
  const command = addConnectionOptions(
    ehbox
      .command('send')
      .description('send a message')
      .addOption(
        listOption(
          '--to <recipient...>',
          'QUALITY:TYPE:NUMBER, for instance NURSE:SSIN:…, HOSPITAL:NIHII:…; QUALITY:ALL for everybody',
          taken,
        ).makeOptionMandatory(),
      )
      .requiredOption('--title <text>', 'title; travels unencrypted, always: never name a patient in it')
      .requiredOption('--body <file>', 'the message, UTF-8 text or HTML; - for stdin')
      .addOption(listOption('--annex <file...>', 'files to go with it', taken))
      .option('--encrypt', 'seal body and annexes for the recipients')
      .option('--receipts', 'ask for receipts of publication, arrival and reading')
      .option('--important', 'mark it as important')
      .option('--news', 'publish news; the same --publication-id again publishes a new version')
      .option('--publication-id <id>', '1 to 13 characters; made up when omitted')
      .option('--from <box>', 'send from another of your boxes, QUALITY:TYPE:NUMBER')
      .option('--to-substitutes', 'send to the substitutes of recipients who are out of office')
      .option('--deliver-anyway', 'deliver also to recipients who are out of office'),
    taken,
  )
  addRevocationOptions(command, taken).action(async (options: Options) => {
    const to = options.to.map(parseRecipient)
    const from = options.from === undefined ? undefined : parseBox(options.from, '--from')
    const annexes = (options.annex ?? []).map(annexOf)
    const body = await readInput(options.body)
    if (!isUtf8(body))
      throw new UsageError(
        english`${options.body === '-' ? 'stdin' : options.body} is not UTF-8: convert it, for instance with iconv -f WINDOWS-1252 -t UTF-8`,
      )
    const message: OutgoingMessage = {
      to,
      title: options.title,
      body: { content: body, mimeType: bodyType(options.body), fileName: bodyName(options.body) },
      annexes,
      encrypt: options.encrypt === true,
      ...(options.receipts === true ? { receipts: { publication: true, received: true, read: true } } : {}),
      important: options.important === true,
      ...(options.news === true ? { type: 'NEWS' as const } : {}),
      ...(options.publicationId === undefined ? {} : { publicationId: options.publicationId }),
      ...(from === undefined ? {} : { from }),
      ...(options.deliverAnyway === true && options.toSubstitutes !== true
        ? { outOfOffice: 'deliver-anyway' as const }
        : {}),
    }
    await using me = await openConnection(options)
    const outcome = await sendWatched(me, message, options)
    show(outcome, options.json === true)
    if (outcome.outcome !== 'sent') process.exitCode = exitCode.refused
  })
}

/** Sends, and shows how far it is. */
async function sendWatched(
  me: Connection<'ehbox'>,
  message: OutgoingMessage,
  { toSubstitutes, deliverAnyway }: Options,
): Promise<SendOutcome> {
  let progress: ReturnType<typeof progressOf> | undefined
  const onProgress = (bytes: number, total: number): void =>
    (progress ??= progressOf(t`sent`, total)).update(bytes)
  try {
    const outcome = await me.ehbox.send({ ...message, onProgress })
    if (outcome.outcome === 'sent' || toSubstitutes !== true) return outcome
    return await outcome.resend({ toSubstitutes: true, anyway: deliverAnyway === true })
  } finally {
    progress?.end()
  }
}

const mediaTypes: Readonly<Record<string, string>> = {
  '.pdf': 'application/pdf',
  '.txt': 'text/plain',
  '.html': 'text/html',
  '.xml': 'application/xml',
  '.json': 'application/json',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.tif': 'image/tiff',
  '.tiff': 'image/tiff',
  '.dcm': 'application/dicom',
  '.zip': 'application/zip',
}

const mediaTypeOf = (file: string): string =>
  mediaTypes[path.extname(file).toLowerCase()] ?? 'application/octet-stream'

const bodyType = (file: string): string => (mediaTypeOf(file) === 'text/html' ? 'text/html' : 'text/plain')

const bodyName = (file: string): string => (bodyType(file) === 'text/html' ? 'body.html' : 'body.txt')

function annexOf(file: string): Annex {
  const name = path.basename(file)
  return { title: name, fileName: name, mimeType: mediaTypeOf(file), content: { file } }
}

function show(outcome: SendOutcome, json: boolean): void {
  const { meta: _meta, ...shown } = outcome
  if (json) return printJson<EhboxSend>(shown)
  if (outcome.outcome === 'sent') {
    printFields({
      sent: outcome.id ?? t`accepted, without a MessageId`,
      publication: outcome.publicationId,
      status: `${outcome.status.code} ${outcome.status.messages.map(({ text }) => plain(text)).join(' / ')}`,
    })
    return
  }
  remark(t`nothing was sent: recipients are out of office`)
  for (const recipient of outcome.recipients) {
    const { absent, substitutes } = recipient
    print(
      `${named(recipient)} ${absent === undefined ? '' : plain(t`absent ${absent.from} to ${absent.to}`)}`,
    )
    for (const substitute of substitutes) print(t`  replaced by ${named(substitute)}`)
  }
}
