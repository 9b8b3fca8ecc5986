/** `ehealth member-data batch`: questions about many patients through the mailboxes of the insurers. */
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'

import { InvalidArgumentError, Option, type Command } from 'commander'

import type {
  BatchProgress,
  BatchResult,
  KeyedQuestion,
  MemberDataBatch,
} from '../../business/memberData/batch/index.js'
import { mycarenetRegions, type MyCareNetRegion } from '../../business/mycarenet/index.js'
import { addConnectionOptions, openConnection, type ConnectionOptions } from '../connection.js'
import { streamInput } from '../input.js'
import { english, t } from '../language/index.js'
import type { MemberDataBatch as Line } from '../json/index.js'
import { UsageError, exitCode, failureOf, plain, print, printJson, remark } from '../output.js'
import { demanded } from '../patient.js'
import { progressOf, type Progress } from '../progress.js'

interface BatchOptions extends ConnectionOptions {
  store: string
  in?: string
  name?: string
  size?: number
  region?: MyCareNetRegion
  endpoint?: string
  encrypt?: boolean
  once?: boolean
}

/** Adds `batch` to the command of MemberData, wherever that is made. */
export function registerMemberDataBatch(program: Command): void {
  const memberData =
    program.commands.find((command) => command.name() === 'member-data') ??
    program.command('member-data').description('insurability and rights of patients')
  addConnectionOptions(
    memberData
      .command('batch')
      .description('many patients through a mailbox of the insurers; goes on where it was when run again')
      .requiredOption('--store <dir>', 'directory that keeps questions and answers; it holds patient data')
      .option(
        '--in <file>',
        'the questions, one a line: key and SSIN with a tab between them, or JSON; - for stdin. ' +
          'Without it, answers to what was asked before',
      )
      .option('--name <name>', 'name of these questions in the store; batch by default')
      .option('--size <count>', 'questions per post, 1 to 10000; 1000 by default', readCount)
      .addOption(new Option('--region <region>', 'front door').choices(mycarenetRegions))
      .option('--endpoint <url>', 'address of the mailbox; those of two regions are not published')
      .option('--encrypt', 'seal questions and answers')
      .option('--once', 'one round: post, fetch what is there, end'),
  ).action(run)
}

function readCount(text: string): number {
  if (!/^\d{1,5}$/.test(text)) throw new InvalidArgumentError(t`It is not a whole number.`)
  return Number(text)
}

async function run(options: BatchOptions): Promise<void> {
  const { store, name, size, region, endpoint, encrypt, once = false } = options
  await using me = await openConnection(options)
  const bar = progressOf(t`answered`, undefined, 'count')
  const progress = process.stderr.isTTY ? shownOn(bar) : undefined
  await using batch = await demanded(me.memberDataAsync, 'memberDataAsync').open({
    store,
    ...(region === undefined ? {} : { region }),
    ...(endpoint === undefined ? {} : { endpoint }),
    ...(encrypt === undefined ? {} : { encrypt }),
    ...(progress === undefined ? {} : { onProgress: progress }),
  })
  if (options.in !== undefined)
    await batch.ask(questionsIn(options.in), {
      ...(name === undefined ? {} : { name }),
      ...(size === undefined ? {} : { size }),
    })
  let problems = 0
  try {
    for await (const result of batch.answers({ once })) {
      if ('problem' in result) problems += 1
      show(result, options.json === true)
    }
  } finally {
    bar.end()
  }
  summarize(batch)
  const { asked, answered, refused } = batch.state()
  process.exitCode =
    problems > 0 || refused.length > 0 || (!once && answered < asked) ? exitCode.refused : exitCode.done
}

/** One question a line; never more than a line in memory. */
async function* questionsIn(file: string): AsyncGenerator<KeyedQuestion> {
  const { pieces } = await streamInput(file)
  let line = 0
  for await (const text of createInterface({ input: Readable.from(pieces), crlfDelay: Infinity })) {
    line += 1
    if (text.trim() !== '') yield questionOf(text, line)
  }
}

function questionOf(text: string, line: number): KeyedQuestion {
  if (text.trimStart().startsWith('{'))
    try {
      return JSON.parse(text) as KeyedQuestion
    } catch {
      throw new UsageError(english`line ${line} of the questions is no JSON`)
    }
  const [key, ssin, ...more] = text.split('\t')
  if (key === undefined || ssin === undefined || more.length > 0)
    throw new UsageError(
      english`line ${line} of the questions: expected a key and an SSIN with a tab between them`,
    )
  return { key, patient: { ssin: ssin.trim() } }
}

function show(result: BatchResult, json: boolean): void {
  if (json)
    return printJson<Line>(
      'problem' in result ? { ...result, problem: failureOf(result.problem) } : result,
      false,
    )
  if ('problem' in result) {
    remark(`${plain(result.key ?? result.message)}  ${result.problem.code}`)
    return
  }
  const { key, answer, again } = result
  const found =
    answer.outcome === 'complete' || answer.outcome === 'partial'
      ? [
          answer.insurability.state,
          ...answer.insurability.periods.map(
            ({ from, until, mutuality = '?', ct1 = '?', ct2 = '?' }) =>
              `${mutuality} ${from}..${until} ${ct1}/${ct2}`,
          ),
        ]
      : answer.faults.map(({ code }) => code)
  print([key, answer.outcome, ...found, ...(again ? ['again'] : [])].map(plain).join('\t'))
}

/** For a person who is watching. */
const shownOn =
  (bar: Progress) =>
  (progress: BatchProgress): void => {
    if (progress.type === 'kept') remark(t`kept ${progress.questions} questions (${progress.name})`)
    if (progress.type === 'posted') remark(t`posted ${progress.name}`)
    if (progress.type === 'answered') bar.update(progress.answered, progress.asked)
    if (progress.type === 'waiting')
      remark(t`waiting ${Math.round(progress.pause / 1000)} s: ${progress.code}`)
  }

function summarize(batch: MemberDataBatch): void {
  const { asked, answered, refused } = batch.state()
  remark(t`${answered} of ${asked} questions are answered`)
  for (const { name, questions, resultMinor = '', resultMessage = '' } of refused)
    remark(t`refused: ${name} with ${questions} questions ${plain(`${resultMinor} ${resultMessage}`.trim())}`)
}
