/** Getting links, and whether there is one (spec consent-therlink-hub §3.7, §3.10). */
import type {
  GetTherapeuticLinkRequest,
  GetTherapeuticLinkResponse,
  HasTherapeuticLinkRequest,
  HasTherapeuticLinkResponse,
  LinkSelect,
  TherapeuticLinkWithContext,
} from '../../../business/therlink/contract.js'
import { mostRows } from '../../../business/therlink/contract/types.js'
import { belgianDay, dayOf } from '../../../technical/environment/belgianCalendar.js'
import type { SimulatedCall } from '../../service.js'
import type { World } from '../../world.js'
import { isExcluded } from '../exclusions/state.js'
import { actingOf, type Acting } from '../hub/author.js'
import { coded, hubAnswer } from '../hub/answer.js'
import { shownOperation } from '../hub/operation.js'
import { patientOf, shownPatient } from '../hub/patient.js'
import { HubRefusal } from '../hub/refusal.js'
import { authorCodes, linkRoles, patientCodes } from './codes.js'
import { keyOf } from './provider.js'
import { holdsOn, linksOf, providerKey, type StoredLink } from './state.js'

export function get(call: SimulatedCall<GetTherapeuticLinkRequest>): GetTherapeuticLinkResponse {
  const { request, caller, world, now } = call
  const { select, proof } = request
  const acting = actingOf(request.request.author, caller, world, authorCodes)
  assertMayRead(acting)
  const { maxrows } = request.request
  if (maxrows !== undefined && maxrows > mostRows) throw new HubRefusal('TL.OTHER.10')
  if (select.patient === undefined) throw new HubRefusal('TL.INPUT.69')
  const { registered } = patientOf(select.patient, world, patientCodes, { now, living: false })
  assertPeriod(select)
  const visible = linksOf(world).filter(
    (link) => link.patientSsin === registered.ssin && isVisible(link, acting, world),
  )
  const found = visible.filter((link) => isSelected(link, select, belgianDay(now), world))
  if (found.length === 0) throw new HubRefusal('TL.ACCESS.11')
  if (maxrows === undefined && found.length > mostRows) throw new HubRefusal('TL.OTHER.5')
  // Without harm to the list: the sickness funds that were asked as well want no proof (§3.8, last row).
  const warnings = proof.length > 0 ? [{ code: 'NIP.INPUT.RequestValidation' }] : []
  return {
    ...hubAnswer(call, warnings, true),
    therapeuticlinklist: { therapeuticlink: found.slice(0, maxrows).map((link) => shown(link, world)) },
  }
}

function assertMayRead(acting: Acting): void {
  if (acting.kind === 'organisation') throw new HubRefusal('TL.ACCESS.05')
  if (acting.kind === 'provider' && !linkRoles.has(acting.role)) throw new HubRefusal('TL.ACCESS.05')
}

/** The patient sees all, a provider his own, and none where he is excluded (inferred). */
function isVisible(link: StoredLink, acting: Acting, world: World): boolean {
  switch (acting.kind) {
    case 'patient':
      return acting.ssin === link.patientSsin
    case 'representative':
      return acting.patient === link.patientSsin
    default:
      return link.provider === keyOf(acting) && !isExcluded(world, link.patientSsin, link.provider)
  }
}

function assertPeriod({ begindate, enddate, therapeuticlinkstatus = 'active', cd }: LinkSelect): void {
  if (begindate === undefined && enddate === undefined) return
  if (begindate === undefined || enddate === undefined) throw new HubRefusal('TL.INPUT.67')
  if (therapeuticlinkstatus !== 'active') throw new HubRefusal('TL.INPUT.67.02')
  if (cd.some(({ value }) => value === 'gmd')) throw new HubRefusal('TL.INPUT.66')
  if (dayOf(enddate)! < dayOf(begindate)!) throw new HubRefusal('TL.INPUT.63')
}

function isSelected(
  link: StoredLink,
  { hcparty, cd, begindate, enddate, therapeuticlinkstatus = 'active' }: LinkSelect,
  today: string,
  world: World,
): boolean {
  const active = holdsOn(link, today)
  return (
    (therapeuticlinkstatus === 'all' || active === (therapeuticlinkstatus === 'active')) &&
    (hcparty.length === 0 || hcparty.some((party) => providerKey(party, world) === link.provider)) &&
    (cd.length === 0 || cd.some(({ value }) => value === link.type)) &&
    (begindate === undefined || dayOf(begindate)! < link.end) &&
    (enddate === undefined || dayOf(enddate)! >= link.start)
  )
}

function shown(link: StoredLink, world: World): TherapeuticLinkWithContext {
  const { declaration, revocation } = link
  return {
    patient: shownPatient(world.findPatient(link.patientSsin)!),
    hcparty: [link.hcparty],
    cd: coded('CD-THERAPEUTICLINKTYPE', link.type, '1.1'),
    startdate: link.start,
    enddate: link.end,
    ...(link.comment === undefined ? {} : { comment: link.comment }),
    operationcontext: [
      shownOperation('declaration', declaration),
      ...(revocation === undefined ? [] : [shownOperation('revocation', revocation)]),
    ],
  }
}

export function has(call: SimulatedCall<HasTherapeuticLinkRequest>): HasTherapeuticLinkResponse {
  const { request, caller, world, now } = call
  const { patient, hcparty, cd } = request.select
  const acting = actingOf(request.request.author, caller, world, authorCodes)
  const { registered } = patientOf(patient, world, patientCodes, { now, living: false })
  const actsFor =
    acting.kind === 'patient' ? acting.ssin : acting.kind === 'representative' ? acting.patient : undefined
  if (actsFor !== undefined && actsFor !== registered.ssin) throw new HubRefusal('TL.ACCESS.07')
  const key = providerKey(hcparty, world)
  const linked = linksOf(world).some(
    (link) =>
      link.patientSsin === registered.ssin &&
      link.provider === key &&
      (cd.length === 0 || cd.some(({ value }) => value === link.type)) &&
      holdsOn(link, belgianDay(now)),
  )
  return { ...hubAnswer(call), value: linked && !isExcluded(world, registered.ssin, key) }
}
