import { InvalidArgumentError, Option, type Command } from 'commander'

import {
  proofTypes,
  type KnownProofType,
  type Patient,
  type Proof,
  type TherapeuticLink,
} from '../../business/therlink/index.js'
import { addConnectionOptions, openConnection } from '../connection.js'
import { readNamed } from '../input.js'
import { t } from '../language/index.js'
import type { TherlinkDeclare, TherlinkHas, TherlinkList, TherlinkRevoke } from '../json/index.js'
import { exitCode, plain, print, printJson, remark, styled, UsageError } from '../output.js'
import {
  addPatientOption,
  demanded,
  readPatient,
  showErrors,
  showOutcome,
  type PatientOptions,
} from '../patient.js'

/** `ehealth therlink list|declare|revoke|has` */
export function registerTherlink(program: Command): void {
  const therlink = program
    .command('therlink')
    .description('therapeutic links with a patient: list, declare, revoke, has')
  registerList(therlink)
  registerDeclare(therlink)
  registerRevoke(therlink)
  registerHas(therlink)
}

interface ListOptions extends PatientOptions {
  type?: string
  status?: 'active' | 'inactive' | 'all'
  from?: string
  until?: string
  maxRows?: number
}

function registerList(therlink: Command): void {
  addConnectionOptions(
    addPatientOption(therlink.command('list').description('list the links that the caller may see'))
      .option('--type <type>', 'of this type only')
      .addOption(
        new Option('--status <status>', 'which ones; active by default').choices([
          'active',
          'inactive',
          'all',
        ]),
      )
      .option('--from <day>', 'that hold in the period from this day on; with --until')
      .option('--until <day>', 'to this day; with --from')
      .option('--max-rows <number>', '1 to 1000', parseRows),
  ).action(async (options: ListOptions) => {
    const { type, status, from, until, maxRows } = options
    const patient = await readPatient(options)
    await using me = await openConnection(options)
    const found = await demanded(me.therlink, 'therapeutic links').list({
      patient,
      ...(type === undefined ? {} : { types: [type] }),
      ...(status === undefined ? {} : { status }),
      ...(from === undefined ? {} : { from }),
      ...(until === undefined ? {} : { until }),
      ...(maxRows === undefined ? {} : { maxRows }),
    })
    process.exitCode = found.outcome === 'found' ? exitCode.done : exitCode.refused
    if (options.json === true) return printJson<TherlinkList>(found)
    if (found.outcome !== 'found') {
      print(found.outcome)
      return showErrors(found.errors)
    }
    found.links.forEach(printLine)
    if (found.links.length === 0) remark(t`no link`)
    if (found.truncated) remark(t`there may be more: ask by type or period`)
  })
}

function parseRows(text: string): number {
  if (!/^[1-9]\d{0,3}$/.test(text)) throw new InvalidArgumentError(t`expected a number from 1 to 1000`)
  return Number(text)
}

function printLine({ type, startDate = '', endDate = '', providers, operations }: TherapeuticLink): void {
  const names = providers.map(({ firstName, familyName, name, roles }) =>
    [firstName, familyName, name, `(${roles.join(', ')})`].filter((part) => part !== undefined).join(' '),
  )
  const revoked = operations.some(({ operation }) => operation === 'revocation') ? t`  revoked` : ''
  print(
    `${plain(startDate)}  ${t`before ${plain(endDate)}`}  ${plain(type).padEnd(16)}  ${styled('bold', plain(names.join('; ')))}${revoked}`,
  )
}

interface DeclareOptions extends PatientOptions {
  type?: string
  proof?: Exclude<KnownProofType, 'eidsigning'>
  cms?: string
  endDate?: string
  comment?: string
  ensure?: boolean
}

/** Proofs that are given without a signature. */
const plainProofs = Object.entries(proofTypes)
  .filter(([, { binary, given }]) => given && binary === 'forbidden')
  .map(([name]) => name)

function registerDeclare(therlink: Command): void {
  addConnectionOptions(
    addPatientOption(therlink.command('declare').description('declare a link from today on'))
      .option('--type <type>', 'gpconsultation of physicians, consultation of all others by default')
      .addOption(
        new Option('--proof <proof>', 'what was done with the card; reading it by default').choices(
          plainProofs,
        ),
      )
      .option('--cms <file>', 'the signature of the patient over the link, instead of --proof')
      .option('--end-date <day>', 'first day that the link does not cover; the platform’s own by default')
      .option('--comment <text>', '256 characters at most')
      .option('--ensure', 'ask first, and declare only what is not there'),
  ).action(async (options: DeclareOptions) => {
    const { type, endDate, comment, ensure, json } = options
    const patient = await readPatient(options)
    const link = {
      patient,
      proof: await proofOf(options, patient),
      ...(type === undefined ? {} : { type }),
      ...(endDate === undefined ? {} : { endDate }),
      ...(comment === undefined ? {} : { comment }),
    }
    await using me = await openConnection(options)
    const service = demanded(me.therlink, 'therapeutic links')
    const outcome = ensure === true ? await service.ensureLink(link) : await service.declare(link)
    showOutcome<TherlinkDeclare>(outcome, ['declared', 'already-linked', 'linked'], json)
  })
}

async function proofOf({ proof, cms }: DeclareOptions, { isiCard }: Patient): Promise<Proof> {
  if (cms !== undefined && proof !== undefined) throw new UsageError('give --proof or --cms')
  if (cms !== undefined) return { type: 'eidsigning', cms: await readNamed(cms) }
  return proof ?? (isiCard === undefined ? 'eidreading' : 'isireading')
}

interface RevokeOptions extends PatientOptions {
  type?: string
  startDate?: string
  comment?: string
}

function registerRevoke(therlink: Command): void {
  addConnectionOptions(
    addPatientOption(therlink.command('revoke').description('revoke a link'))
      .option('--type <type>', 'gpconsultation of physicians, consultation of all others by default')
      .option('--start-date <day>', 'first day of the link, as list shows it; today by default')
      .option('--comment <text>', '256 characters at most'),
  ).action(async (options: RevokeOptions) => {
    const { type, startDate, comment, json } = options
    const patient = await readPatient(options)
    await using me = await openConnection(options)
    const outcome = await demanded(me.therlink, 'therapeutic links').revoke({
      patient,
      proof: await proofOf({ patient: '' }, patient),
      ...(type === undefined ? {} : { type }),
      ...(startDate === undefined ? {} : { startDate }),
      ...(comment === undefined ? {} : { comment }),
    })
    showOutcome<TherlinkRevoke>(outcome, ['revoked', 'already-revoked'], json)
  })
}

function registerHas(therlink: Command): void {
  addConnectionOptions(
    addPatientOption(therlink.command('has').description('whether the caller has an active link: yes or no')),
  ).action(async (options: PatientOptions) => {
    const patient = await readPatient(options)
    await using me = await openConnection(options)
    const answer = await demanded(me.therlink, 'therapeutic links').has({ patient })
    process.exitCode = answer.outcome === 'answered' ? exitCode.done : exitCode.refused
    if (options.json === true) return printJson<TherlinkHas>(answer)
    if (answer.outcome === 'answered') return print(answer.linked ? 'yes' : 'no')
    print(answer.outcome)
    showErrors(answer.errors)
  })
}
