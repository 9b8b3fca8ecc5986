import type { Command } from 'commander'

import { checkToken, readToken, type VerifiedToken } from '../../technical/etk/index.js'
import { identityOf } from '../../technical/keystore/index.js'
import { createRevocationChecker } from '../../technical/pki/index.js'
import { addConnectionOptions, openConnection, type ConnectionOptions } from '../connection.js'
import { parseInstant, readCertificates, readNamed, writeOutput } from '../input.js'
import { listOption, operand, type TakenLists } from '../lists.js'
import type { EtkDocument } from '../json/index.js'
import { printFields, printJson, UsageError } from '../output.js'
import { addRevocationOptions, readChecker, shownRevocation, type RevocationOptions } from '../revocation.js'

interface GetOptions extends ConnectionOptions {
  type: string
  value: string
  application?: string
  out?: string
}

interface InspectOptions extends RevocationOptions {
  trust?: string[]
  registrationAuthority?: string[]
  type?: string
  value?: string
  application?: string
  at?: string
  json?: boolean
}

/** `ehealth etk get` and `ehealth etk inspect` */
export function registerEtk(program: Command): void {
  const etk = program.command('etk').description('encryption tokens: look them up, look into them')
  const getting = addConnectionOptions(
    etk
      .command('get')
      .description('look an encryption token up in the depot, and verify it')
      .requiredOption('--type <type>', 'type of the number, for instance SSIN, NIHII-HOSPITAL, CBE')
      .requiredOption('--value <number>', 'the number')
      .option('--application <id>', 'application of the owner; empty: the token without one')
      .option('--out <file>', 'where the token goes (DER)'),
  )
  addRevocationOptions(getting).action(get)
  const taken: TakenLists = []
  const inspecting = etk
    .command('inspect')
    .description('read and verify a token from a file; offline, unless --revocation asks for more')
    .argument('[file]', 'the token (DER)')
    .addOption(
      listOption('--trust <file...>', 'anchors of its owner (PEM or DER), or directories of them', taken),
    )
    .addOption(
      listOption(
        '--registration-authority <file...>',
        'certificates that may sign tokens, or that issue such; any otherwise',
        taken,
      ),
    )
    .option('--type <type>', 'type of the number that the token must be for')
    .option('--value <number>', 'the number that the token must be for')
    .option('--application <id>', 'the application that the token must be for')
    .option('--at <instant>', 'judge at this instant (ISO 8601)')
    .option('--json', 'print JSON')
  addRevocationOptions(inspecting, taken).action((file: string | undefined, options: InspectOptions) =>
    inspect(operand(file, 'the file of the token', taken), options),
  )
}

async function get(options: GetOptions): Promise<void> {
  await using me = await openConnection(options)
  const { type, value, application, out } = options
  const token = await me.technical.etk.get({
    type,
    value,
    ...(application === undefined ? {} : { application }),
  })
  if (out !== undefined) await writeOutput(out, token.der)
  if (out !== '-') show(token, options.json === true)
}

async function inspect(file: string, options: InspectOptions): Promise<void> {
  if (options.trust === undefined) throw new UsageError('give --trust: what leads nowhere proves nothing')
  if ((options.type === undefined) !== (options.value === undefined))
    throw new UsageError('--type and --value belong together')
  const { type, value, application } = options
  const revocation = (await readChecker(options)) ?? createRevocationChecker({ policy: 'off' })
  const token = await checkToken(readToken(await readNamed(file)), {
    revocation,
    trust: await readCertificates(options.trust),
    at: parseInstant(options.at),
    ...(options.registrationAuthority === undefined
      ? {}
      : { registrationAuthority: await readCertificates(options.registrationAuthority) }),
    ...(type === undefined || value === undefined
      ? {}
      : { expected: { type, value, ...(application === undefined ? {} : { application }) } }),
  })
  show(token, options.json === true)
}

function show(token: VerifiedToken, json: boolean): void {
  const { encryptionCertificate, authenticationCertificate, registrationAuthorityCertificate } = token
  const { type, value, application } = identityOf(authenticationCertificate)
  const shown = {
    verified: true as const,
    type,
    value,
    application: application ?? null,
    subject: authenticationCertificate.subject.toRfc2253(),
    serialNumber: encryptionCertificate.serialNumber.toString(),
    keyBits: encryptionCertificate.rsaBits,
    notBefore: encryptionCertificate.notBefore.toISOString(),
    notAfter: encryptionCertificate.notAfter.toISOString(),
    registrationAuthority: registrationAuthorityCertificate?.subject.toRfc2253() ?? null,
    warnings: token.verified.warnings,
    revocation: shownRevocation(token.verified.revocation),
  }
  if (json) printJson<EtkDocument>(shown)
  else printFields(shown)
}
