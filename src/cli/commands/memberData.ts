/** `ehealth member-data get`: who insures a patient, and which rights he has. */
import { InvalidArgumentError, Option, type Command } from 'commander'

import {
  memberDataFacetNames,
  type FacetQuestion,
  type MemberDataAnswer,
  type MemberDataFault,
  type MemberDataPatient,
} from '../../business/memberData/index.js'
import { mycarenetRegions, type MyCareNetRegion } from '../../business/mycarenet/index.js'
import { addConnectionOptions, openConnection, type ConnectionOptions } from '../connection.js'
import { t } from '../language/index.js'
import type { MemberDataGet as Document } from '../json/index.js'
import { exitCode, plain, print, printJson, UsageError } from '../output.js'

interface Options extends ConnectionOptions {
  patient?: string
  member?: string
  mutuality?: string
  on?: string
  from?: string
  until?: string
  facet?: string[]
  invoicing?: boolean
  hospitalized?: boolean
  region?: MyCareNetRegion
  encrypt?: boolean
}

const facetNames = [...memberDataFacetNames] as readonly string[]

/** Adds `get` to the command of MemberData, wherever that is made. */
export function registerMemberData(program: Command): void {
  const memberData =
    program.commands.find((command) => command.name() === 'member-data') ??
    program.command('member-data').description('insurability and rights of patients')
  addConnectionOptions(
    memberData
      .command('get')
      .description('who insures a patient, from when to when, with which codes and rights')
      .option('--patient <ssin>', 'SSIN of the patient')
      .option('--member <number>', 'his number at a mutuality, in place of the SSIN')
      .option('--mutuality <code>', 'the mutuality, 3 digits; goes with --member, or beside --patient')
      .option('--on <day>', 'the day that is meant; today by default')
      .option('--from <day>', 'first day that is meant; goes with --until')
      .option('--until <day>', 'first day that is no longer meant')
      .option('--facet <name>', 'what is asked; several times; insurability by default', collectFacet)
      .option('--invoicing', 'the insurability for invoicing: with approvals of payment')
      .option('--hospitalized', 'the insurability of somebody in hospital')
      .addOption(new Option('--region <region>', 'front door').choices(mycarenetRegions))
      .option('--encrypt', 'seal question and answer'),
  ).action(run)
}

function collectFacet(name: string, earlier: string[] = []): string[] {
  if (facetNames.includes(name)) return [...earlier, name]
  throw new InvalidArgumentError(t`Allowed choices are ${facetNames.join(', ')}.`)
}

async function run(options: Options): Promise<void> {
  const { on, from, until, region, encrypt = false } = options
  const question = {
    patient: patientOf(options),
    facets: facetsOf(options),
    ...(on === undefined ? {} : { on }),
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
  }
  await using me = await openConnection(options)
  const answer = await me.memberData.get(question, { encrypt, ...(region === undefined ? {} : { region }) })
  if (options.json === true) printJson<Document>(shown(answer))
  else print(linesOf(answer).join('\n'))
  if ('faults' in answer) process.exitCode = exitCode.refused
}

function patientOf({ patient, member, mutuality }: Options): MemberDataPatient {
  if ((patient === undefined) === (member === undefined)) throw new UsageError('give --patient or --member')
  if (patient !== undefined) return { ssin: patient, ...(mutuality === undefined ? {} : { mutuality }) }
  if (mutuality === undefined) throw new UsageError('--member needs --mutuality')
  return { registrationNumber: member!, mutuality }
}

function facetsOf({ facet = ['insurability'], invoicing, hospitalized }: Options): FacetQuestion[] {
  if ((invoicing === true || hospitalized === true) && !facet.includes('insurability'))
    throw new UsageError('--invoicing and --hospitalized are particulars of the insurability')
  return facet.map((name) =>
    name === 'insurability'
      ? {
          facet: 'insurability' as const,
          ...(invoicing === true ? { requestType: 'invoicing' as const } : {}),
          ...(hospitalized === true ? { contactType: 'hospitalized' as const } : {}),
        }
      : (name as FacetQuestion),
  )
}

/** What JSON gets: everything but envelopes and certificates. */
function shown(answer: MemberDataAnswer): Document {
  const { meta: _, seal, signature, ...rest } = answer
  return {
    ...rest,
    ...(seal === undefined ? {} : { sealedBy: seal.author }),
    ...(signature === undefined
      ? {}
      : {
          signature: {
            valid: signature.valid,
            signer: signature.signer?.subject.toRfc2253(),
            errors: signature.errors.map(({ code }) => code),
          },
        }),
  }
}

function linesOf(answer: MemberDataAnswer): string[] {
  if ('faults' in answer) return [answer.outcome, ...answer.faults.map(faultLine)]
  const { person, insurability, globalMedicalFile: file, palliativeStatus, chronicCondition } = answer
  const { periods, situation, hospitalisation: hospital, paidByInsurer } = insurability
  const name = [person?.firstName, person?.lastName].filter((part) => part !== undefined).join(' ')
  return [
    `${answer.outcome}: ${insurability.state}${name === '' ? '' : `, ${plain(name)}`}`,
    ...(person?.deceasedDate === undefined ? [] : [t`died ${plain(person.deceasedDate)}`]),
    ...periods.map(
      ({ from, until, mutuality, ct1, ct2, paymentApproval }) =>
        `${t`${from} until before ${until}  mutuality ${plain(mutuality ?? '?')}`}  ${plain(`${ct1 ?? '?'}/${ct2 ?? '?'}`)}${paymentApproval === undefined ? '' : t`  approval ${plain(paymentApproval)}`}`,
    ),
    ...(paidByInsurer === undefined
      ? []
      : [t`the insurer pays the care provider: ${paidByInsurer ? t`yes` : t`no`}`]),
    ...(situation === undefined
      ? []
      : [t`situation: ${plain([situation.event ?? '?', ...situation.transferDates].join(' '))}`]),
    ...(hospital === undefined
      ? []
      : [t`in hospital ${plain(hospital.hospital ?? '?')} since ${plain(hospital.admissionDate ?? '?')}`]),
    ...insurability.medicalHouses.map(
      ({ nihii = '?', type = '?' }) => t`medical house ${plain(nihii)}, ${plain(type)}`,
    ),
    ...(file === undefined ? [] : [t`global medical file: ${plain(file.nihii ?? '?')}`]),
    ...(palliativeStatus === undefined
      ? []
      : [t`palliative since ${plain(palliativeStatus.startDate ?? '?')}`]),
    ...(chronicCondition === undefined
      ? []
      : [t`chronic condition: ${plain(chronicCondition.years.join(', '))}`]),
    ...answer.warnings.map(faultLine),
  ]
}

function faultLine({ code, meaning, source, texts }: MemberDataFault): string {
  const [text] = texts
  return `${plain(code)} (${plain(source ?? '?')}): ${plain(meaning ?? text?.text ?? '')}`
}
