import type { Command } from 'commander'

import { EHealthError } from '../../errors.js'
import { endpointOf, type Environment, type ServiceName } from '../../technical/environment/environment.js'
import { createBusinessContinuity } from '../../technical/businessContinuity/index.js'
import { serviceListSource } from '../../technical/environment/serviceLists.js'
import { connectorServices } from '../../technical/environment/services.js'
import { Certificate } from '../../technical/pki/index.js'
import { createTransport, type HttpTransport } from '../../technical/soap/transport.js'
import { httpOf } from '../../configuration/load.js'
import {
  addPlatformOptions,
  configurationOf,
  readEnvironment,
  readKeystore,
  refuseContradictions,
  type ConnectionOptions,
} from '../connection.js'
import { exitCode, print, printJson, styled } from '../output.js'
import { probe } from '../probe.js'
import { judgePropertiesFile } from './doctor/properties.js'
import { placedSettings, settingLine } from './doctor/settings.js'

interface DoctorOptions extends ConnectionOptions {
  properties?: string
}

/** One thing that was looked at. */
interface Finding {
  check: string
  state: 'ok' | 'warn' | 'fail'
  remark: string
}

/** The platform refuses a message whose timestamp is off by more (spec sts-iam §1.6). */
const clockLimits = { warn: 10, fail: 60 }

/** `ehealth doctor`: what would go wrong, before it does. */
export function registerDoctor(program: Command): void {
  addPlatformOptions(
    program
      .command('doctor')
      .description(
        'look at Node.js, configuration, keystore, trust, connection and clock; exit 1 when something fails',
      )
      .option(
        '--properties <file>',
        'instead: what of this file of the official connector is used, mapped and ignored',
      ),
  ).action(async (options: DoctorOptions) => {
    if (options.properties !== undefined) return judgePropertiesFile(options.properties, options)
    refuseContradictions(options)
    const configuration = options.simulator === undefined ? await configurationOf(options) : undefined
    const given = configuration?.settings ?? {}
    const findings = [
      node(),
      ...(configuration?.warnings ?? []).map(warning),
      ...(await keystore(options, given.keystore?.file !== undefined)),
      ...(await platform(options, given.environment !== undefined, httpOf(given))),
    ]
    const settings = configuration === undefined ? [] : placedSettings(configuration)
    if (options.json === true) printJson({ ok: !findings.some(failed), settings, findings })
    else {
      for (const setting of settings) print(settingLine(setting))
      for (const finding of findings) print(line(finding))
    }
    process.exitCode = findings.some(failed) ? exitCode.refused : exitCode.done
  })
}

const warning = (text: string): Finding => ({ check: 'configuration', state: 'warn', remark: text })

const failed = ({ state }: Finding): boolean => state === 'fail'

const colours = { ok: 'green', warn: 'yellow', fail: 'red' } as const

const line = ({ check, state, remark }: Finding): string =>
  `${styled(colours[state], state.padEnd(4))}  ${check.padEnd(24)} ${remark}`

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)
  const enough = major > 20 || (major === 20 && minor >= 19)
  return {
    check: 'Node.js',
    state: enough ? 'ok' : 'fail',
    remark: enough ? process.versions.node : `${process.versions.node}; 20.19 or later is needed`,
  }
}

/** A usage error is the caller's to mend; everything else is a finding. */
function findingOf(check: string, error: unknown): Finding {
  if (!(error instanceof EHealthError) || error.family === 'configuration') throw error
  return { check, state: 'fail', remark: `${error.code}: ${error.message}. ${error.hint}` }
}

async function keystore(options: ConnectionOptions, configured: boolean): Promise<Finding[]> {
  if (!configured && options.simulator === undefined)
    return [{ check: 'keystore', state: 'warn', remark: 'not looked at: give --keystore or --config' }]
  try {
    const { state, notAfter, renewableFrom, decryptionKeys } = await readKeystore({
      ...options,
      allowExpired: true,
    })
    const until = `until ${notAfter.toISOString().slice(0, 10)}`
    const authentication: Finding = {
      check: 'authentication key',
      state: state === 'valid' ? 'ok' : state === 'renewable' ? 'warn' : 'fail',
      remark:
        state === 'renewable'
          ? `${until}; can be renewed since ${renewableFrom.toISOString().slice(0, 10)}`
          : `${state}, ${until}`,
    }
    const [newest] = decryptionKeys
    const encryption: Finding = {
      check: 'encryption keys',
      state: newest === undefined ? 'warn' : 'ok',
      remark:
        newest === undefined
          ? 'none: nothing sealed for this actor can be opened'
          : `${decryptionKeys.length}, newest until ${newest.certificate.notAfter.toISOString().slice(0, 10)}`,
    }
    return [authentication, encryption]
  } catch (error) {
    return [findingOf('keystore', error)]
  }
}

