import type { Command } from 'commander'

import { registerList } from './ehbox/list.js'
import { registerRead } from './ehbox/read.js'
import { registerSend } from './ehbox/send.js'

/** `ehealth ehbox list|read|send` */
export function registerEhbox(program: Command): void {
  const ehbox = program.command('ehbox').description('the eHealthBox: list, read and send messages')
  registerList(ehbox)
  registerRead(ehbox)
  registerSend(ehbox)
}
