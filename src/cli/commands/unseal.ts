import { Option, type Command } from 'commander'

import { openDecryptionKeys, openKeystore, type Keystore } from '../../technical/keystore/index.js'
import type { Certificate } from '../../technical/pki/index.js'
import {
  askOcspResponder,
  unsealFileReport,
  type OcspPolicy,
  type UnsealStreamOptions,
} from '../../technical/seal/index.js'
import { judgeStream } from '../../technical/seal/unseal.js'
import {
  parseInstant,
  readNamed,
  readPassword,
  readTrustedSigners,
  streamInput,
  writing,
  type PasswordOptions,
} from '../input.js'
import { t } from '../language/index.js'
import { exitCode, printJson, UsageError } from '../output.js'
import { addTokenOptions, openToken, type TokenOptions } from '../pkcs11.js'
import { progressOf } from '../progress.js'
import { addRevocationOptions, readChecker, shownRevocation, type RevocationOptions } from '../revocation.js'
import { isEHealthError } from '../../errors.js'

interface Options extends PasswordOptions, RevocationOptions, TokenOptions {
  keystore?: string
  secretKey?: string
  secretKeyId?: string
  trust?: string[]
  ocsp: OcspPolicy
  nonRepudiation?: boolean
  at?: string
  in?: string
  out?: string
}

/** `ehealth unseal [--keystore F …] [--secret-key FILE …] [--trust FILE…] [--in F] [--out F]` */
export function registerUnseal(program: Command): void {
  const command = addTokenOptions(program.command('unseal'))
    .description('open and verify a sealed message: content to --out, the report as JSON on stdout')
    .option('--keystore <file>', 'keystore of the reader')
    .option('--password-env <variable>', 'environment variable that holds its password')
    .option('--password-file <file>', 'file that holds its password')
    .option('--secret-key <file>', 'file with the raw octets of a secret key')
    .option(
      '--secret-key-id <id>',
      'its identifier in base64, as KGSS gave it; opening does not depend on it',
    )
    .option(
      '--trust <file...>',
      'anchors of senders, or public keys of senders without certificate (PEM or DER), or directories of anchors; the roots in the keystore by default',
    )
    .addOption(
      new Option('--ocsp <policy>', 'how revocation is judged')
        .choices(['none', 'sender-optional', 'sender-mandatory', 'receiver-optional', 'receiver-mandatory'])
        .default('none'),
    )
    .option('--non-repudiation', 'the author must have signed with a certificate for non-repudiation')
    .option('--at <instant>', 'judge at this instant (ISO 8601)')
    .option('--in <file>', 'the sealed message; stdin by default')
    .option('--out <file>', 'where the content goes; nowhere by default')
    .option('--json', 'the report is JSON in any case')
  addRevocationOptions(command).action(async (options: Options) => {
    process.exitCode = await runUnseal(options)
  })
}

async function runUnseal(options: Options): Promise<number> {
  if (options.keystore === undefined && options.pkcs11 === undefined && options.secretKey === undefined)
    throw new UsageError('give --keystore, --pkcs11 or --secret-key')
  await using token = await openToken(options, { allowExpired: true })
  const { keys, anchors } = await readKeys(options, token)
  const trusted =
    options.trust === undefined ? { anchors, keys: new Map() } : await readTrustedSigners(options.trust)
  const revocation = await readChecker(options)
  const { pieces, length } = await streamInput(options.in)
  const progress = progressOf(t`opened`, length)
  const { out } = options
  const opening: UnsealStreamOptions = {
    keys,
    trust: trusted.anchors,
    knownSigners: trusted.keys,
    now: parseInstant(options.at),
    ocsp: options.ocsp,
    ocspResponder: askOcspResponder,
    nonRepudiation: options.nonRepudiation ?? false,
    ...(revocation === undefined ? {} : { revocation }),
    ...(options.secretKey === undefined ? {} : { secretKey: await readNamed(options.secretKey) }),
    onProgress: (octets) => progress.update(octets),
  }
  const report = await (
    out === undefined
      ? judgeOnly(pieces, opening)
      : writing(out, () => unsealFileReport(pieces, out, opening))
  ).finally(() => progress.end())
  const layers = report.revocation?.map((one) => ({ layer: one.layer, ...shownRevocation(one) }))
  const evidence = layers === undefined ? {} : { revocation: layers }
  if (!report.accepted) {
    const { fatal, errors, warnings, code } = report
    printJson({ accepted: false, code, fatal: fatal ?? null, errors, warnings, ...evidence })
    return exitCode.refused
  }
  printJson({
    accepted: true,
    author: report.author ?? null,
    authorCertificate: certificateSummary(report.authorCertificate),
    senderCertificate: certificateSummary(report.senderCertificate),
    keyIdentifier: report.keyIdentifier ?? null,
    signingTime: report.signingTime.toISOString(),
    bytes: report.bytes,
    errors: report.errors,
    warnings: report.warnings,
    ...evidence,
  })
  return exitCode.done
}

/** The content goes nowhere: it is only counted. */
async function judgeOnly(pieces: AsyncIterable<Uint8Array>, opening: UnsealStreamOptions) {
  let bytes = 0
  const report = await judgeStream(pieces, opening, (piece) => {
    bytes += piece.length
    opening.onProgress?.(bytes)
  })
  return report.accepted ? { ...report, bytes } : report
}

function certificateSummary(certificate: Certificate | undefined) {
  return certificate === undefined
    ? null
    : { subject: certificate.subject.toRfc2253(), serialNumber: certificate.serialNumber.toString() }
}

/** Every private key of the store: one that holds no authentication entry opens archives just as well. */
async function readKeys(options: Options, token: Keystore | undefined) {
  const onToken = { keys: token?.decryptionKeys ?? [], anchors: token?.authentication.chain ?? [] }
  if (options.keystore === undefined) return onToken
  const bytes = await readNamed(options.keystore)
  const password = await readPassword(options)
  const keys = [...onToken.keys, ...(await openDecryptionKeys({ bytes }, { password }))]
  try {
    const keystore = await openKeystore({ bytes }, { password, allowExpired: true })
    return { keys, anchors: [...onToken.anchors, ...keystore.authentication.chain] }
  } catch (error) {
    if (!isEHealthError(error, 'keystore.no-authentication') && !isEHealthError(error, 'keystore.identity'))
      throw error
    return { keys, anchors: onToken.anchors }
  }
}
