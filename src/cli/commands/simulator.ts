import { once } from 'node:events'

import { InvalidArgumentError, type Command } from 'commander'

import {
  registeredNames,
  startSimulator,
  type AnyPersonaName,
  type FaultPlan,
} from '../../simulator/index.js'
import { readNamed } from '../input.js'
import { t } from '../language/index.js'
import { exitCode, printJson, UsageError } from '../output.js'
import { progressOf } from '../progress.js'

interface Options {
  port: number
  dir: string
  personas?: string[]
  record?: string
  http?: boolean
  faults?: string
}

/** `ehealth simulator --port N --dir DIR [--personas NAME…] [--record DIR] [--http] [--faults FILE]` */
export function registerSimulator(program: Command): void {
  program
    .command('simulator')
    .description(
      'run the platform on this machine until SIGINT or SIGTERM; one line of JSON tells when it is ready',
    )
    .requiredOption('--port <number>', 'TCP port on loopback; 0 for any free one', parsePort)
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
    .option('--json', 'the ready line is JSON in any case')
    .action(async (options: Options) => {
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
      }).finally(progress.end)
      const personas = simulator.enrolled().map(({ name }) => name)
      printJson({ ready: true, url: simulator.url, dir: options.dir, personas, pid: process.pid }, false)
      await stopped
      process.exitCode = exitCode.done
    })
}

/** What the plans say is judged by the simulator. `times` may be the text `always`, which JSON has no number for. */
async function readPlans(file: string): Promise<FaultPlan[]> {
  let plans: unknown
  try {
    plans = JSON.parse(Buffer.from(await readNamed(file)).toString('utf8'))
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
  }
  if (!Array.isArray(plans)) throw new UsageError(`${file} is no JSON list of plans`)
  return plans.map((plan: Record<string, unknown>) =>
    plan?.['times'] === 'always' ? { ...plan, times: Infinity } : plan,
  ) as unknown as FaultPlan[]
}

function parsePort(text: string): number {
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535) throw new InvalidArgumentError('expected 0 to 65535')
  return port
}
