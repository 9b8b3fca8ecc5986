import type { Command } from 'commander'

import { registerArchive } from './timestamp/archive.js'
import { registerConsult } from './timestamp/consult.js'
import { registerStamp } from './timestamp/stamp.js'
import { registerVerifyTimestamp } from './timestamp/verify.js'

/** `ehealth timestamp stamp|verify|consult|serve|prove|audit|export` */
export function registerTimestamp(program: Command): void {
  const timestamp = program
    .command('timestamp')
    .description(
      'time stamps: have a document stamped, verify a stamp, ask the archive; the prescriptions of a hospital',
    )
  registerStamp(timestamp)
  registerVerifyTimestamp(timestamp)
  registerConsult(timestamp)
  registerArchive(timestamp)
}
