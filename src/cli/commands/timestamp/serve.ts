import { once } from 'node:events'

import { InvalidArgumentError, Option, type Command } from 'commander'

import {
  listenForPrescriptions,
  openPrescriptionArchive,
  watchPrescriptions,
  type PrescriptionArchive,
  type PrescriptionIntake,
} from '../../../business/prescriptionArchive/index.js'
import type { SessionEvent } from '../../../technical/observability/index.js'
import { addConnectionOptions, openConnection, type ConnectionOptions } from '../../connection.js'
import { readPassword } from '../../input.js'
import { t } from '../../language/index.js'
import type { TakenLists } from '../../lists.js'
import type { TimestampServe } from '../../json/index.js'
import { exitCode, printJson, remark, UsageError } from '../../output.js'
import { addArchiveOptions, readAuthorities, type ArchiveOptions } from './archiveOptions.js'

interface Options extends ConnectionOptions, ArchiveOptions {
  port?: number
  host: string
  intakeTokenEnv?: string
  intakeTokenFile?: string
  watch?: string
  sourceSystem?: string
  hospital?: string
  interval: number
  maxEntries: number
  outage: 'seal' | 'hold'
  retryRefused?: boolean
}

/** `ehealth timestamp serve --archive FILE [--port N --intake-token-env V] [--watch DIR] …` */
export function registerServe(timestamp: Command): void {
  const taken: TakenLists = []
  addConnectionOptions(
    addArchiveOptions(
      timestamp
        .command('serve')
        .description(
          'take prescriptions in, have them stamped every five minutes and keep the proof; one line of JSON tells when it is ready; stops cleanly on SIGINT and SIGTERM',
        )
        .option('--port <number>', 'take prescriptions over HTTP on this port; 0 for any free one', parsePort)
        .option('--host <address>', 'address to listen on', '127.0.0.1')
        .option('--intake-token-env <variable>', 'environment variable with the token that callers must send')
        .option('--intake-token-file <file>', 'file with that token')
        .option('--watch <dir>', 'take what is put into this directory')
        .option('--source-system <name>', 'name of the system that writes there')
        .option('--hospital <id>', 'name of the hospital at the platform, tsa_…')
        .option('--interval <seconds>', 'between two bags', parseSeconds, 300)
        .option('--max-entries <number>', 'most entries of a bag', parseCount, 1000)
        .addOption(
          new Option(
            '--outage <what>',
            'while the platform cannot be reached: go on sealing, or hold entries',
          )
            .choices(['seal', 'hold'])
            .default('seal'),
        )
        .option('--retry-refused', 'send bags again that the platform refused'),
      taken,
    ),
    taken,
  ).action(serve)
}

async function serve(options: Options): Promise<void> {
  if (options.port === undefined && options.watch === undefined)
    throw new UsageError('give --port, --watch or both')
  // Listening for the signals comes first: whoever reads the ready line may stop us at once.
  const stop = new AbortController()
  const end = (): void => stop.abort()
  process.once('SIGINT', end).once('SIGTERM', end)
  try {
    const token = options.port === undefined ? undefined : await readIntakeToken(options)
    const trust = options.tsa === undefined ? undefined : await readAuthorities(options)
    await using me = await openConnection(options)
    await using archive = await openPrescriptionArchive({
      file: options.archive,
      session: me.session,
      ...(trust === undefined ? {} : { trust }),
      interval: Math.round(options.interval * 1000),
      maxEntriesPerBag: options.maxEntries,
      duringOutage: options.outage,
      ...(options.hospital === undefined ? {} : { hospital: options.hospital }),
      on: showEvent,
    })
    if (options.retryRefused === true) archive.resume({ refused: true })
    const intake = token === undefined ? undefined : await listen(archive, options, token)
    try {
      await runAll(archive, options, stop, intake)
    } finally {
      await intake?.close()
    }
    process.exitCode = exitCode.done
  } finally {
    process.off('SIGINT', end).off('SIGTERM', end)
  }
}

async function readIntakeToken({ intakeTokenEnv, intakeTokenFile }: Options): Promise<string> {
  if (intakeTokenEnv === undefined && intakeTokenFile === undefined)
    throw new UsageError('give --intake-token-env or --intake-token-file with --port')
  return readPassword({
    ...(intakeTokenEnv === undefined ? {} : { passwordEnv: intakeTokenEnv }),
    ...(intakeTokenFile === undefined ? {} : { passwordFile: intakeTokenFile }),
  })
}

const listen = (
  archive: PrescriptionArchive,
  { port = 0, host }: Options,
  token: string,
): Promise<PrescriptionIntake> => listenForPrescriptions({ archive, port, host, token })

/** Until the signal; when one part fails, the others end with it. */
async function runAll(
  archive: PrescriptionArchive,
  { watch, sourceSystem, archive: file }: Options,
  stop: AbortController,
  intake: PrescriptionIntake | undefined,
): Promise<void> {
  const { signal } = stop
  const parts = [archive.run({ signal })]
  if (watch !== undefined)
    parts.push(
      watchPrescriptions({
        archive,
        directory: watch,
        signal,
        ...(sourceSystem === undefined ? {} : { sourceSystem }),
      }),
    )
  printJson<TimestampServe>(
    { ready: true, url: intake?.url, watch, archive: file, driver: archive.driver, pid: process.pid },
    false,
  )
  if (!signal.aborted) await Promise.race([once(signal, 'abort'), ...parts]).finally(() => stop.abort())
  // what is in hand gets its answer while the sealer finishes
  await intake?.close()
  await Promise.all(parts)
}

/** What somebody must know, on stderr: codes and numbers only. */
function showEvent(event: SessionEvent): void {
  if (event.type !== 'archive' || event.state === 'heartbeat') return
  const { type: _, at: __, state, ...facts } = event
  const shown = Object.entries(facts).map(([name, value]) => `${name}=${String(value)}`)
  remark([state, ...shown].join(' '))
}

function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new InvalidArgumentError(t`expected 0 to 65535`)
  return port
}

function parseSeconds(text: string): number {
  const seconds = Number(text)
  if (!(seconds >= 0.1 && seconds <= 86_400))
    throw new InvalidArgumentError(t`expected seconds, a day at most`)
  return seconds
}

function parseCount(text: string): number {
  const count = Number(text)
  if (!/^\d{1,5}$/.test(text) || count < 1 || count > 10_000)
    throw new InvalidArgumentError(t`expected 1 to 10000`)
  return count
}
