import path from 'node:path'

import type { Command } from 'commander'

import type { Annex, Recipient, SendOutcome } from '../../../business/ehbox/index.js'
import { addConnectionOptions, openConnection, type ConnectionOptions } from '../../connection.js'
import { readInput, readNamed } from '../../input.js'
import { listOption, type TakenLists } from '../../lists.js'
import { exitCode, plain, print, printFields, printJson, remark, UsageError } from '../../output.js'
import { addRevocationOptions } from '../../revocation.js'

interface Options extends ConnectionOptions {
  to: string[]
  title: string
  body: string
  annex?: string[]
  encrypt?: boolean
  receipts?: boolean
  deliverAnyway?: boolean
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
          'QUALITY:TYPE:NUMBER, for instance NURSE:SSIN:…, HOSPITAL:NIHII:…',
          taken,
        ).makeOptionMandatory(),
      )
      .requiredOption('--title <text>', 'title; travels unencrypted, always: never name a patient in it')
      .requiredOption('--body <file>', 'the message, UTF-8 text or HTML; - for stdin')
      .addOption(listOption('--annex <file...>', 'files to go with it', taken))
      .option('--encrypt', 'seal body and annexes for the recipients')
      .option('--receipts', 'ask for receipts of publication, arrival and reading')
      .option('--deliver-anyway', 'deliver also to recipients who are out of office'),
    taken,
  )
  addRevocationOptions(command, taken).action(async (options: Options) => {
    const to = options.to.map(parseRecipient)
    const annexes = await Promise.all((options.annex ?? []).map(readAnnex))
    const body = await readInput(options.body)
    await using me = await openConnection(options)
    const outcome = await me.ehbox.send({
      to,
      title: options.title,
      body: { content: body, mimeType: bodyType(options.body), fileName: bodyName(options.body) },
      annexes,
      encrypt: options.encrypt === true,
      ...(options.receipts === true ? { receipts: { publication: true, received: true, read: true } } : {}),
      ...(options.deliverAnyway === true ? { outOfOffice: 'deliver-anyway' as const } : {}),
    })
    show(outcome, options.json === true)
    if (outcome.outcome !== 'sent') process.exitCode = exitCode.refused
  })
}

/** `NURSE:SSIN:…`; check digits are judged by the library. */
function parseRecipient(text: string): Recipient {
  const [quality = '', type = '', number = '', ...more] = text.split(':')
  if (quality !== '' && number !== '' && more.length === 0)
    switch (type.toUpperCase()) {
      case 'SSIN':
        return { quality, ssin: number }
      case 'NIHII':
        return { quality, nihii: number }
      case 'CBE':
        return { quality, cbe: number }
      case 'EHP':
        return { quality, ehp: number }
    }
  throw new UsageError('--to takes QUALITY:TYPE:NUMBER with TYPE one of SSIN, NIHII, CBE, EHP')
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

async function readAnnex(file: string): Promise<Annex> {
  const name = path.basename(file)
  return { title: name, fileName: name, mimeType: mediaTypeOf(file), content: await readNamed(file) }
}

function show(outcome: SendOutcome, json: boolean): void {
  const { meta: _meta, ...shown } = outcome
  if (json) return printJson(shown)
  if (outcome.outcome === 'sent') {
    printFields({
      sent: outcome.id ?? 'accepted, without a MessageId',
      publication: outcome.publicationId,
      status: `${outcome.status.code} ${outcome.status.messages.map(({ text }) => plain(text)).join(' / ')}`,
    })
    return
  }
  remark('nothing was sent: recipients are out of office')
  for (const { quality, type, id, absent, substitutes } of outcome.recipients) {
    print(
      plain(
        `${quality}:${type}:${id} ${absent === undefined ? '' : `absent ${absent.from} to ${absent.to}`}`,
      ),
    )
    for (const substitute of substitutes)
      print(plain(`  replaced by ${substitute.quality}:${substitute.type}:${substitute.id}`))
  }
}
