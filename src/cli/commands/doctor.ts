import type { Command } from 'commander'

import { httpOf } from '../../configuration/load.js'
import type { Configuration } from '../../configuration/read.js'
import type { Keystore } from '../../technical/keystore/index.js'
import type { Pkcs11Keystore } from '../../technical/keystore/pkcs11/index.js'
import {
  addConnectionOptions,
  configurationOf,
  openConnection,
  readEnvironment,
  readKeystore,
  refuseContradictions,
  type ConnectionOptions,
} from '../connection.js'
import type { Doctor } from '../json/index.js'
import { t } from '../language/index.js'
import { exitCode, print, printJson, UsageError } from '../output.js'
import { openToken } from '../pkcs11.js'
import { version } from '../version.js'
import { fail, failure, findingLines, ok, skipped, warn, type Finding } from './doctor/finding.js'
import { examineKeystore, type Warnings } from './doctor/keys.js'
import { judgePropertiesFile } from './doctor/properties.js'
import { examineReach } from './doctor/reach.js'
import { examineSession } from './doctor/session.js'
import { placedSettings, settingLine } from './doctor/settings.js'
import { environmentDespite, examineTrust } from './doctor/trust.js'

interface DoctorOptions extends ConnectionOptions {
  properties?: string
  warnDays?: string
}

/** `ehealth doctor`: what would go wrong, before it does. */
export function registerDoctor(program: Command): void {
  addConnectionOptions(
    program
      .command('doctor')
      .description(
        'look at configuration, keystore, trust, endpoints, clock, own encryption token and STS; exit 1 when something fails',
      )
      .option(
        '--warn-days <days>',
        'days before the end of a certificate at which to warn; 90 for your own, 30 for others',
      )
      .option(
        '--properties <file>',
        'instead: what of this file of the official connector is used, mapped and ignored',
      ),
  ).action(async (options: DoctorOptions) => {
    if (options.properties !== undefined) return judgePropertiesFile(options.properties, options)
    refuseContradictions(options)
    const warnings = warningsOf(options)
    const configuration = options.simulator === undefined ? await configurationOf(options) : undefined
    const findings = await examine(options, configuration, warnings)
    const settings = configuration === undefined ? [] : placedSettings(configuration)
    const failed = findings.some(({ state }) => state === 'fail')
    if (options.json === true) printJson<Doctor>({ ok: !failed, version: version(), settings, findings })
    else {
      for (const setting of settings) print(settingLine(setting))
      for (const finding of findings) for (const line of await findingLines(finding)) print(line)
      const count = (state: Finding['state']): number => findings.filter((one) => one.state === state).length
      print(t`${count('ok')} in order, ${count('warn')} to look at, ${count('fail')} failed`)
    }
    process.exitCode = failed ? exitCode.refused : exitCode.done
  })
}

async function examine(
  options: DoctorOptions,
  configuration: Configuration | undefined,
  warnings: Warnings,
): Promise<Finding[]> {
  const { settings: given = {} } = configuration ?? {}
  const now = new Date()
  const findings = [node(), ...(configuration?.warnings ?? []).map(strange)]
  const keys = await examineKeys(options, given, now, warnings)
  findings.push(...keys.findings)
  try {
    return [...findings, ...(await examinePlatform(options, configuration, { ...keys, now, warnings }))]
  } finally {
    await keys.card?.close()
  }
}

interface Keys {
  findings: Finding[]
  /** Whose keys hold the session. */
  keystore?: Keystore
  card?: Pkcs11Keystore
}

/** A card beside a keystore file identifies its holder; alone it is the keystore. */
async function examineKeys(
  options: DoctorOptions,
  { keystore: given }: Configuration['settings'],
  now: Date,
  warnings: Warnings,
): Promise<Keys> {
  const inFile = options.simulator !== undefined || given?.file !== undefined
  const onCard = options.pkcs11 !== undefined
  const open = (): Promise<Pkcs11Keystore> =>
    openToken(options, { allowExpired: true }).then((token) => token!)
  const card = onCard
    ? await examineKeystore({ check: 'card', holder: !inFile, open }, now, warnings)
    : { findings: [] }
  const file = inFile
    ? await examineKeystore(
        { check: 'keystore', holder: true, open: () => readKeystore({ ...options, allowExpired: true }) },
        now,
        warnings,
      )
    : { findings: onCard ? [] : [skipped('keystore', 'Give --keystore, --pkcs11 or --config.')] }
  const keystore = inFile ? file.keystore : card.keystore
  return {
    findings: [...file.findings, ...card.findings],
    ...(keystore === undefined ? {} : { keystore }),
    ...(card.keystore === undefined ? {} : { card: card.keystore }),
  }
}

async function examinePlatform(
  options: DoctorOptions,
  configuration: Configuration | undefined,
  known: Keys & { now: Date; warnings: Warnings },
): Promise<Finding[]> {
  const { settings: given = {} } = configuration ?? {}
  if (configuration !== undefined && given.environment === undefined)
    return [skipped('platform', 'Give --environment, --config or --simulator.')]
  const { environment, findings: broken } =
    configuration === undefined
      ? { environment: await readEnvironment(options), findings: [] }
      : await environmentDespite(configuration)
  const trust = [...broken, ...examineTrust(environment, broken, known.now, known.warnings)]
  // without a server to believe there is none to ask; the public roots are not what was meant
  if (environment.trust.tls?.length === 0)
    return [...trust, skipped('platform', 'Mend the trust in servers first.')]
  return [
    ...trust,
    ...(await examineReach(environment, httpOf(given))),
    ...(await tokensOf(
      options,
      given,
      known,
      trust.some(({ state }) => state === 'fail'),
    )),
  ]
}

/** What takes a call with the caller's keys: only where everything that it takes is there. */
async function tokensOf(
  options: DoctorOptions,
  given: Configuration['settings'],
  { keystore, card }: Keys,
  distrust: boolean,
): Promise<Finding[]> {
  const lacking = (advice: string): Finding[] => [
    skipped('token', advice),
    skipped('own encryption token', advice),
  ]
  if (keystore === undefined) return lacking('Mend the keystore first.')
  if (keystore.state === 'expired' || keystore.state === 'not-yet-valid')
    return lacking('The platform takes no request with a certificate that is not valid.')
  if (options.pkcs11 !== undefined && card === undefined) return lacking('Mend the card first.')
  if (options.simulator === undefined && given.as?.profession === undefined)
    return lacking('Say who calls: --as with --ssin and --nihii, or `as` in the configuration.')
  if (distrust) return lacking('Mend the trust first.')
  try {
    await using me = await openConnection(options, card)
    return await examineSession(me)
  } catch (error) {
    // numbers of the caller that are missing or wrong
    return [failure('configuration', error)]
  }
}

const strange = (text: string): Finding =>
  warn('configuration', 'configuration.strange', text, 'Remove it, or write it as meant.')

function warningsOf({ warnDays }: DoctorOptions): Warnings {
  if (warnDays === undefined) return { own: 90, others: 30 }
  if (!/^[0-9]{1,4}$/.test(warnDays)) throw new UsageError('--warn-days takes a number of days')
  return { own: Number(warnDays), others: Number(warnDays) }
}

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const enough = major > 20 || (major === 20 && minor >= 19)
  return enough
    ? ok('Node.js', process.versions.node)
    : fail('Node.js', 'node.too-old', process.versions.node, 'Install Node.js 20.19 or later.')
}
