import { Option, type Command } from 'commander'

import type { Folder, ListedMessage, ListFilter, MessageType } from '../../../business/ehbox/index.js'
import { addConnectionOptions, openConnection, type ConnectionOptions } from '../../connection.js'
import { t } from '../../language/index.js'
import type { EhboxList, EhboxListItem } from '../../json/index.js'
import { plain, print, printJson, remark, styled, UsageError } from '../../output.js'
import { addBoxOption, boxOf, parseCount, type BoxOption } from './box.js'

interface Options extends ConnectionOptions, BoxOption {
  folder: Folder
  limit?: number
  allBoxes?: boolean
  type?: MessageType
  title?: string
  since?: string
  until?: string
  important?: boolean
}

/** `ehealth ehbox list [--folder F] [--all-boxes] [--type T] [--title T] [--since D] [--until D]` */
export function registerList(ehbox: Command): void {
  addBoxOption(
    addConnectionOptions(
      ehbox
        .command('list')
        .description('list a folder, newest first; E is encrypted, A has annexes, ! is important')
        .addOption(
          new Option('--folder <folder>', 'which folder')
            .choices(['INBOX', 'SENTBOX', 'BININBOX', 'BINSENTBOX'])
            .default('INBOX'),
        )
        .option('--all-boxes', 'of all your boxes at once')
        .addOption(
          new Option('--type <type>', 'only these').choices(['DOCUMENT', 'NEWS', 'ACKNOWLEDGMENT', 'ERROR']),
        )
        .option('--title <text>', 'only titles with this in them')
        .option('--since <day>', 'only from this day on, YYYY-MM-DD')
        .option('--until <day>', 'only up to this day, YYYY-MM-DD')
        .option('--important', 'only what is important')
        .option('--limit <number>', 'how many at most', parseCount),
    ),
  ).action(async (options: Options) => {
    const { folder, limit = Infinity, allBoxes = false } = options
    if (allBoxes && options.box !== undefined) throw new UsageError('--all-boxes excludes --box')
    await using me = await openConnection(options)
    const listed: ListedMessage[] = []
    const where = filterOf(options)
    for await (const message of me.ehbox.messages({ folder, allBoxes, where, ...boxOf(options) })) {
      if (options.json !== true) printLine(message)
      listed.push(message)
      if (listed.length >= limit) break
    }
    if (options.json === true) printJson<EhboxList>(listed.map(summary))
    else if (listed.length === 0) remark(t`nothing in ${folder}`)
  })
}

function filterOf({ type, title, since, until, important }: Options): ListFilter {
  return {
    ...(type === undefined ? {} : { type }),
    ...(title === undefined ? {} : { title }),
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    ...(important === true ? { important } : {}),
  }
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
function summary({ patient, ...message }: ListedMessage): EhboxListItem {
  return { ...message, hasPatient: patient !== undefined }
}
