/** The provider of a link, compared with the register of providers (spec consent-therlink-hub §3.8). */
import type { HcPartyId } from '../../../business/kmehr/contract.js'
import { isNihii, isSsin } from '../../../technical/identifiers/index.js'
import type { RegisteredActor, World } from '../../world.js'
import type { Acting } from '../hub/author.js'
import { HubRefusal } from '../hub/refusal.js'
import { linkRoles } from './codes.js'
import { providerKey } from './state.js'

/**
 * Finds the provider.
 *
 * @returns key of the provider in the register of links
 * @throws HubRefusal TL.INPUT.40 to .47
 */
export function providerOf(party: HcPartyId, world: World, now: Date): { key: string; role: string } {
  const ssin = party.id.find(({ S }) => S === 'INSS')?.value
  const number = party.id.find(({ S }) => S === 'ID-HCPARTY')?.value
  if (ssin !== undefined && !isSsin(ssin, { asOf: now })) throw new HubRefusal('TL.INPUT.40')
  if (number !== undefined && !isNihii(number)) throw new HubRefusal('TL.INPUT.41')
  const role = roleOf(party)
  const bySsin = ssin === undefined ? undefined : world.findActor('SSIN', ssin)
  const byNumber = number === undefined ? undefined : world.findActor('NIHII', number)
  const actor = bySsin ?? byNumber
  if (actor === undefined) throw new HubRefusal('TL.INPUT.47')
  if (ssin !== undefined && number !== undefined && bySsin !== byNumber) throw new HubRefusal('TL.INPUT.42')
  assertRole(actor, role)
  return { key: providerKey(party, world)!, role }
}

function roleOf({ cd }: HcPartyId): string {
  if (cd === undefined) throw new HubRefusal('TL.INPUT.43')
  if (cd.S !== 'CD-HCPARTY' || !/^(pers|org)[a-z]+$/.test(cd.value)) throw new HubRefusal('TL.INPUT.44')
  // Links are with the pharmacy, never with the pharmacist (§3.1).
  if (cd.value === 'perspharmacist') throw new HubRefusal('TL.INPUT.46')
  if (!linkRoles.has(cd.value)) throw new HubRefusal('TL.INPUT.44.1')
  return cd.value
}

function assertRole({ kmehr }: RegisteredActor, role: string): void {
  if (kmehr !== undefined && kmehr !== role) throw new HubRefusal('TL.INPUT.45')
}

/** @throws HubRefusal TL.ACCESS.05, .06, .07 */
export function assertMayChange(
  acting: Acting,
  provider: { key: string; role: string },
  patientSsin: string,
): void {
  switch (acting.kind) {
    case 'patient':
      if (acting.ssin !== patientSsin) throw new HubRefusal('TL.ACCESS.07')
      return
    case 'representative':
      if (acting.patient !== patientSsin) throw new HubRefusal('TL.ACCESS.07')
      return
    case 'organisation':
      throw new HubRefusal('TL.ACCESS.05')
    default:
      if (!linkRoles.has(acting.role)) throw new HubRefusal('TL.ACCESS.05')
      if (acting.role !== provider.role) throw new HubRefusal('TL.ACCESS.06')
  }
}

/** Key under which the links of somebody who acts stand; none of an organisation without links. */
export function keyOf(acting: Acting): string | undefined {
  if (acting.kind === 'provider') return acting.ssin === undefined ? undefined : `SSIN ${acting.ssin}`
  return acting.kind === 'pharmacy' ? `NIHII ${acting.nihii}` : undefined
}
