import type { Command } from 'commander'

import type { CardToVerify, CardVerification } from '../../business/idSupport/index.js'
import { addConnectionOptions, openConnection, type ConnectionOptions } from '../connection.js'
import { t } from '../language/index.js'
import type { CardVerify } from '../json/index.js'
import { exitCode, plain, print, printFields, printJson, remark } from '../output.js'
import { demanded, readObject } from '../patient.js'

interface Options extends ConnectionOptions {
  card: string
  legalContext?: string
}

/** `ehealth card verify --card JSON|@FILE|-` */
export function registerCard(program: Command): void {
  const card = program.command('card').description('identity cards: verify')
  addConnectionOptions(
    card
      .command('verify')
      .description('whether a card is that of a person and valid, asked from the authentic source')
      .requiredOption(
        '--card <json>',
        'the card: @FILE, - for stdin, or JSON: {"ssin","cardNumber"}, or {"barcode"} of an ISI+ card',
      )
      .option('--legal-context <text>', 'why it is asked, in the words that were agreed on'),
  ).action(async (options: Options) => {
    const card = await readObject<CardToVerify>(options.card, '--card')
    await using me = await openConnection(options)
    const answer = await demanded(me.idSupport, 'idSupport').verify(
      card,
      options.legalContext === undefined ? {} : { legalContext: options.legalContext },
    )
    show(answer, options.json)
    process.exitCode = answer.outcome === 'valid' ? exitCode.done : exitCode.refused
  })
}

function show({ meta: _meta, ...answer }: CardVerification, json: boolean | undefined): void {
  if (json === true) return printJson<CardVerify>(answer)
  print(answer.outcome)
  for (const problem of answer.problems) remark(t`careful: ${problem}`)
  if (answer.provider !== undefined)
    remark(`  ${plain(`${answer.provider.code}: ${answer.provider.description ?? ''}`)}`)
  if (answer.outcome === 'refused') return remark(`  ${plain(answer.message ?? answer.code)}`)
  const { card, ssin, cardNumber, remarks } = answer
  const fields = { card, ssin, cardNumber }
  const told = Object.entries(fields).filter(([, value]) => value !== undefined)
  if (told.length > 0) printFields(Object.fromEntries(told.map(([name, value]) => [name, plain(value!)])))
  for (const { text, date, detail } of remarks)
    print(plain([text, date, detail].filter((part) => part !== undefined).join('  ')))
}
