import { Option, type Command } from 'commander'

import { EHealthError } from '../../errors.js'
import type { Certificate, RevocationChecker } from '../../technical/pki/index.js'
import { verifySender } from '../../technical/seal/index.js'
import { judgeAssertion, judgeEnvelope, type Finding, type SecurityKind } from '../../technical/soap/index.js'
import { judgeServiceList } from '../../technical/businessContinuity/index.js'
import { parseInstant, readCertificates, readInput, readNamed, streamInput } from '../input.js'
import { english, t } from '../language/index.js'
import { choicesOption, listOption, operand, type TakenLists } from '../lists.js'
import type { SealedJudgement, Verify } from '../json/index.js'
import { exitCode, printJson } from '../output.js'
import { watched } from '../progress.js'
import { judgeTimestampFile } from './verify/timestamp.js'
import { judgeXml, serialNumbers, xmlLevels } from './verify/xml.js'
import { addRevocationOptions, readChecker, shownRevocation, type RevocationOptions } from '../revocation.js'

const kinds = ['sealed', 'envelope', 'assertion', 'xml', 'timestamp', 'service-list'] as const
const parts = ['body', 'timestamp', 'bst', 'assertion'] as const

interface Options extends RevocationOptions {
  kind: (typeof kinds)[number]
  policy?: SecurityKind
  require?: (typeof parts)[number][]
  trust?: string[]
  sts?: string[]
  tsa?: string[]
  at?: string
  allowSha1?: boolean
  signature?: string
  data?: string
  covers?: string
  level?: (typeof xmlLevels)[number]
  revoked?: string[]
  cbe?: string
}

/** `ehealth verify --kind KIND FILE`: judges one file offline, exactly as it would be judged on the wire. */
export function registerVerify(program: Command): void {
  const taken: TakenLists = []
  const command = program
    .command('verify')
    .description('judge one file offline, as the library would on the wire; the judgement is JSON on stdout')
    .argument('[file]', 'what to judge: XML, CMS, or an HTTP message with headers; - for stdin')
    .addOption(new Option('--kind <kind>', 'what the file is').choices(kinds).makeOptionMandatory())
    .addOption(
      new Option(
        '--policy <policy>',
        'security that an envelope must have; that of its token by default',
      ).choices(['x509', 'saml-hok', 'none', 'saml-sender-vouches']),
    )
    .addOption(choicesOption('--require <parts>', 'parts of an envelope that must be signed', parts))
    .addOption(listOption('--trust <file...>', 'anchors of signers (PEM or DER)', taken))
    .addOption(listOption('--sts <file...>', 'pinned signers of assertions (PEM or DER)', taken))
    .addOption(listOption('--tsa <file...>', 'anchors of time stamp authorities; --trust by default', taken))
    .option('--at <instant>', 'judge at this instant (ISO 8601)')
    .option('--allow-sha1', 'accept SHA-1, for archives')
    .option('--signature <file>', 'a detached signature or a time stamp over the file')
    .option('--data <file>', 'what a time stamp in the file is about')
    .option('--covers <id>', 'what the signature must cover')
    .addOption(
      new Option('--level <level>', 'what an XML signature must be at least; any by default').choices(
        xmlLevels,
      ),
    )
    .addOption(
      listOption(
        '--revoked <serial...>',
        'signers known to be revoked, by serial number, whatever lists say',
        taken,
      ),
    )
    .option('--cbe <number>', 'enterprise number of the signer of a service list; any by default')
    .option('--json', 'the judgement is JSON in any case')
  addRevocationOptions(command, taken).action(async (file: string | undefined, options: Options) => {
    const judgement = await judge(operand(file, 'the file to judge', taken), options)
    printJson<Verify>(judgement)
    process.exitCode = judgement.valid ? exitCode.done : exitCode.refused
  })
}

