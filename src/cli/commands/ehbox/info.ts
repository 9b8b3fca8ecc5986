import { InvalidArgumentError, type Command } from 'commander'

import { addConnectionOptions, openConnection, type ConnectionOptions } from '../../connection.js'
import { t } from '../../language/index.js'
import type { EhboxInfo } from '../../json/index.js'
import { printFields, printJson, remark } from '../../output.js'
import { addBoxOption, boxOf, named, type BoxOption } from './box.js'

interface Options extends ConnectionOptions, BoxOption {
  warnAbove?: number
}

/** `ehealth ehbox info [--box B] [--warn-above N]` */
export function registerInfo(ehbox: Command): void {
  addBoxOption(
    addConnectionOptions(
      ehbox
        .command('info')
        .description('how full the box is')
        .option('--warn-above <percent>', 'say from which share on it is nearly full; 90', parsePercent),
    ),
  ).action(async (options: Options) => {
    await using me = await openConnection(options)
    const { warnAbove } = options
    const { meta: _, ...info } = await me.ehbox.info({
      ...boxOf(options),
      ...(warnAbove === undefined ? {} : { warnAbove }),
    })
    if (options.json === true) return printJson<EhboxInfo>(info)
    printFields({
      box: named(info.box),
      state: info.state,
      used: t`${info.currentSize} of ${info.maxSize} bytes (${info.usage} %)`,
      waiting: info.messagesInStandBy,
    })
    if (info.state === 'stand-by') remark(t`the box is full: messages wait until there is room`)
  })
}

function parsePercent(text: string): number {
  const percent = Number(text)
  if (!(percent > 0 && percent <= 100)) throw new InvalidArgumentError(t`expected a number up to 100`)
  return percent
}
