import type { Command } from 'commander'

import { addConnectionOptions, openConnection } from '../connection.js'
import { t } from '../language/index.js'
import type { ConsentDeclare, ConsentGet, ConsentRevoke } from '../json/index.js'
import { exitCode, print, printJson } from '../output.js'
import {
  addPatientOption,
  demanded,
  readPatient,
  showErrors,
  showOutcome,
  type PatientOptions,
} from '../patient.js'

/** `ehealth consent get|declare|revoke` */
export function registerConsent(program: Command): void {
  const consent = program.command('consent').description('the consent of a patient: get, declare, revoke')
  registerGet(consent)
  registerDeclare(consent)
  registerRevoke(consent)
}

function registerGet(consent: Command): void {
  addConnectionOptions(
    addPatientOption(
      consent.command('get').description('the last state known: given, revoked, none, deceased'),
    ),
  ).action(async (options: PatientOptions) => {
    const patient = await readPatient(options)
    await using me = await openConnection(options)
    const found = await demanded(me.consent, 'consent').status({ patient })
    if (options.json === true) printJson<ConsentGet>(found)
    else if (found.outcome === 'known') {
      const { signDate, revokeDate } = found.consent ?? {}
      const days = [signDate && t`signed ${signDate}`, revokeDate && t`revoked ${revokeDate}`]
      print([found.status, ...days.filter(Boolean)].join('  '))
    } else {
      print(found.outcome)
      showErrors(found.errors)
    }
    process.exitCode = found.outcome === 'known' ? exitCode.done : exitCode.refused
  })
}

interface DeclareOptions extends PatientOptions {
  signDate?: string
  ensure?: boolean
}

function registerDeclare(consent: Command): void {
  addConnectionOptions(
    addPatientOption(consent.command('declare').description('declare it, with the card of the patient'))
      .option('--sign-date <day>', 'day on which the patient consented; today in Belgium by default')
      .option('--ensure', 'ask first, and declare only what is not there'),
  ).action(async (options: DeclareOptions) => {
    const { signDate, ensure, json } = options
    const declaration = {
      patient: await readPatient(options),
      ...(signDate === undefined ? {} : { signDate }),
    }
    await using me = await openConnection(options)
    const service = demanded(me.consent, 'consent')
    const outcome =
      ensure === true ? await service.ensureDeclared(declaration) : await service.declare(declaration)
    showOutcome<ConsentDeclare>(outcome, ['declared', 'already-declared', 'given'], json)
  })
}

interface RevokeOptions extends PatientOptions {
  revokeDate?: string
}

function registerRevoke(consent: Command): void {
  addConnectionOptions(
    addPatientOption(
      consent.command('revoke').description('take it back, with the card of the patient'),
    ).option('--revoke-date <day>', 'day on which the patient took it back; today in Belgium by default'),
  ).action(async (options: RevokeOptions) => {
    const { revokeDate, json } = options
    const patient = await readPatient(options)
    await using me = await openConnection(options)
    const outcome = await demanded(me.consent, 'consent').revoke({
      patient,
      ...(revokeDate === undefined ? {} : { revokeDate }),
    })
    showOutcome<ConsentRevoke>(outcome, ['revoked', 'none-active'], json)
  })
}
