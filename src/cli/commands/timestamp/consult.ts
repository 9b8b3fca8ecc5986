import path from 'node:path'

import type { Command } from 'commander'

import type {
  ArchivedStamp,
  Completeness,
  StampIdentification,
  StampsFound,
} from '../../../technical/timestamp/index.js'
import { addConnectionOptions, openConnection, type ConnectionOptions } from '../../connection.js'
import { readCertificates, readNamed, writeNamed } from '../../input.js'
import { english, t } from '../../language/index.js'
import { listOption, type TakenLists } from '../../lists.js'
import type { FoundStamp, TimestampConsult } from '../../json/index.js'
import { exitCode, print, printJson, remark, styled, UsageError } from '../../output.js'
import { shownVerdict } from '../verify/timestamp.js'

interface Options extends ConnectionOptions {
  hospital: string
  stamps?: string
  from?: string
  to?: string
  out?: string
  tsa?: string[]
}

/** `ehealth timestamp consult --hospital ID [SERIAL@MILLISECONDS…]` */
export function registerConsult(timestamp: Command): void {
  const taken: TakenLists = []
  addConnectionOptions(
    timestamp
      .command('consult')
      .description(
        'get archived stamps; with --from and --to: does the archive of the hospital have all of the period?',
      )
      .argument('[stamps...]', 'SERIAL@MILLISECONDS of each stamp')
      .requiredOption('--hospital <id>', 'identifier that the platform gave the hospital, tsa_…')
      .option('--stamps <file>', 'more of them: JSON, [{ "serial": "…", "genTimeMs": … }]')
      .option('--from <instant>', 'first instant of the period (ISO 8601)')
      .option('--to <instant>', 'last instant of the period')
      .option('--out <dir>', 'write SERIAL.document, .token and .response.xml of each stamp there')
      .addOption(
        listOption(
          '--tsa <file...>',
          'certificates of time stamp authorities; those of the environment by default',
          taken,
        ),
      ),
    taken,
  ).action(async (given: string[], options: Options) => {
    const { hospital, json, from, to, out } = options
    const asked = [...given.map(parseStamp), ...(await readStamps(options.stamps))]
    const period = periodOf(from, to)
    if (period !== undefined && out !== undefined) throw new UsageError('--out does not go with a period')
    if (period === undefined && asked.length === 0) throw new UsageError('give stamps, or --from and --to')
    const trust = await readCertificates(options.tsa)
    await using me = await openConnection(options)
    const { timestamp: service } = me.technical
    if (period !== undefined)
      return show(await service.checkCompleteness({ ...period, stamps: asked, hospital }), json)
    const found = await service.get(asked, { hospital, ...(trust.length === 0 ? {} : { trust }) })
    if (out !== undefined) for (const stamp of found.stamps) await writeStamp(out, stamp)
    showFound(found, json)
  })
}

function parseStamp(text: string): StampIdentification {
  const [, serial, milliseconds] = /^(\d+)@(\d+)$/.exec(text) ?? []
  if (serial === undefined) throw new UsageError('a stamp is SERIAL@MILLISECONDS')
  return { serial, genTimeMs: Number(milliseconds) }
}

async function readStamps(file: string | undefined): Promise<StampIdentification[]> {
  if (file === undefined) return []
  try {
    const content: unknown = JSON.parse(Buffer.from(await readNamed(file)).toString('utf8'))
    if (Array.isArray(content))
      return content.map(({ serial, genTimeMs }: StampIdentification) => ({ serial, genTimeMs }))
  } catch (error) {
    if (error instanceof UsageError) throw error
  }
  throw new UsageError(english`${file} is no list of stamps`)
}

function periodOf(from: string | undefined, to: string | undefined): { from: Date; to: Date } | undefined {
  if (from === undefined && to === undefined) return undefined
  if (from === undefined || to === undefined) throw new UsageError('--from and --to go together')
  const period = { from: new Date(from), to: new Date(to) }
  for (const [name, at] of Object.entries(period))
    if (Number.isNaN(at.getTime()))
      throw new UsageError(english`--${name} takes an ISO 8601 instant, 2026-01-15T12:00:00Z`)
  return period
}

const called = ({ serial, genTimeMs }: StampIdentification): string => `${serial}@${genTimeMs}`

function show({ outcome, missing, status, error }: Completeness, json = false): void {
  if (json)
    printJson<TimestampConsult>({ outcome, status, missing, ...(error === undefined ? {} : { error }) })
  else {
    print(outcome)
    for (const stamp of missing) print(`${called(stamp)}  ${new Date(stamp.genTimeMs).toISOString()}`)
    if (error !== undefined) remark(t`the platform answered ${error.type} (${error.number})`)
  }
  process.exitCode = outcome === 'complete' ? exitCode.done : exitCode.refused
}

function showFound(found: StampsFound, json = false): void {
  const { stamps, missing, unreadable, unexpected } = found
  if (json)
    printJson<TimestampConsult>({
      stamps: stamps.map(shownStamp),
      missing,
      unexpected: unexpected.map(shownStamp),
      unreadable: unreadable.map(({ code }) => ({ code })),
    })
  else {
    for (const stamp of stamps)
      print(
        `${called(stamp)}  ${stamp.at.toISOString()}  ${t`${stamp.document.length} octets`}  ` +
          (stamp.verification.valid
            ? styled('green', t`valid`)
            : styled('red', stamp.verification.errors.map(({ code }) => code).join(' '))),
      )
    for (const stamp of missing) print(`${called(stamp)}  ${styled('red', t`missing`)}`)
    for (const { code } of unreadable) print(t`an answer that cannot be read: ${code}`)
  }
  const whole = missing.length === 0 && unreadable.length === 0
  const valid = stamps.every(({ verification }) => verification.valid)
  process.exitCode = whole && valid ? exitCode.done : exitCode.refused
}

const shownStamp = (stamp: ArchivedStamp): FoundStamp => ({
  octets: stamp.document.length,
  stamped: stamp.stamped,
  ...shownVerdict(stamp.verification),
})

async function writeStamp(
  directory: string,
  { serial, document, token, response }: ArchivedStamp,
): Promise<void> {
  await writeNamed(path.join(directory, `${serial}.document`), document)
  await writeNamed(path.join(directory, `${serial}.token`), token)
  await writeNamed(path.join(directory, `${serial}.response.xml`), response)
}
