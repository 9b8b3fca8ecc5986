import type { Command } from 'commander'

import { inspectKeystore, type EntryReport, type KeystoreReport } from '../../technical/keystore/index.js'
import { readNamed, readPassword, type PasswordOptions } from '../input.js'
import { t } from '../language/index.js'
import { registerTokens } from './keystore/tokens.js'
import type { KeystoreInspect } from '../json/index.js'
import { plain, print, printFields, printJson } from '../output.js'

/** `ehealth keystore inspect FILE`, `ehealth keystore tokens` */
export function registerKeystore(program: Command): void {
  const keystore = program
    .command('keystore')
    .description('look into keystores of the platform, cards and HSMs')
  registerTokens(keystore)
  keystore
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
      if (options.json === true) return printJson<KeystoreInspect>(found)
      show(found)
    })
}

/** What a person looks for; `--json` has the rest. */
function show(found: KeystoreReport): void {
  const { identity, authentication, renewableFrom } = found
  const life = ({ state, notBefore, notAfter }: EntryReport): string =>
    t`${state}, ${notBefore} to ${notAfter}`
  printFields({
    identity:
      identity === null
        ? t`none`
        : `${identity.type} ${identity.value} ${plain(identity.name ?? '')}`.trimEnd(),
    authentication:
      authentication === null
        ? t`no such entry`
        : `${plain(authentication.alias)}, ${authentication.key}, ${life(authentication)}`,
    subject: authentication === null ? undefined : plain(authentication.subject),
    issuer: authentication === null ? undefined : plain(authentication.issuer),
    serialNumber: authentication?.serialNumber,
    keyUsage: authentication?.keyUsage?.join(', '),
    'renewable from': renewableFrom,
    certificates: String(found.certificates),
    'keys without certificate':
      found.keysWithoutCertificate === 0 ? undefined : String(found.keysWithoutCertificate),
  })
  for (const entry of [...found.encryption, ...found.others])
    print(
      `${entry.role === 'other' ? t`other key` : t`encryption key`}  ${plain(entry.alias)}, ${entry.key}, ${life(entry)}`,
    )
}
