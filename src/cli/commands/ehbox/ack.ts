import type { Command } from 'commander'

import { addConnectionOptions, openConnection, type ConnectionOptions } from '../../connection.js'
import { t } from '../../language/index.js'
import type { EhboxAck } from '../../json/index.js'
import { print, printJson } from '../../output.js'
import { addBoxOption, boxOf, named, type BoxOption } from './box.js'

/** `ehealth ehbox ack ID` */
export function registerAck(ehbox: Command): void {
  addBoxOption(
    addConnectionOptions(
      ehbox
        .command('ack')
        .description('what the recipients have done with a message that you sent')
        .argument('<id>', 'MessageId that send gave'),
    ),
  ).action(async (id: string, options: ConnectionOptions & BoxOption) => {
    await using me = await openConnection(options)
    const rows = await me.ehbox.acknowledgements(id, boxOf(options))
    if (options.json === true) return printJson<EhboxAck>(rows)
    for (const { recipient, published, received, read } of rows) {
      const state =
        read !== undefined
          ? t`read ${read.toISOString()}`
          : received !== undefined
            ? t`received ${received.toISOString()}`
            : published !== undefined
              ? t`published ${published.toISOString()}, not received: the box may be full`
              : t`nothing is known`
      print(`${named(recipient)}  ${state}`)
    }
  })
}
