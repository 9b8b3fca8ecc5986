import type { Command } from 'commander'

import { addConnectionOptions, openConnection, type ConnectionOptions } from '../../connection.js'
import type { PersonHistory } from '../../json/index.js'
import { exitCode, plain, print, printJson } from '../../output.js'
import { demanded } from '../../patient.js'
import { numberArgument, readNumber } from './number.js'
import { showNobody } from './show.js'

/** `ehealth person history NUMBER` */
export function registerHistory(person: Command): void {
  addConnectionOptions(
    person
      .command('history')
      .description('what became of a number: the one that holds now, and every other one of the person')
      .argument(...numberArgument),
  ).action(async (given: string, options: ConnectionOptions) => {
    const ssin = await readNumber(given)
    await using me = await openConnection(options)
    const { meta: _meta, ...found } = await demanded(me.ssinHistory, 'ssinHistory').related({ ssin })
    if (found.outcome === 'unknown' || found.outcome === 'refused')
      return showNobody<PersonHistory>(found, options.json)
    if (found.outcome === 'cancelled') process.exitCode = exitCode.refused
    if (options.json === true) return printJson<PersonHistory>(found)
    print(plain(`${found.outcome}  ${found.ssin}`))
    for (const number of found.related) print(plain(`  ${number}`))
  })
}
