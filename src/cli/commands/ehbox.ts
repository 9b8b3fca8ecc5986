import type { Command } from 'commander'

import { registerAbsence } from './ehbox/absence.js'
import { registerAck } from './ehbox/ack.js'
import { registerInfo } from './ehbox/info.js'
import { registerList } from './ehbox/list.js'
import { registerRead } from './ehbox/read.js'
import { registerSend } from './ehbox/send.js'
import { registerDelete, registerMove } from './ehbox/tidy.js'
import { registerWatch } from './ehbox/watch.js'

/** `ehealth ehbox info|list|read|send|move|delete|ack|absence|watch` */
export function registerEhbox(program: Command): void {
  const ehbox = program
    .command('ehbox')
    .description('the eHealthBox: list, read, send and move messages, absences, a mail loop')
  for (const register of [
    registerInfo,
    registerList,
    registerRead,
    registerSend,
    registerMove,
    registerDelete,
    registerAck,
    registerAbsence,
    registerWatch,
  ])
    register(ehbox)
}
