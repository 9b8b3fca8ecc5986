/** Whom the caller believes: the certificates of the environment, each file for itself. */
import type { Configuration } from '../../../configuration/read.js'
import type { Fault } from '../../../configuration/faults.js'
import { loadEnvironment } from '../../../configuration/load.js'
import { isEHealthError } from '../../../errors.js'
import type { Environment } from '../../../technical/environment/environment.js'
import { Certificate } from '../../../technical/pki/index.js'
import { english, noted } from '../../language/index.js'
import { dayOf, daysUntil, fail, ok, warn, type Finding } from './finding.js'
import type { Warnings } from './keys.js'

type Role = keyof NonNullable<Configuration['settings']['trust']>

/**
 * The environment of a configuration although files of its trust are broken: they are findings, and left out.
 *
 * @throws EHealthError for everything else that is wrong
 */
export async function environmentDespite(
  configuration: Configuration,
): Promise<{ environment: Environment; findings: Finding[] }> {
  try {
    return { environment: await loadEnvironment(configuration), findings: [] }
  } catch (error) {
    const faults = isEHealthError(error, 'configuration.invalid')
      ? ((error.details?.['faults'] ?? []) as readonly Fault[])
      : []
    const broken = faults.flatMap((fault) => {
      const place = /^trust\.(\w+)\[(\d+)\]$/.exec(fault.path)
      return place === null ? [] : [{ fault, role: place[1] as Role, index: Number(place[2]) }]
    })
    if (broken.length === 0 || broken.length < faults.length) throw error
    const { trust = {} } = configuration.settings
    const rest = Object.fromEntries(
      Object.entries(trust).map(([role, files]) => [
        role,
        files.filter((_, index) => !broken.some((one) => one.role === role && one.index === index)),
      ]),
    )
    const environment = await loadEnvironment({
      ...configuration,
      settings: { ...configuration.settings, trust: rest },
    })
    return {
      environment,
      findings: broken.map(({ fault, role }) =>
        fail(
          `trust: ${nameOf(role)}`,
          'certificate.malformed',
          `${fault.path}: ${fault.problem}${fault.source === undefined ? '' : ` (${fault.source})`}`,
          fault.hint ?? 'Give a file with certificates in PEM or DER.',
        ),
      ),
    }
  }
}

/** What each part of the trust is called, what it takes, and what happens without it. */
const roles = [
  {
    role: 'sts',
    missing: 'tokens cannot be verified',
    advice: 'Give --trust-sts with the signing certificate of the STS, from the platform’s portal.',
  },
  {
    role: 'signers',
    missing: 'seals cannot be verified',
    advice:
      'Give --trust-signers with the roots of eHealth and eID certificates, from the platform’s portal.',
  },
  {
    role: 'tls',
    missing: 'no server can be trusted',
    advice: 'Give --trust-tls, or leave it out for the public roots.',
  },
] as const

const nameOf = (role: string): string => (role === 'tls' ? 'servers' : role)

/** `broken`: the roles of which a file was left out, which say so themselves. */
export function examineTrust(
  { trust }: Environment,
  broken: readonly Finding[],
  now: Date,
  { others }: Warnings,
): Finding[] {
  return roles.flatMap(({ role, missing, advice }) => {
    const check = `trust: ${nameOf(role)}`
    const material = trust[role]
    if (material === undefined || material.length === 0) {
      if (broken.some((finding) => finding.check === check)) return []
      // the public roots
      if (role === 'tls' && material === undefined) return []
      return [fail(check, 'trust.missing', missing, advice)]
    }
    const certificates = material.flatMap((bytes) => Certificate.allFrom(bytes))
    return [judge(check, certificates, now, others, advice)]
  })
}

function judge(
  check: string,
  certificates: readonly Certificate[],
  now: Date,
  warnDays: number,
  advice: string,
): Finding {
  const valid = certificates.filter((certificate) => certificate.isValidAt(now))
  const count = certificates.length
  const told = count === 1 ? english`${count} certificate` : english`${count} certificates`
  const replace = english`${noted(advice)} The old ones may stay while both are in use.`
  if (valid.length === 0)
    return fail(check, 'certificate.expired', english`${told}, none of them valid now`, replace)
  const ended = certificates.length - valid.length
  if (ended > 0) return warn(check, 'certificate.expired', english`${told}, ${ended} not valid now`, replace)
  const first = valid.reduce((one, other) => (other.notAfter < one.notAfter ? other : one))
  const days = daysUntil(first.notAfter, now)
  return days < warnDays
    ? warn(
        check,
        'certificate.ends-soon',
        english`${told}, one ends on ${dayOf(first.notAfter)}, in ${days} days`,
        replace,
      )
    : ok(check, told)
}
