import type { Command } from 'commander'

import { openPrescriptionArchive } from '../../../business/prescriptionArchive/index.js'
import { english, t } from '../../language/index.js'
import type { TimestampExport } from '../../json/index.js'
import { print, printJson, UsageError } from '../../output.js'
import { progressOf } from '../../progress.js'
import { assertThere } from './archiveOptions.js'

interface Options {
  archive: string
  out: string
  from?: string
  to?: string
  pruneBefore?: string
  json?: boolean
}

/** `ehealth timestamp export --archive FILE --out DIR [--from T] [--to T] [--prune-before T]` */
export function registerExport(timestamp: Command): void {
  timestamp
    .command('export')
    .description('write stamped bags into a directory, to be verified without this program')
    .requiredOption('--archive <file>', 'file of the archive')
    .requiredOption('--out <dir>', 'an empty directory, or one that is not there yet')
    .option('--from <instant>', 'bags sealed from then on (ISO 8601)')
    .option('--to <instant>', 'bags sealed until then (ISO 8601)')
    .option(
      '--prune-before <instant>',
      'then remove bags that were sealed before this, as far as they are exported and confirmed by an audit',
    )
    .option('--json', 'print JSON')
    .action(async ({ archive: file, out, from, to, pruneBefore, json }: Options) => {
      await assertThere(file)
      for (const [name, text] of Object.entries({ from, to, 'prune-before': pruneBefore }))
        if (text !== undefined && Number.isNaN(Date.parse(text)))
          throw new UsageError(english`--${name} takes an ISO 8601 instant, 2026-01-15T12:00:00Z`)
      await using archive = await openPrescriptionArchive({ file })
      const progress = progressOf(t`bags`, undefined, 'count')
      const exporting = archive.export({
        directory: out,
        onProgress: progress.update,
        ...(from === undefined ? {} : { from }),
        ...(to === undefined ? {} : { to }),
      })
      const written = await exporting.finally(progress.end)
      const removed = pruneBefore === undefined ? undefined : await archive.prune({ before: pruneBefore })
      if (json === true) printJson<TimestampExport>({ written, removed })
      else {
        print(
          t`${written.bags} bags, ${written.entries} entries, ${written.stamps} stamps; ${written.open} open`,
        )
        if (removed !== undefined) print(t`${removed.bags} bags removed, ${removed.kept} kept`)
      }
    })
}
