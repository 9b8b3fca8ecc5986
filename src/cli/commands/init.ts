import { mkdir, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'

import type { Command } from 'commander'

import { fileFailure } from '../../configuration/files.js'
import { EHealthError } from '../../errors.js'
import { english, noted, t } from '../language/index.js'
import type { Init } from '../json/index.js'
import { print, printJson } from '../output.js'
import { starterFiles } from '../starter.js'
import { version } from '../version.js'

/** `ehealth init [DIR]` */
export function registerInit(program: Command): void {
  program
    .command('init')
    .description('write a starter project: TypeScript, one program, one test on the simulator')
    .argument('[dir]', 'an empty folder, or one that is not there yet', '.')
    .option('--json', 'print JSON')
    .action(async (dir: string, options: { json?: boolean }) => {
      const folder = path.resolve(dir)
      const files = starterFiles(packageName(path.basename(folder)), version())
      try {
        await mkdir(folder, { recursive: true })
        if ((await readdir(folder)).some((name) => name !== '.git'))
          throw new EHealthError('configuration.invalid', 'the folder is not empty', {
            path: 'dir',
            hint: 'Name an empty folder, or one that is not there yet.',
          })
        for (const [name, text] of Object.entries(files)) {
          const file = path.join(folder, name)
          await mkdir(path.dirname(file), { recursive: true })
          await writeFile(file, text, { flag: 'wx' })
        }
      } catch (error) {
        if (error instanceof EHealthError) throw error
        throw new EHealthError(
          'configuration.invalid',
          english`the folder cannot be written: ${noted(fileFailure(error))}`,
          {
            path: 'dir',
            cause: error,
          },
        )
      }
      if (options.json === true) printJson<Init>({ dir: folder, files: Object.keys(files) })
      else {
        for (const name of Object.keys(files)) print(path.join(dir, name))
        print()
        print(t`Next: ${`${dir === '.' ? '' : `cd ${dir} && `}npm install && npm test`}`)
      }
    })
}

/** A name that npm takes, from that of the folder. */
function packageName(folder: string): string {
  const name = folder
    .toLowerCase()
    .replaceAll(/[^a-z0-9._~-]+/g, '-')
    .replace(/^[._-]+/, '')
  return name === '' ? 'starter' : name.slice(0, 214)
}
