import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'

import { InvalidArgumentError, Option, type Command } from 'commander'

import type { FullMessage, HandOver, WatchOptions } from '../../../business/ehbox/index.js'
import type { Connection } from '../../../connect.js'
import { addConnectionOptions, openConnection, type ConnectionOptions } from '../../connection.js'
import { english, t } from '../../language/index.js'
import { assertFile } from '../../input.js'
import type { TakenLists } from '../../lists.js'
import type { EhboxRead, EhboxWatch } from '../../json/index.js'
import { plain, print, printJson, remark } from '../../output.js'
import { addRevocationOptions } from '../../revocation.js'
import { addBoxOption, boxOf, parseCount, type BoxOption } from './box.js'
import { savedSummary, summary } from './summary.js'

interface Options extends ConnectionOptions, BoxOption {
  folder: 'INBOX' | 'SENTBOX'
  cursor: string
  every: number
  after: 'move' | 'delete' | 'leave'
  tries: number
  once?: boolean
  save?: string
  exec?: string
}

/** `ehealth ehbox watch --cursor FILE [--save DIR] [--exec PROGRAM] …` */
export function registerWatch(ehbox: Command): void {
  const taken: TakenLists = []
  const command = addBoxOption(
    addConnectionOptions(
      ehbox
        .command('watch')
        .description('hand over every message that comes, once; stops cleanly on SIGINT and SIGTERM')
        .requiredOption('--cursor <file>', 'what is remembered over restarts')
        .addOption(
          new Option('--folder <folder>', 'which folder').choices(['INBOX', 'SENTBOX']).default('INBOX'),
        )
        .option('--every <seconds>', 'between two looks', parseSeconds, 60)
        .option('--save <dir>', 'write body and annexes of each message there')
        .option('--exec <program>', 'run it for each message, as JSON on stdin; exit code 0 is success')
        .addOption(
          new Option('--after <what>', 'what becomes of a message that was handled')
            .choices(['move', 'delete', 'leave'])
            .default('move'),
        )
        .option('--tries <number>', 'how often a message is tried', parseCount, 5)
        .option('--once', 'look once and end'),
      taken,
    ),
  )
  addRevocationOptions(command, taken).action(async (options: Options) => {
    await assertFile(path.dirname(options.cursor))
    await using me = await openConnection(options)
    const stop = new AbortController()
    const end = (): void => stop.abort()
    process.once('SIGINT', end).once('SIGTERM', end)
    try {
      const outcome = await me.ehbox.watch({ ...watchOptions(me, options), signal: stop.signal })
      if (options.json !== true)
        remark(t`${outcome.handled} handled, ${outcome.failed} failed, ${outcome.setAside} set aside`)
    } finally {
      process.off('SIGINT', end).off('SIGTERM', end)
    }
  })
}

function watchOptions(me: Connection<'ehbox'>, options: Options): WatchOptions {
  const { folder, cursor, every, after, tries, once: once_, save, exec, json } = options
  return {
    ...boxOf(options),
    folder,
    cursor,
    every: every * 1000,
    after,
    tries,
    once: once_ === true,
    handle: async (message, handOver) => {
      const shown = { ...(await shownOf(me, message, handOver, save)), attempt: handOver.attempt }
      if (exec !== undefined) await run(exec, shown, handOver)
      if (json === true) printJson<EhboxWatch>(shown, false)
      else print([message.id, message.type.padEnd(14), plain(message.title)].join('  '))
    },
    onSetAside: ({ id }, { tries: tried, code }) =>
      remark(t`${id} was set aside after ${tried} tries: ${code}`),
  }
}

async function shownOf(
  me: Connection<'ehbox'>,
  message: FullMessage,
  { listed }: HandOver,
  directory: string | undefined,
): Promise<EhboxRead> {
  return directory === undefined ? summary(message) : savedSummary(await me.ehbox.save(listed, { directory }))
}

/** The program gets the message on stdin: on its command line others could read it. */
async function run(program: string, message: unknown, { key, signal }: HandOver): Promise<void> {
  const child = spawn(program, [], {
    stdio: ['pipe', 'inherit', 'inherit'],
    env: { ...process.env, EHEALTH_MESSAGE_KEY: key },
    signal,
  })
  const closed = once(child, 'close') as Promise<[number | null]>
  // a program that does not read is no failure of ours
  child.stdin.on('error', () => undefined)
  child.stdin.end(JSON.stringify(message))
  const [code] = await closed
  if (code !== 0) throw new Error(english`the program ended with ${code ?? '?'}`)
}

function parseSeconds(text: string): number {
  const seconds = Number(text)
  if (!(seconds > 0 && seconds <= 86_400)) throw new InvalidArgumentError(t`expected seconds, a day at most`)
  return seconds
}
