/** Whether a plan could ever strike: a test whose trouble never comes would be green for nothing. */
import { EHealthError } from '../errors.js'
import { nearest } from '../technical/environment/nearest.js'
import type { FaultPlan, Trouble } from './faults.js'
import type { SimulatedService } from './service.js'

const sts = ['sts', 'stsSaml11', 'stsSaml11Legacy', 'stsOldest']

/** Trouble that only some services know how to have. */
const only: Partial<Record<Trouble['kind'], readonly string[]>> = {
  undelivered: ['ehboxPublication'],
  stamp: ['timestampAuthority'],
  'stamp-result': ['timestampAuthority'],
  'archive-error': ['timestampConsult'],
  'assertion-signature': sts,
  'assertion-signer': sts,
  'assertion-sha1': sts,
  'assertion-wrapped': sts,
}

/** @throws EHealthError `configuration.invalid` naming what nobody serves */
export function assertTarget(plan: FaultPlan, served: readonly SimulatedService[]): void {
  const { kind, service, operation } = plan
  if (service !== undefined) {
    assertOneOf(
      'service',
      service,
      served.map((one) => one.service),
    )
    const able = only[kind]
    if (able !== undefined && !able.includes(service))
      throw refusal('service', `${kind} strikes ${able.join(', ')} only`)
  }
  if (operation === undefined) return
  const asked = served.filter((one) => service === undefined || one.service === service)
  const names = asked.flatMap(({ operations }) => operations.map((one) => one.operation.name))
  assertOneOf('operation', operation, [...new Set(names)])
}

function assertOneOf(name: 'service' | 'operation', given: string, known: readonly string[]): void {
  if (known.includes(given)) return
  const similar = nearest(String(given), known)
  const hint = similar === undefined ? `Known here: ${known.join(', ')}.` : `Did you mean ${similar}?`
  throw refusal(name, `the simulator has no such ${name}`, hint)
}

const refusal = (name: string, problem: string, hint?: string): EHealthError =>
  new EHealthError('configuration.invalid', `faults.${name}: ${problem}`, {
    path: `faults.${name}`,
    ...(hint === undefined ? {} : { hint }),
  })
