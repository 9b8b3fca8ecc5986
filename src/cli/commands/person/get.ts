import type { Command } from 'commander'

import type { Person } from '../../../business/rnConsult/index.js'
import {
  addConnectionOptions,
  addRegisterOptions,
  openConnection,
  type ConnectionOptions,
} from '../../connection.js'
import { t } from '../../language/index.js'
import type { PersonGet } from '../../json/index.js'
import { plain, printFields, printJson, remark } from '../../output.js'
import { demanded } from '../../patient.js'
import { numberArgument, readNumber } from './number.js'
import { addressText, nameText, showNobody } from './show.js'

/** `ehealth person get NUMBER` */
export function registerGet(person: Command): void {
  addConnectionOptions(
    addRegisterOptions(
      person
        .command('get')
        .description('what the registers say of the person with a number, or with the one that replaced it')
        .argument(...numberArgument),
    ),
  ).action(async (given: string, options: ConnectionOptions) => {
    const ssin = await readNumber(given)
    await using me = await openConnection(options)
    const { meta: _meta, ...found } = await demanded(me.rnConsult, 'rnConsult').searchBySsin({ ssin })
    if (found.outcome !== 'found') return showNobody<PersonGet>(found, options.json)
    if (options.json === true) return printJson<PersonGet>(found)
    if (found.replaces !== undefined) remark(t`the number was replaced: keep ${plain(found.ssin)}`)
    printPerson(found.ssin, found.person)
  })
}

function printPerson(ssin: string, person: Person): void {
  const { register, name, birth, decease, gender, civilStates = [], nationalities = [], address } = person
  const shown = (text: string | undefined): string | undefined => (text === undefined ? text : plain(text))
  printFields({
    ssin: shown(ssin),
    register: shown(register),
    name: name && plain(nameText(name)),
    born: shown(birth?.date?.value),
    died: shown(decease?.date?.value),
    gender: shown(gender?.code),
    civilState: civilStates.map(({ code }) => code).join(', ') || undefined,
    nationality: nationalities.map(({ code }) => code).join(', ') || undefined,
    address: address && plain(addressText(address)),
  })
  for (const { code, description } of person.anomalies) remark(t`careful: ${plain(`${code} ${description}`)}`)
  const absent = Object.entries(person.availability).filter(([, state]) => state !== 'given')
  if (absent.length > 0) remark(absent.map(([group, state]) => `${group}: ${state}`).join(', '))
}
