import { once } from 'node:events'

import { InvalidArgumentError, type Command } from 'commander'

import {
  registeredNames,
  startSimulator,
  type AnyPersonaName,
  type FaultPlan,
} from '../../simulator/index.js'
import { createExchangeLog, planOfJson, startConsole } from '../console/index.js'
import { readNamed } from '../input.js'
import { english, t } from '../language/index.js'
import type { Simulator } from '../json/index.js'
import { exitCode, printJson, remark, UsageError } from '../output.js'
import { progressOf } from '../progress.js'

interface Options {
  port: number
  dir: string
  personas?: string[]
  record?: string
  http?: boolean
  faults?: string
  ui?: boolean
  uiPort?: number
}

/** `ehealth simulator --dir DIR [--port N] [--personas NAME…] [--record DIR] [--http] [--faults FILE] [--ui [--ui-port N]]` */
export function registerSimulator(program: Command): void {
  program
    .command('simulator')
    .description(
      'run the platform on this machine until SIGINT or SIGTERM; one line of JSON tells when it is ready',
    )
    .option('--port <number>', 'TCP port on loopback; any free one by default', parsePort, 0)
    .requiredOption(
      '--dir <dir>',
      'where keystores, certificates and state are kept; made if it is not there',
    )
    .option(
      '--personas <name...>',
      'who else gets a keystore: names of professions, or all (that takes a minute)',
    )
    .option('--record <dir>', 'keep every exchange, byte for byte')
    .option('--http', 'plain HTTP, for peers that cannot be given a root')
    .option('--faults <file>', 'scripted trouble: a JSON list of plans, see docs/simulator.md')
    .option('--ui', 'a page for the browser that shows what happens, at a secret address on loopback')
    .option('--ui-port <number>', 'TCP port of that page; any free one by default', parsePort)
    .option('--json', 'the ready line is JSON in any case')
    .action(async (options: Options) => {
      if (options.uiPort !== undefined && options.ui !== true)
        throw new UsageError('--ui-port goes with --ui')
      const exchanges = options.ui === true ? createExchangeLog() : undefined
      // Listening for the signals comes first: whoever reads the ready line may stop us at once.
      const stopped = Promise.race([once(process, 'SIGTERM'), once(process, 'SIGINT')])
      const progress = progressOf(t`keystores`, undefined, 'count')
      await using simulator = await startSimulator({
        onKeys: progress.update,
        // names are judged by the simulator, as plans are
        port: options.port,
        dir: options.dir,
        personas:
          options.personas?.includes('all') === true
            ? registeredNames
            : ((options.personas ?? []) as AnyPersonaName[]),
        ...(options.record === undefined ? {} : { record: options.record }),
        ...(options.http === true ? { http: true } : {}),
        ...(options.faults === undefined ? {} : { faults: await readPlans(options.faults) }),
        ...(exchanges === undefined ? {} : { onExchange: exchanges.add }),
      }).finally(progress.end)
      const { dir, uiPort: port = 0 } = options
      await using page =
        exchanges === undefined ? undefined : await startConsole({ simulator, exchanges, dir, port })
      const personas = simulator.enrolled().map(({ name }) => name)
      if (page !== undefined) remark(t`the console is at ${page.url}`)
      const ui = page === undefined ? {} : { ui: page.url }
      printJson<Simulator>({ ready: true, url: simulator.url, dir, personas, pid: process.pid, ...ui }, false)
      await stopped
      process.exitCode = exitCode.done
    })
}

/** What the plans say is judged by the simulator. */
async function readPlans(file: string): Promise<FaultPlan[]> {
  let plans: unknown
  try {
    plans = JSON.parse(Buffer.from(await readNamed(file)).toString('utf8'))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  if (!Array.isArray(plans)) throw new UsageError(english`${file} is no JSON list of plans`)
  return plans.map(planOfJson)
}

function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new InvalidArgumentError(t`expected 0 to 65535`)
  return port
}
