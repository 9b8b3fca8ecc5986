import { Option, type Command } from 'commander'

import type { Folder, Handled } from '../../../business/ehbox/index.js'
import { addConnectionOptions, openConnection, type ConnectionOptions } from '../../connection.js'
import { t } from '../../language/index.js'
import { exitCode, print, printJson } from '../../output.js'
import { addBoxOption, boxOf, type BoxOption } from './box.js'

const folders: readonly Folder[] = ['INBOX', 'SENTBOX', 'BININBOX', 'BINSENTBOX']

/** Where messages of a folder go when nothing else is said: there is no other place. */
const counterpart: Readonly<Record<Folder, Folder>> = {
  INBOX: 'BININBOX',
  SENTBOX: 'BINSENTBOX',
  BININBOX: 'INBOX',
  BINSENTBOX: 'SENTBOX',
}

interface MoveOptions extends ConnectionOptions, BoxOption {
  from: Folder
  to?: Folder
}

/** `ehealth ehbox move ID… [--from F] [--to F]` */
export function registerMove(ehbox: Command): void {
  addBoxOption(
    addConnectionOptions(
      ehbox
        .command('move')
        .description('move messages to their bin, or out of it')
        .argument('<id...>', 'MessageIds, as listed')
        .addOption(
          new Option('--from <folder>', 'where they are').choices(folders).default('INBOX' satisfies Folder),
        )
        .addOption(new Option('--to <folder>', 'where to; the bin of that folder').choices(folders)),
    ),
  ).action(async (ids: string[], options: MoveOptions) => {
    await using me = await openConnection(options)
    const { from, to = counterpart[from] } = options
    show(await me.ehbox.move(ids, { from, to, ...boxOf(options) }), t`moved to ${to}`, options)
  })
}

interface DeleteOptions extends ConnectionOptions, BoxOption {
  folder: Folder
}

/** `ehealth ehbox delete ID… [--folder F]` */
export function registerDelete(ehbox: Command): void {
  addBoxOption(
    addConnectionOptions(
      ehbox
        .command('delete')
        .description('delete messages for good')
        .argument('<id...>', 'MessageIds, as listed')
        .addOption(
          new Option('--folder <folder>', 'where they are')
            .choices(folders)
            .default('BININBOX' satisfies Folder),
        ),
    ),
  ).action(async (ids: string[], options: DeleteOptions) => {
    await using me = await openConnection(options)
    show(await me.ehbox.delete(ids, { folder: options.folder, ...boxOf(options) }), t`deleted`, options)
  })
}

function show(handled: Handled, done: string, { json }: ConnectionOptions): void {
  if (json === true) printJson<Handled>(handled)
  else {
    for (const id of handled.done) print(`${id}  ${done}`)
    for (const id of handled.failed) print(`${id}  ${t`failed`}`)
  }
  if (handled.failed.length > 0) process.exitCode = exitCode.refused
}