async function platform(
  options: ConnectionOptions,
  configured: boolean,
  http: ReturnType<typeof httpOf>,
): Promise<Finding[]> {
  if (!configured && options.simulator === undefined)
    return [
      {
        check: 'platform',
        state: 'warn',
        remark: 'not looked at: give --environment, --config or --simulator',
      },
    ]
  const environment = await readEnvironment(options)
  const { sts, signers, tls } = environment.trust
  const servers = tls === undefined ? undefined : trust('trust: servers', tls, 'no server can be trusted')
  const findings = [
    trust('trust: sts', sts, 'tokens cannot be verified: give --trust-sts'),
    trust('trust: signers', signers, 'seals cannot be verified: give --trust-signers'),
    ...(servers === undefined ? [] : [servers]),
  ]
  if (servers?.state === 'fail') return findings
  const services = new Set([
    ...connectorServices,
    ...(Object.keys(environment.endpoints ?? {}) as ServiceName[]),
  ])
  // the way that calls take, with their proxy
  const transport = createTransport({
    ...http,
    ...(tls === undefined ? {} : { trust: tls }),
    keepAlive: false,
  })
  try {
    const reached = await Promise.all(
      [...services].map((service) => endpoint(environment, service, transport)),
    )
    return [
      ...findings,
      ...reached.map(({ finding }) => finding),
      await serviceList(environment, transport),
      clock(reached.flatMap(({ skew }) => (skew === undefined ? [] : [skew]))),
    ]
  } finally {
    transport.close()
  }
}

function trust(check: string, material: readonly (string | Uint8Array)[] = [], missing: string): Finding {
  if (material.length === 0) return { check, state: 'fail', remark: missing }
  try {
    const certificates = material.flatMap((bytes) => Certificate.allFrom(bytes))
    if (certificates.length === 0) return { check, state: 'fail', remark: 'no certificate in PEM or DER' }
    const now = new Date()
    const ended = certificates.filter((certificate) => !certificate.isValidAt(now))
    return {
      check,
      state: ended.length === 0 ? 'ok' : ended.length < certificates.length ? 'warn' : 'fail',
      remark: `${certificates.length} certificate${certificates.length === 1 ? '' : 's'}${ended.length === 0 ? '' : `, ${ended.length} not valid now`}`,
    }
  } catch (error) {
    return findingOf(check, error)
  }
}

async function endpoint(
  environment: Environment,
  service: ServiceName,
  transport: HttpTransport,
): Promise<{ finding: Finding; skew?: number }> {
  const url = endpointOf(environment, service)
  const { failure, status, date, milliseconds } = await probe(url, transport)
  const finding: Finding = {
    check: service,
    state: failure === undefined ? 'ok' : 'fail',
    remark:
      failure === undefined
        ? `${url} answers (${status}) in ${milliseconds} ms`
        : `${url}: ${failureText(failure)}`,
  }
  return date === undefined ? { finding } : { finding, skew: (Date.now() - date.getTime()) / 1000 }
}

/** The platform's list of endpoints: can it be had, is it genuine, has the platform moved a service. */
async function serviceList(environment: Environment, transport: HttpTransport): Promise<Finding> {
  const check = 'service list'
  if (serviceListSource(environment) === undefined)
    return { check, state: 'warn', remark: 'this environment publishes none' }
  if ((environment.trust.signers ?? []).length === 0)
    return { check, state: 'warn', remark: 'cannot be verified: give --trust-signers' }
  try {
    await using continuity = createBusinessContinuity({ environment, transport })
    await continuity.refresh(AbortSignal.timeout(10_000))
    const { list, recovering } = continuity.state
    const known = `${list!.services.length} services, issued ${list!.issuedAt.toISOString()}`
    return recovering.length === 0
      ? { check, state: 'ok', remark: `${known}, all at their usual endpoints` }
      : { check, state: 'warn', remark: `${known}; at a recovery endpoint: ${recovering.join(', ')}` }
  } catch (error) {
    const { state: _, ...finding } = findingOf(check, error)
    // calls go to the configured endpoints without it
    return { ...finding, state: 'warn' }
  }
}

/** `Date` has whole seconds, so one of difference says nothing. */
function clock(skews: readonly number[]): Finding {
  const [first] = [...skews].sort((a, b) => Math.abs(a) - Math.abs(b))
  if (first === undefined)
    return { check: 'clock', state: 'warn', remark: 'cannot be compared: no endpoint answered' }
  const off = Math.abs(first)
  return {
    check: 'clock',
    state: off > clockLimits.fail ? 'fail' : off > clockLimits.warn ? 'warn' : 'ok',
    remark:
      off < 2
        ? 'agrees with the platform'
        : `${off.toFixed(0)} s ${first < 0 ? 'behind' : 'ahead of'} the platform`,
  }
}

/** What a system code of a failed connection means, and what to do. */
function failureText(code: string): string {
  return /CERT|SIGNED|VERIFY|SSL|TLS/.test(code)
    ? `its certificate is not trusted (${code}): give --trust-tls`
    : `no connection (${code}): check network, proxy and firewall`
}
