import { createReadStream } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'

import { InvalidArgumentError, type Command } from 'commander'

import {
  auditText,
  openPrescriptionArchive,
  type AuditOptions,
} from '../../../business/prescriptionArchive/index.js'
import { addConnectionOptions, openConnection, type ConnectionOptions } from '../../connection.js'
import { writing } from '../../input.js'
import { english, t } from '../../language/index.js'
import type { TakenLists } from '../../lists.js'
import type { TimestampAudit } from '../../json/index.js'
import { exitCode, plain, print, printJson, UsageError } from '../../output.js'
import { progressOf } from '../../progress.js'
import { addArchiveOptions, assertThere, readAuthorities, type ArchiveOptions } from './archiveOptions.js'

interface Options extends ConnectionOptions, ArchiveOptions {
  from?: string
  to?: string
  hospital?: string
  offline?: boolean
  reverse: 'all' | 'none' | number
  documents?: string
  onProgress?: AuditOptions['onProgress']
}

/** `ehealth timestamp audit --archive FILE [--from T] [--to T] [--hospital ID | --offline] …` */
export function registerAudit(timestamp: Command): void {
  const taken: TakenLists = []
  addConnectionOptions(
    addArchiveOptions(
      timestamp
        .command('audit')
        .description(
          "examine the archive and compare it with the platform's, both ways; exit code 0 if everything is there",
        )
        .option(
          '--from <instant>',
          'start (ISO 8601); an hour before the end of the last good audit by default',
        )
        .option('--to <instant>', 'end (ISO 8601); 15 minutes ago by default')
        .option('--hospital <id>', 'name of the hospital at the platform, tsa_…')
        .option('--offline', 'do not ask the platform')
        .option(
          '--reverse <which>',
          'which stamps are asked back: all, none, or how many a day',
          parseReverse,
          'all',
        )
        .option('--documents <dir>', 'prescriptions, each of which must be in the journal'),
      taken,
    ),
    taken,
  ).action(async (options: Options) => {
    const { offline = false, json } = options
    if (!offline && options.hospital === undefined) throw new UsageError('give --hospital or --offline')
    await assertThere(options.archive)
    const progress = progressOf(t`bags`, undefined, 'count')
    const watching = { ...options, onProgress: progress.update }
    const report = await (offline ? auditAlone(watching) : auditWithPlatform(watching)).finally(progress.end)
    if (json === true) printJson<TimestampAudit>(report)
    else for (const line of auditText(report).trimEnd().split('\n')) print(plain(line))
    process.exitCode = report.verdict === 'OK' ? exitCode.done : exitCode.refused
  })
}

type Report = Awaited<ReturnType<typeof auditAlone>>

async function auditAlone(options: Options) {
  const trust = await readAuthorities(options)
  await using archive = await openPrescriptionArchive({
    file: options.archive,
    trust,
    ...(options.hospital === undefined ? {} : { hospital: options.hospital }),
  })
  // awaited here: the archive is closed when this returns
  return await archive.audit(await auditOptionsOf(options))
}

async function auditWithPlatform(options: Options): Promise<Report> {
  const trust = options.tsa === undefined ? undefined : await readAuthorities(options)
  await using me = await openConnection(options)
  await using archive = await openPrescriptionArchive({
    file: options.archive,
    session: me.session,
    ...(trust === undefined ? {} : { trust }),
    ...(options.hospital === undefined ? {} : { hospital: options.hospital }),
  })
  // awaited here: the archive is closed when this returns
  return await archive.audit(await auditOptionsOf(options))
}

async function auditOptionsOf({ from, to, reverse, documents, onProgress }: Options): Promise<AuditOptions> {
  return {
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    reverse,
    ...(onProgress === undefined ? {} : { onProgress }),
    ...(documents === undefined ? {} : { documents: await documentsIn(documents) }),
  }
}

/** The files of a directory, one after the other; receipts that the watch has written beside them are none. */
async function documentsIn(directory: string): Promise<AsyncIterable<Uint8Array>> {
  const names = await readdir(directory, { withFileTypes: true }).catch(() => {
    throw new UsageError(english`cannot read ${directory}`)
  })
  async function* contents(): AsyncGenerator<Uint8Array> {
    for (const entry of names)
      if (entry.isFile() && !entry.name.endsWith('.receipt.json'))
        yield await writing(entry.name, () => buffer(createReadStream(join(directory, entry.name))))
  }
  return contents()
}

function parseReverse(text: string): 'all' | 'none' | number {
  if (text === 'all' || text === 'none') return text
  if (!/^[1-9]\d{0,5}$/.test(text)) throw new InvalidArgumentError(t`expected all, none, or a number`)
  return Number(text)
}