async function judge(file: string, options: Options): Promise<Verify> {
  const { kind } = options
  refuseForeignOptions(options)
  if (kind === 'timestamp') return judgeTimestampFile(file, options)
  const at = parseInstant(options.at)
  const trust = await readCertificates(options.trust)
  if (kind === 'sealed') {
    const revocation = await readChecker(options)
    return judgeSealed(watched(t`read`, await streamInput(file)), { trust, at, tsa: options.tsa, revocation })
  }
  const bytes = await readInput(file)
  if (kind === 'xml')
    return judgeXml(bytes, {
      ...{ trust, at, covers: options.covers, level: options.level, allowSha1: options.allowSha1 === true },
      ...(options.tsa === undefined ? {} : { tsa: await readCertificates(options.tsa) }),
      revocation: await readChecker(options),
      ...(options.revoked === undefined ? {} : { revoked: serialNumbers(options.revoked) }),
      ...(options.signature === undefined ? {} : { signature: await readNamed(options.signature) }),
    })
  const sts = await readCertificates(options.sts)
  const legacy = options.allowSha1 === true ? { allowSha1: true } : {}
  if (kind === 'assertion') return judgeAssertion(bytes, { sts, at, ...legacy })
  if (kind === 'service-list')
    return judgeServiceList(bytes, { trust, at, ...(options.cbe === undefined ? {} : { cbe: options.cbe }) })
  return judgeEnvelope(bytes, {
    trust,
    sts,
    at,
    ...legacy,
    ...(options.policy === undefined ? {} : { kind: options.policy }),
    ...(options.require === undefined ? {} : { require: options.require }),
  })
}

/** An option that would be ignored is a judgement that somebody believes to be stricter than it is. */
function refuseForeignOptions({ kind, ...options }: Options): void {
  const foreign = {
    policy: kind !== 'envelope',
    require: kind !== 'envelope',
    tsa: kind !== 'sealed' && kind !== 'xml' && kind !== 'timestamp',
    revocation: kind !== 'sealed' && kind !== 'xml' && kind !== 'timestamp',
    crl: kind !== 'sealed' && kind !== 'xml' && kind !== 'timestamp',
    sts: kind === 'timestamp' || kind === 'xml',
    signature: kind !== 'xml' && kind !== 'timestamp',
    data: kind !== 'timestamp',
    covers: kind !== 'xml',
    level: kind !== 'xml',
    revoked: kind !== 'xml',
    cbe: kind !== 'service-list',
  }
  for (const [name, isForeign] of Object.entries(foreign) as [keyof typeof foreign, boolean][])
    if (isForeign && options[name] !== undefined)
      throw new EHealthError(
        'configuration.unsupported',
        english`--${name} does not go with --kind ${kind}`,
        {
          path: name,
        },
      )
}

/** The outside of a sealed message: who sent it. What is inside takes a key: `ehealth unseal`. */
async function judgeSealed(
  sealed: AsyncIterable<Uint8Array>,
  {
    trust,
    at,
    tsa,
    revocation,
  }: {
    trust: readonly Certificate[]
    at: Date
    tsa: string[] | undefined
    revocation: RevocationChecker | undefined
  },
): Promise<SealedJudgement> {
  const report = await verifySender(sealed, {
    trust,
    now: at,
    ...(tsa === undefined ? {} : { timestampAuthorities: await readCertificates(tsa) }),
    ...(revocation === undefined ? {} : { revocation }),
  })
  const { accepted, fatal, errors, warnings, sender, senderCertificate, signingTime } = report
  const found = [...(fatal === undefined ? [] : [fatal]), ...errors]
  return {
    kind: 'sealed',
    valid: accepted,
    errors: found.map(finding),
    warnings: warnings.map(finding),
    ...(sender === undefined ? {} : { sender }),
    ...(senderCertificate === undefined
      ? {}
      : {
          signer: {
            subject: senderCertificate.subject.toRfc2253(),
            serialNumber: senderCertificate.serialNumber.toString(),
            fingerprint: senderCertificate.fingerprint,
          },
        }),
    ...(report.revocation === undefined ? {} : { revocation: shownRevocation(report.revocation[0]) }),
    ...(signingTime === undefined ? {} : { signingTime: signingTime.toISOString() }),
  }
}

/** The official name is the code; in words it is the same. */
const finding = (name: string): Finding => ({ code: name, message: name.toLowerCase().replaceAll('_', ' ') })
