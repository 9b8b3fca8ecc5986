import { InvalidArgumentError, Option, type Command } from 'commander'

import type { Folder, ListedMessage } from '../../../business/ehbox/index.js'
import { addConnectionOptions, openConnection, type ConnectionOptions } from '../../connection.js'
import { plain, print, printJson, remark, styled } from '../../output.js'

interface Options extends ConnectionOptions {
  folder: Folder
  limit?: number
}

/** `ehealth ehbox list [--folder F]` */
export function registerList(ehbox: Command): void {
  addConnectionOptions(
    ehbox
      .command('list')
      .description('list a folder, newest first')
      .addOption(
        new Option('--folder <folder>', 'which folder')
          .choices(['INBOX', 'SENTBOX', 'BININBOX', 'BINSENTBOX'])
          .default('INBOX'),
      )
      .option('--limit <number>', 'how many at most', parseLimit),
  ).action(async (options: Options) => {
    await using me = await openConnection(options)
    const { folder, limit = Infinity } = options
    const listed: ListedMessage[] = []
    for await (const message of me.ehbox.messages({ folder })) {
      if (options.json !== true) printLine(message)
      listed.push(message)
      if (listed.length >= limit) break
    }
    if (options.json === true) printJson(listed.map(summary))
    else if (listed.length === 0) remark(`${folder} is empty`)
  })
}

function parseLimit(text: string): number {
  if (!/^[1-9]\d{0,8}$/.test(text)) throw new InvalidArgumentError('expected a number above 0')
  return Number(text)
}

function printLine(message: ListedMessage): void {
  const { id, publicationDate, type, encrypted, hasAnnex, important, sender, title = '' } = message
  const marks = `${encrypted ? 'E' : '-'}${hasAnnex ? 'A' : '-'}${important ? '!' : '-'}`
  const name = [sender.firstName, sender.name].filter((part) => part !== undefined).join(' ')
  print(
    [
      id,
      publicationDate.slice(0, 10),
      marks,
      type.padEnd(14),
      styled('bold', plain(name)),
      plain(title),
    ].join('  '),
  )
}

/** A sealed patient number is for `ehbox read`. */
function summary({ patient, ...message }: ListedMessage): Record<string, unknown> {
  return { ...message, hasPatient: patient !== undefined }
}
