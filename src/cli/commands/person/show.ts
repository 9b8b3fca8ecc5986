/** People on the terminal. */
import type {
  LocalizedText,
  PersonAddress,
  PersonIdentification,
  PersonName,
  RegisterRefusal,
  StructuredAddress,
} from '../../../business/rnConsult/index.js'
import { t } from '../../language/index.js'
import { exitCode, plain, print, printJson, remark } from '../../output.js'

export const nameText = ({ lastName = '', givenNames }: PersonName): string =>
  [...givenNames.map(({ value }) => value), lastName].join(' ').trim()

/** In Dutch where there is one, else in whatever language comes first. */
const textOf = (texts: readonly LocalizedText[]): string =>
  (texts.find(({ language }) => language?.toLowerCase().startsWith('nl') === true) ?? texts[0])?.text ?? ''

function structured(address: StructuredAddress): string {
  const { houseNumber = '', boxNumber, postalCode = '', countryIsoCode = '' } = address
  const box = boxNumber === undefined ? '' : t` box ${boxNumber}`
  const street = `${textOf(address.streetNames)} ${houseNumber}`.trim() + box
  const city = `${postalCode} ${textOf(address.cityNames)}`.trim()
  return [street, city, countryIsoCode].filter((part) => part !== '').join(', ')
}

export function addressText({ residential, reference, diplomatic, post }: PersonAddress): string {
  const lines = residential ?? reference
  return lines === undefined ? ((diplomatic ?? post)?.address ?? '') : structured(lines)
}

export function printIdentification(person: PersonIdentification): void {
  const { ssin = '', name, birth, gender, address, deceased } = person
  const fields = [
    ssin,
    name === undefined ? '' : nameText(name),
    birth?.date?.value ?? '',
    gender?.code ?? '',
    address === undefined ? '' : addressText(address),
    deceased === true ? t`deceased` : '',
  ]
  print(plain(fields.filter((field) => field !== '').join('  ')))
}

/** What an outcome has that gives nobody. */
interface Nobody {
  outcome: string
  refusal?: RegisterRefusal
}

/** An outcome that gives nobody, as JSON or in words. */
export function showNobody<Document = never>(
  outcome: NoInfer<Document> & Nobody,
  json: boolean | undefined,
): void {
  if (json !== true) return tellNobody(outcome)
  printJson<Document>(outcome)
  process.exitCode = exitCode.refused
}

/** Its name, and what the register says of it. */
export function tellNobody({ outcome, refusal }: Nobody): void {
  print(outcome)
  const { messages = [], reasons = [] } = refusal ?? {}
  for (const message of messages) remark(`  ${plain(message)}`)
  for (const { code = '', description = '' } of reasons) remark(`  ${plain(`${code}: ${description}`)}`)
  process.exitCode = exitCode.refused
}
