import { InvalidArgumentError, type Command } from 'commander'

import {
  openPrescriptionArchive,
  proofText,
  type ProofQuestion,
} from '../../../business/prescriptionArchive/index.js'
import { addPlatformOptions, type ConnectionOptions } from '../../connection.js'
import { streamInput } from '../../input.js'
import { t } from '../../language/index.js'
import { operand, type TakenLists } from '../../lists.js'
import type { TimestampProve } from '../../json/index.js'
import { exitCode, plain, print, printJson, UsageError } from '../../output.js'
import { watched } from '../../progress.js'
import { addArchiveOptions, assertThere, readAuthorities, type ArchiveOptions } from './archiveOptions.js'

interface Options extends ConnectionOptions, ArchiveOptions {
  digest?: string
  ref?: number
}

/** `ehealth timestamp prove FILE --archive FILE [--tsa PEM…]`, or `--digest SHA256`, or `--ref N` */
export function registerProve(timestamp: Command): void {
  const taken: TakenLists = []
  addPlatformOptions(
    addArchiveOptions(
      timestamp
        .command('prove')
        .description(
          'show when a prescription was stamped, with everything that proves it; exit code 0 if proven',
        )
        .argument('[file]', 'the prescription; - for stdin')
        .option('--digest <sha256>', 'its SHA-256 instead, in base64 or hexadecimal')
        .option('--ref <number>', 'its number in the journal instead', parseRef),
      taken,
    ),
    taken,
  ).action(async (file: string | undefined, options: Options) => {
    const question = await questionOf(file, options, taken)
    await assertThere(options.archive)
    const trust = await readAuthorities(options)
    await using archive = await openPrescriptionArchive({ file: options.archive, trust })
    const proof = await archive.prove(question)
    if (options.json === true) printJson<TimestampProve>(proof)
    else for (const line of proofText(proof).trimEnd().split('\n')) print(plain(line))
    process.exitCode = proof.outcome === 'proven' ? exitCode.done : exitCode.refused
  })
}

async function questionOf(
  file: string | undefined,
  { digest, ref }: Options,
  taken: TakenLists,
): Promise<ProofQuestion> {
  if (digest !== undefined && ref !== undefined) throw new UsageError('give one of FILE, --digest and --ref')
  if (digest === undefined && ref === undefined)
    return {
      content: watched(
        t`read`,
        await streamInput(operand(file, 'the prescription, --digest or --ref', taken)),
      ),
    }
  if (file !== undefined) throw new UsageError('give one of FILE, --digest and --ref')
  return ref === undefined ? { sha256: digest! } : { ref }
}

function parseRef(text: string): number {
  const ref = Number(text)
  if (!/^\d{1,15}$/.test(text) || ref < 1) throw new InvalidArgumentError(t`expected a number of the journal`)
  return ref
}
