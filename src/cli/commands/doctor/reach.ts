/** The way to the platform: every endpoint, its list of endpoints, and what time it is there. */
import { isEHealthError } from '../../../errors.js'
import { createBusinessContinuity } from '../../../technical/businessContinuity/index.js'
import { endpointOf, type Environment, type ServiceName } from '../../../technical/environment/environment.js'
import { serviceListSource } from '../../../technical/environment/serviceLists.js'
import { connectorServices } from '../../../technical/environment/services.js'
import {
  createTransport,
  type HttpTransport,
  type TransportOptions,
} from '../../../technical/soap/transport.js'
import { english, noted, t } from '../../language/index.js'
import { probe } from '../../probe.js'
import { progressOf } from '../../progress.js'
import { fail, failure, ok, warn, type Finding } from './finding.js'

/** The platform refuses a message whose timestamp is off by more (spec sts-iam §1.6). */
const clockLimits = { warn: 10, fail: 60 }

/** Everything that can be said without a token. */
export async function examineReach(
  environment: Environment,
  http: Omit<TransportOptions, 'trust' | 'timeout'> | undefined,
): Promise<Finding[]> {
  const { tls } = environment.trust
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
  const progress = progressOf(t`services`, services.size, 'count')
  try {
    let asked = 0
    const reached = await Promise.all(
      [...services].map(async (service) => {
        const found = await endpoint(environment, service, transport)
        progress.update((asked += 1), services.size)
        return found
      }),
    )
    return [
      ...reached.map(({ finding }) => finding),
      await serviceList(environment, transport),
      clock(reached.flatMap(({ skew }) => (skew === undefined ? [] : [skew]))),
    ]
  } finally {
    progress.end()
    transport.close()
  }
}

async function endpoint(
  environment: Environment,
  service: ServiceName,
  transport: HttpTransport,
): Promise<{ finding: Finding; skew?: number }> {
  const url = addressOf(environment, service)
  // not every service exists in every environment
  if (url === undefined)
    return {
      finding: warn(
        service,
        'configuration.no-endpoint',
        english`has no known address in ${environment.name}`,
        'Nothing, unless this service is needed: then give its address (`endpoints` of the configuration).',
      ),
    }
  const { failure: code, status, date, milliseconds } = await probe(url, transport)
  if (code !== undefined) return { finding: unreachable(service, url, code) }
  const told = english`${url} answers (${status}) in ${milliseconds} ms`
  const finding =
    status === 407
      ? fail(service, 'transport.proxy', told, 'Give the name and password of the proxy.')
      : ok(service, told)
  return date === undefined ? { finding } : { finding, skew: (Date.now() - date.getTime()) / 1000 }
}

function addressOf(environment: Environment, service: ServiceName): string | undefined {
  try {
    return endpointOf(environment, service)
  } catch (error) {
    if (isEHealthError(error, 'configuration.no-endpoint')) return undefined
    throw error
  }
}

/** What a system code of a failed connection means, and what to do. */
const failures: readonly { codes: RegExp; code: string; problem: string; advice: string }[] = [
  {
    codes: /^ERR_TLS_CERT_ALTNAME/,
    code: 'transport.tls',
    problem: 'its certificate is for another name',
    advice: 'Check the address; a proxy or virus scanner that opens TLS answers like this.',
  },
  {
    codes: /^CERT_(HAS_EXPIRED|NOT_YET_VALID)/,
    code: 'transport.tls',
    problem: 'its certificate is not valid at this time',
    advice: 'Check the clock of this machine first; else the server is at fault: report it to the platform.',
  },
  {
    codes: /CERT|SIGNED|VERIFY|SSL|TLS|EPROTO/,
    code: 'transport.tls',
    problem: 'its certificate is not trusted',
    advice:
      'Give --trust-tls with the root of the server; behind a proxy or virus scanner that opens TLS, the root of that one, or have the platform excepted from it.',
  },
  {
    codes: /^(ENOTFOUND|EAI_)/,
    code: 'transport.connect',
    problem: 'its name is not known',
    advice: 'Check the DNS of this machine and the internet connection; behind a proxy, give the proxy.',
  },
  {
    codes: /proxy/i,
    code: 'transport.proxy',
    problem: 'the proxy does not let through',
    advice: 'Check address, name and password of the proxy, and that it allows the platform on port 443.',
  },
  {
    codes: /./,
    code: 'transport.connect',
    problem: 'no connection',
    advice: 'Check network, proxy and firewall: outgoing port 443 (recovery hosts 9443) must be open.',
  },
]

function unreachable(service: ServiceName, url: string, found: string): Finding {
  const { code, problem, advice } = failures.find(({ codes }) => codes.test(found))!
  return fail(service, code, english`${url}: ${noted(problem)} (${found})`, advice)
}

/** The platform's list of endpoints: can it be had, is it genuine, has the platform moved a service. */
async function serviceList(environment: Environment, transport: HttpTransport): Promise<Finding> {
  const check = 'service list'
  if (serviceListSource(environment) === undefined) return ok(check, 'this environment publishes none')
  if ((environment.trust.signers ?? []).length === 0)
    return warn(check, 'skipped', 'cannot be verified', 'Give --trust-signers.')
  try {
    await using continuity = createBusinessContinuity({ environment, transport })
    await continuity.refresh(AbortSignal.timeout(10_000))
    const { list, recovering } = continuity.state
    const known = english`${list!.services.length} services, issued ${list!.issuedAt.toISOString()}`
    return recovering.length === 0
      ? ok(check, english`${known}, all at their usual endpoints`)
      : warn(
          check,
          'service-list.recovering',
          english`${known}; at a recovery endpoint: ${recovering.join(', ')}`,
          'Nothing, if the program follows the list (business continuity); else it may not reach these services.',
        )
  } catch (error) {
    // calls go to the configured endpoints without it
    return { ...failure(check, error), state: 'warn' }
  }
}

/** `Date` has whole seconds, so one of difference says nothing. */
function clock(skews: readonly number[]): Finding {
  const check = 'clock'
  const [first] = [...skews].sort((a, b) => Math.abs(a) - Math.abs(b))
  if (first === undefined)
    return warn(check, 'skipped', 'cannot be compared: no endpoint answered', 'See the endpoints above.')
  const off = Math.abs(first)
  if (off < 2) return ok(check, 'agrees with the platform')
  const told =
    first < 0
      ? english`${off.toFixed(0)} s behind the platform`
      : english`${off.toFixed(0)} s ahead of the platform`
  const advice =
    'Let the machine set its clock by a time server (NTP); the platform refuses messages that are off by more than a minute.'
  if (off > clockLimits.fail) return fail(check, 'clock.skew', told, advice)
  return off > clockLimits.warn ? warn(check, 'clock.skew', told, advice) : ok(check, told)
}
