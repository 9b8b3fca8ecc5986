import { appendFile } from 'node:fs/promises'

import type { Command } from 'commander'

import type { AccessDecision, AccessMatrix, BrokenGlass } from '../../business/access/index.js'
import { addConnectionOptions, openConnection } from '../connection.js'
import { writing } from '../input.js'
import { t, translated } from '../language/index.js'
import { choicesFrom } from '../lists.js'
import type { MayRead } from '../json/index.js'
import { exitCode, plain, print, printJson, remark, styled, UsageError } from '../output.js'
import {
  addPatientOption,
  demanded,
  readObject,
  readPatient,
  showErrors,
  type PatientOptions,
} from '../patient.js'

interface MayReadOptions extends PatientOptions {
  document?: string[]
  matrix?: string
  emergency?: string
  emergencyRecord?: string
}

/** `ehealth may-read`: one answer, with its reasons; exit code 0 only when reading is allowed. */
export function registerMayRead(program: Command): void {
  addConnectionOptions(
    addPatientOption(
      program.command('may-read').description('whether the caller may read the data of a patient, and why'),
    )
      .option(
        '--document <types>',
        'types of documents wanted, for instance sumehr; may be repeated',
        choicesFrom,
      )
      .option(
        '--matrix <json>',
        'which role may read which types: @FILE or JSON, {"persphysician": ["sumehr"]}',
      )
      .option('--emergency <reason>', 'break the glass where there is no link: 10 to 200 characters')
      .option('--emergency-record <file>', 'file that keeps each use of the glass; goes with --emergency'),
  ).action(async (options: MayReadOptions) => {
    const { document, matrix, json } = options
    const patient = await readPatient(options)
    const question = {
      patient,
      ...(document === undefined ? {} : { documents: document }),
      ...(matrix === undefined ? {} : { matrix: await readObject<AccessMatrix>(matrix, '--matrix') }),
      ...emergencyOf(options),
    }
    await using me = await openConnection(options)
    const answer = await demanded(me.access, 'access').mayRead(question)
    process.exitCode = answer.decision === 'allow' ? exitCode.done : exitCode.refused
    if (json === true) printJson<MayRead>(answer)
    else show(answer)
  })
}

/** The reason is kept in a file that the caller names: a line of JSON for each use. */
function emergencyOf({ emergency: reason, emergencyRecord: file }: MayReadOptions) {
  if (reason === undefined && file === undefined) return {}
  if (reason === undefined || file === undefined)
    throw new UsageError('--emergency and --emergency-record go together')
  return {
    emergency: {
      reason,
      record: (use: BrokenGlass) =>
        writing(file, () => appendFile(file, `${JSON.stringify(use)}\n`, { mode: 0o600 })),
    },
  }
}

const colours = { allow: 'green', deny: 'red', unknown: 'yellow' } as const

function show(answer: AccessDecision): void {
  const { decision } = answer
  print(styled(['bold', colours[decision]], decision) + (decision === 'allow' ? t` via ${answer.via}` : ''))
  if (decision === 'allow' && answer.documents !== undefined)
    print(t`documents: ${plain(answer.documents.join(', '))}`)
  const said =
    decision === 'allow'
      ? answer.cautions
      : decision === 'deny'
        ? answer.reasons
        : [...answer.causes, ...answer.reasons]
  for (const { code, meaning, advice } of said) {
    print(t`${code}: ${translated(meaning)}`)
    print(`  ${translated(advice)}`)
  }
  const { consent, link, exclusion } = answer.checks
  for (const { errors, failure } of [consent, link, exclusion]) {
    showErrors(errors)
    if (failure !== undefined) remark(`  ${failure.code}: ${plain(failure.message)}`)
  }
}
