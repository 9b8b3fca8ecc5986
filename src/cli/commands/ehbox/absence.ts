import type { Command } from 'commander'

import type { AbsenceOutcome, Party } from '../../../business/ehbox/index.js'
import { addConnectionOptions, openConnection, type ConnectionOptions } from '../../connection.js'
import { t } from '../../language/index.js'
import { listOption, type TakenLists } from '../../lists.js'
import type { EhboxAbsenceDelete, EhboxAbsenceInsert, EhboxAbsenceList } from '../../json/index.js'
import { exitCode, print, printFields, printJson, remark } from '../../output.js'
import { addBoxOption, boxOf, named, parseBox, type BoxOption } from './box.js'

type Options = ConnectionOptions & BoxOption

/** `ehealth ehbox absence list|insert|delete` */
export function registerAbsence(ehbox: Command): void {
  const absence = ehbox.command('absence').description('your out-of-office periods')
  registerList(absence)
  registerInsert(absence)
  registerDelete(absence)
}

function registerList(absence: Command): void {
  addBoxOption(
    addConnectionOptions(absence.command('list').description('past, present and future periods')),
  ).action(async (options: Options) => {
    await using me = await openConnection(options)
    const absences = await me.ehbox.absences.list(boxOf(options))
    if (options.json === true) return printJson<EhboxAbsenceList>(absences)
    if (absences.length === 0) remark(t`no absences`)
    for (const { id, from, to, substitutes } of absences)
      print([id, from.slice(0, 10), to.slice(0, 10), ...substitutes.map(named)].join('  '))
  })
}

interface InsertOptions extends Options {
  from: string
  to: string
  substitute?: string[]
}

function registerInsert(absence: Command): void {
  const taken: TakenLists = []
  addBoxOption(
    addConnectionOptions(
      absence
        .command('insert')
        .description('declare a period')
        .requiredOption('--from <day>', 'first day, YYYY-MM-DD')
        .requiredOption('--to <day>', 'last day, YYYY-MM-DD')
        .addOption(
          listOption('--substitute <box...>', 'who takes over, QUALITY:TYPE:NUMBER; five at most', taken),
        ),
      taken,
    ),
  ).action(async (options: InsertOptions) => {
    const substitutes = (options.substitute ?? []).map((text) => parseBox(text, '--substitute'))
    await using me = await openConnection(options)
    const { from, to } = options
    show(await me.ehbox.absences.insert({ from, to, substitutes, ...boxOf(options) }), options.json === true)
  })
}

function show(outcome: AbsenceOutcome, json: boolean): void {
  const { meta: _, ...shown } = outcome
  if (outcome.outcome !== 'inserted') process.exitCode = exitCode.refused
  if (json) return printJson<EhboxAbsenceInsert>(shown)
  if (outcome.outcome === 'inserted') printFields({ inserted: outcome.id })
  else remark(t`nothing was declared: substitutes were refused`)
  for (const substitute of outcome.refused) print(`${named(substitute)}  ${reasonOf(substitute)}`)
}

const reasonOf = ({ absent }: Party & { absent?: { from: string; to: string } }): string =>
  absent === undefined ? t`cannot be a substitute` : t`absent ${absent.from} to ${absent.to}`

function registerDelete(absence: Command): void {
  addBoxOption(
    addConnectionOptions(
      absence.command('delete').description('delete periods').argument('<id...>', 'ids, as listed'),
    ),
  ).action(async (ids: string[], options: Options) => {
    await using me = await openConnection(options)
    const outcome = await me.ehbox.absences.delete(ids, boxOf(options))
    if (options.json === true) printJson<EhboxAbsenceDelete>(outcome)
    else {
      for (const id of outcome.done) print(`${id}  ${t`deleted`}`)
      for (const id of outcome.notFound) print(`${id}  ${t`not found`}`)
    }
    if (outcome.notFound.length > 0) process.exitCode = exitCode.refused
  })
}
