import type { Command } from 'commander'

import { inspectKeystore } from '../../technical/keystore/index.js'
import { readNamed, readPassword, type PasswordOptions } from '../input.js'
import { print, printJson, styled } from '../output.js'

/** `ehealth keystore inspect FILE` */
export function registerKeystore(program: Command): void {
  program
    .command('keystore')
    .description('look into PKCS#12 keystores of the platform')
    .command('inspect')
    .description('show identity, certificates, encryption keys and the renewal window; never a key')
    .argument('<file>', 'the .p12 file')
    .option('--password-env <variable>', 'environment variable that holds the password')
    .option('--password-file <file>', 'file that holds the password')
    .option('--alias <alias>', 'entry of the authentication key', 'authentication')
    .option('--json', 'print JSON')
    .action(async (file: string, options: PasswordOptions & { alias: string; json?: boolean }) => {
      const bytes = await readNamed(file)
      const password = await readPassword(options)
      const found = await inspectKeystore({ bytes }, { password, alias: options.alias })
      if (options.json === true) return printJson(found)
      for (const [name, value] of Object.entries(found))
        print(
          `${styled('bold', name)} ${typeof value === 'string' ? value : JSON.stringify(value, undefined, 2)}`,
        )
    })
}
