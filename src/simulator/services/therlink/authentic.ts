/** Links of an authentic source: the global medical file that the sickness funds keep (spec consent-therlink-hub §3.10). */
import type { World } from '../../world.js'
import { coded } from '../hub/answer.js'
import { linksOf, saveLinks } from './state.js'

/** A global medical file. */
export interface AuthenticLink {
  readonly patientSsin: string
  readonly provider: { readonly ssin: string; readonly nihii: string }
  /** First day, `yyyy-mm-dd`. */
  readonly from: string
  /** First day on which it does not hold any more. */
  readonly until: string
}

/**
 * Enters a global medical file, as no client can.
 *
 * @example
 * ```ts
 * import { addAuthenticLink } from 'ehealth-connectors/simulator'
 *
 * const provider = { ssin, nihii }
 * await addAuthenticLink(simulator.world, { patientSsin, provider, from: '2026-01-01', until: '2026-12-31' })
 * ```
 */
export async function addAuthenticLink(
  world: World,
  { patientSsin, provider, from, until }: AuthenticLink,
): Promise<void> {
  linksOf(world).push({
    patientSsin,
    hcparty: {
      id: [coded('ID-HCPARTY', provider.nihii), coded('INSS', provider.ssin)],
      cd: coded('CD-HCPARTY', 'persphysician', '1.1'),
    },
    provider: `SSIN ${provider.ssin}`,
    type: 'gmd',
    start: from,
    end: until,
    declaration: { at: world.runtime.now(), proofs: [] },
  })
  await saveLinks(world)
}
