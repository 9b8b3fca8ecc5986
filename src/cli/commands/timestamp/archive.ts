import type { Command } from 'commander'

import { registerAudit } from './audit.js'
import { registerExport } from './export.js'
import { registerProve } from './prove.js'
import { registerServe } from './serve.js'

/** `ehealth timestamp serve|prove|audit|export`: the archive of a hospital's prescriptions. */
export function registerArchive(timestamp: Command): void {
  registerServe(timestamp)
  registerProve(timestamp)
  registerAudit(timestamp)
  registerExport(timestamp)
}
