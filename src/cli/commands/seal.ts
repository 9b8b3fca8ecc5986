import type { Command } from 'commander'

import { checkToken, readToken } from '../../technical/etk/index.js'
import { openKeystore, type Keystore } from '../../technical/keystore/index.js'
import { createRevocationChecker, type Certificate } from '../../technical/pki/index.js'
import { sealStream } from '../../technical/seal/index.js'
import {
  readCertificates,
  readNamed,
  readPassword,
  streamInput,
  streamOutput,
  type PasswordOptions,
} from '../input.js'
import { t } from '../language/index.js'
import { printJson, UsageError } from '../output.js'
import { addTokenOptions, openToken, type TokenOptions } from '../pkcs11.js'
import { progressOf } from '../progress.js'
import { addRevocationOptions, readChecker, type RevocationOptions } from '../revocation.js'

interface Options extends PasswordOptions, RevocationOptions, TokenOptions {
  keystore?: string
  to?: string[]
  secretKey?: string
  secretKeyId?: string
  trust?: string[]
  in?: string
  out?: string
  json?: boolean
}

/** `ehealth seal --keystore F --password-env V --to ETKFILE… [--secret-key FILE --secret-key-id ID]` */
export function registerSeal(program: Command): void {
  const command = addTokenOptions(program.command('seal'))
    .description('seal a file for the owners of encryption tokens, or for whoever holds a secret key')
    .option('--keystore <file>', 'keystore of the sender')
    .option('--password-env <variable>', 'environment variable that holds its password')
    .option('--password-file <file>', 'file that holds its password')
    .option('--to <etk...>', 'encryption tokens of the recipients (DER)')
    .option('--secret-key <file>', 'file with the raw octets of a secret key')
    .option('--secret-key-id <id>', 'its identifier in base64')
    .option(
      '--trust <file...>',
      'anchors of the recipients (PEM or DER), or directories of them; the roots in the keystore by default',
    )
    .option('--in <file>', 'content to seal; stdin by default')
    .option('--out <file>', 'where the sealed message goes; stdout by default')
    .option('--json', 'print what was sealed for whom as JSON; goes with --out')
  addRevocationOptions(command).action(async (options: Options) => {
    if (options.json === true && (options.out === undefined || options.out === '-'))
      throw new UsageError('--json goes with --out FILE: stdout is taken by the sealed message')
    if ((options.secretKey === undefined) !== (options.secretKeyId === undefined))
      throw new UsageError('--secret-key and --secret-key-id belong together')
    if (options.to === undefined && options.secretKey === undefined)
      throw new UsageError('give --to or --secret-key')
    if ((options.keystore === undefined) === (options.pkcs11 === undefined))
      throw new UsageError('give either --keystore or --pkcs11')
    await using token = await openToken(options)
    const keystore = token ?? (await openFile(options))
    const trust = options.trust === undefined ? ownAnchors(keystore) : await readCertificates(options.trust)
    const at = new Date()
    const revocation = (await readChecker(options)) ?? createRevocationChecker({ policy: 'off' })
    const recipients = await Promise.all(
      (options.to ?? []).map(async (file) =>
        checkToken(readToken(await readNamed(file)), { trust, at, revocation }),
      ),
    )
    const { pieces, length } = await streamInput(options.in)
    const progress = progressOf(t`sealed`, length)
    const sealed = sealStream(pieces, {
      credential: keystore.authentication,
      recipients,
      ...(length === undefined ? {} : { contentLength: length }),
      ...(options.secretKey === undefined
        ? {}
        : { secretKey: { id: options.secretKeyId!, key: await readNamed(options.secretKey) } }),
      onProgress: (octets) => progress.update(octets),
    })
    const written = await streamOutput(options.out, sealed).finally(() => progress.end())
    if (options.json === true)
      printJson({
        bytes: written,
        recipients: recipients.map(({ authenticationCertificate }) =>
          authenticationCertificate.subject.toRfc2253(),
        ),
        secretKeyId: options.secretKeyId ?? null,
      })
  })
}

async function openFile({ keystore, ...password }: Options): Promise<Keystore> {
  const bytes = await readNamed(keystore!)
  return openKeystore({ bytes }, { password: await readPassword(password) })
}

/** The authorities that the keystore itself carries: who trusts his own certificate trusts them. */
export function ownAnchors(keystore: Keystore): Certificate[] {
  return [...keystore.authentication.chain]
}
