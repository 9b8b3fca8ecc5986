import { Option, type Command } from 'commander'

import {
  describeIdentifier,
  identifierKinds,
  type IdentifierKind,
} from '../../technical/identifiers/index.js'
import { readInput } from '../input.js'
import { t, translated } from '../language/index.js'
import type { Identifier } from '../json/index.js'
import { exitCode, plain, print, printFields, printJson, remark, styled } from '../output.js'

/** `ehealth identifier NUMBER`: what a number is, offline. */
export function registerIdentifier(program: Command): void {
  program
    .command('identifier')
    .description('tell what a number is: SSIN, NIHII, CBE, EHP, card, code; no network')
    .argument(
      '<number>',
      'the number; - reads it from stdin, so that it stays out of the history of the shell',
    )
    .addOption(new Option('--kind <kind>', 'look at this kind only').choices(identifierKinds))
    .option('--json', 'print JSON')
    .action(async (given: string, { kind, json }: { kind?: IdentifierKind; json?: boolean }) => {
      const number =
        given === '-'
          ? Buffer.from(await readInput(undefined))
              .toString('utf8')
              .trim()
          : given
      const description = describeIdentifier(number, kind === undefined ? {} : { kind })
      const { readings, refusals } = description
      if (readings.length === 0) process.exitCode = exitCode.refused
      if (json === true) return printJson<Identifier>({ valid: readings.length > 0, ...description })
      for (const { title, formatted, normalized, facts } of readings) {
        print(styled('bold', translated(title)))
        printFields({ number: normalized, printed: formatted, ...facts })
      }
      for (const { title, code, message } of refusals)
        remark(t`no ${translated(title)}: ${plain(message)} (${code})`)
    })
}
