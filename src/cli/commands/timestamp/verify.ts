import { Option, type Command } from 'commander'

import type { TimestampCheck } from '../../../technical/timestamp/index.js'
import { t } from '../../language/index.js'
import { listOption, operand, type TakenLists } from '../../lists.js'
import type { TimestampVerify } from '../../json/index.js'
import { exitCode, plain, print, printFields, printJson, styled } from '../../output.js'
import { addRevocationOptions } from '../../revocation.js'
import { judgeFile, shownVerdict, type TimestampFileOptions } from '../verify/timestamp.js'

interface Options extends Omit<TimestampFileOptions, 'policies'> {
  policy?: string[]
  json?: boolean
}

/** `ehealth timestamp verify --data FILE TOKEN` */
export function registerVerifyTimestamp(timestamp: Command): void {
  const taken: TakenLists = []
  const command = timestamp
    .command('verify')
    .description('judge a time stamp offline, every check of it')
    .argument('[token]', 'token, TimeStampResp, or either in base64; - for stdin')
    .option('--data <file>', 'what it is about')
    .option('--hash <digest>', 'the digest of it instead, in hexadecimal digits or base64')
    .addOption(
      new Option('--algorithm <name>', 'of the digest; sha256 by default').choices([
        'sha256',
        'sha384',
        'sha512',
      ]),
    )
    .addOption(
      listOption('--tsa <file...>', 'certificates of time stamp authorities, or of who issues them', taken),
    )
    .option('--at <instant>', 'the present: no stamp may be of later (ISO 8601)')
    .addOption(
      listOption('--policy <oid...>', 'accepted policies; the one of the platform by default', taken),
    )
    .option('--demand-policy', 'another policy is an error, not a warning')
    .option('--allow-sha1', 'accept SHA-1, for archives')
    .option('--json', 'print JSON')
  addRevocationOptions(command, taken).action(async (token: string | undefined, options: Options) => {
    const { policy, ...rest } = options
    const verdict = await judgeFile(operand(token, 'the time stamp', taken), {
      ...rest,
      ...(policy === undefined ? {} : { policies: policy }),
    })
    if (options.json === true) printJson<TimestampVerify>({ kind: 'timestamp', ...shownVerdict(verdict) })
    else {
      if (verdict.token !== undefined)
        printFields({
          time: verdict.token.at.toISOString(),
          serial: verdict.token.serial,
          signer: plain(verdict.certificate?.subject.toRfc2253() ?? t`unknown`),
        })
      for (const check of verdict.checks) print(line(check))
      print(verdict.valid ? styled('green', t`valid`) : styled('red', t`not valid`))
    }
    process.exitCode = verdict.valid ? exitCode.done : exitCode.refused
  })
}

const colours = { passed: 'green', failed: 'red', warned: 'yellow', skipped: 'dim' } as const

const line = ({ number, name, result, code }: TimestampCheck): string =>
  `${String(number).padStart(2)}  ${name.padEnd(20)}${styled(colours[result], result)}${code === undefined ? '' : `  ${code}`}`
