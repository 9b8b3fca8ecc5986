import { Option, type Command } from 'commander'

import type { StampInput, StampOptions, TimestampDigest } from '../../../technical/timestamp/index.js'
import { addConnectionOptions, openConnection, type ConnectionOptions } from '../../connection.js'
import { readCertificates, readInput, writeNamed } from '../../input.js'
import { t } from '../../language/index.js'
import { listOption, operand, type TakenLists } from '../../lists.js'
import type { TimestampStamp } from '../../json/index.js'
import { printFields, printJson, remark, UsageError } from '../../output.js'
import { readImprint, shownVerdict } from '../verify/timestamp.js'

interface Options extends ConnectionOptions {
  hash?: string
  algorithm?: TimestampDigest
  hashOnly?: boolean
  mimeType?: string
  profile?: string
  requestId?: string
  tsa?: string[]
  out?: string
  response?: string
}

/** `ehealth timestamp stamp [FILE]` */
export function registerStamp(timestamp: Command): void {
  const taken: TakenLists = []
  addConnectionOptions(
    timestamp
      .command('stamp')
      .description(
        'have a document stamped and archived, or a hash stamped; the token is verified before it is kept',
      )
      .argument('[file]', 'the document; - for stdin')
      .option('--hash <digest>', 'a digest instead of a document, in hexadecimal digits or base64')
      .addOption(
        new Option('--algorithm <name>', 'of the digest; sha256 by default').choices([
          'sha256',
          'sha384',
          'sha512',
        ]),
      )
      .option('--hash-only', 'send only the hash of the document: it is not archived')
      .option('--mime-type <type>', 'of the document')
      .option('--profile <name>', 'v2.1-cert (default), v2.1, v2.0, v1.0, oasis, or a URI')
      .option('--request-id <id>', 'comes back in the answer; made up by default')
      .addOption(
        listOption(
          '--tsa <file...>',
          'certificates of time stamp authorities; those of the environment by default',
          taken,
        ),
      )
      .option('--out <file>', 'where the token goes; - for stdout')
      .option('--response <file>', 'where the answer of the authority goes, as it was received'),
    taken,
  ).action(async (file: string | undefined, options: Options) => {
    const { out, response, json } = options
    if (out === undefined && json !== true) throw new UsageError('give --out for the token, or --json')
    const input = await inputOf(file, options, taken)
    const trust = await readCertificates(options.tsa)
    await using me = await openConnection(options)
    const stamp = await me.technical.timestamp.stamp(input, {
      ...(options.profile === undefined ? {} : { profile: options.profile }),
      ...(options.requestId === undefined ? {} : { requestId: options.requestId }),
      ...(trust.length === 0 ? {} : { trust }),
    } satisfies StampOptions)
    if (response !== undefined) await writeNamed(response, stamp.response)
    if (out !== undefined && out !== '-') await writeNamed(out, stamp.token)
    const { serial, genTimeMs, at, requestId, profile, stamped, verification } = stamp
    const token = Buffer.from(stamp.token)
    if (json === true)
      printJson<TimestampStamp>({
        requestId,
        profile,
        stamped,
        ...(out === undefined ? { token: token.toString('base64') } : {}),
        ...shownVerdict(verification),
        serial,
        genTimeMs,
      })
    else if (out === '-') process.stdout.write(token)
    else
      printFields({
        time: at.toISOString(),
        serial,
        milliseconds: String(genTimeMs),
        signer: stamp.certificate?.subject.toRfc2253(),
        request: requestId,
      })
    for (const { code, message } of verification.warnings) remark(t`warning ${code}: ${message}`)
  })
}

async function inputOf(file: string | undefined, options: Options, taken: TakenLists): Promise<StampInput> {
  const { hash, algorithm, hashOnly, mimeType } = options
  if (hash !== undefined) {
    if (file !== undefined || mimeType !== undefined || hashOnly === true)
      throw new UsageError('--hash stands instead of a document')
    return readImprint(hash, algorithm)
  }
  if (algorithm !== undefined) throw new UsageError('--algorithm goes with --hash')
  return {
    document: await readInput(operand(file, 'the document', taken)),
    ...(mimeType === undefined ? {} : { mimeType }),
    ...(hashOnly === true ? { archived: false } : {}),
  }
}
