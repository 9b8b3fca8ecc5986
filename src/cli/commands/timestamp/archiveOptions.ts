/** Options that the commands of the prescription archive have in common. */
import { stat } from 'node:fs/promises'

import type { Command } from 'commander'

import type { Certificate } from '../../../technical/pki/index.js'
import { parseTrust } from '../../../technical/session/index.js'
import { readEnvironment, type ConnectionOptions } from '../../connection.js'
import { readCertificates } from '../../input.js'
import { english } from '../../language/index.js'
import { listOption, type TakenLists } from '../../lists.js'
import { UsageError } from '../../output.js'

/** What {@link addArchiveOptions} adds. */
export interface ArchiveOptions {
  archive: string
  tsa?: string[]
}

/** Adds the file of the archive and whom to believe. */
export function addArchiveOptions(command: Command, taken: TakenLists): Command {
  return command
    .requiredOption('--archive <file>', 'file of the archive')
    .addOption(
      listOption(
        '--tsa <file...>',
        'certificates of time stamp authorities or of their issuers; those of the environment by default',
        taken,
      ),
    )
}

/** The authorities to believe: those that are given, else those of the environment. */
export async function readAuthorities(
  options: ArchiveOptions & ConnectionOptions,
): Promise<readonly Certificate[]> {
  if (options.tsa !== undefined) return readCertificates(options.tsa)
  const found = parseTrust((await readEnvironment(options)).trust).timestampAuthority
  if (found.length === 0) throw new UsageError('give --tsa: the environment trusts no time stamp authority')
  return found
}

/** What is only read must be there: a mistyped name would make an empty archive that knows nothing. */
export async function assertThere(file: string): Promise<void> {
  const isFile = await stat(file).then(
    (found) => found.isFile(),
    () => false,
  )
  if (!isFile) throw new UsageError(english`${file} is no archive: there is no such file`)
}
