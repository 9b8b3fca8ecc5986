import type { Command } from 'commander'

import { registerConsult } from './timestamp/consult.js'
import { registerStamp } from './timestamp/stamp.js'
import { registerVerifyTimestamp } from './timestamp/verify.js'

/** `ehealth timestamp stamp|verify|consult` */
export function registerTimestamp(program: Command): void {
  const timestamp = program
    .command('timestamp')
    .description('time stamps: have a document stamped, verify a stamp, ask the archive')
  registerStamp(timestamp)
  registerVerifyTimestamp(timestamp)
  registerConsult(timestamp)
}
