/** Putting and revoking links (spec consent-therlink-hub §3.10). */
import type { HubRequest, Proof } from '../../../business/kmehr/contract.js'
import type {
  PutTherapeuticLinkBulkRequest,
  PutTherapeuticLinkBulkResponse,
  PutTherapeuticLinkRequest,
  PutTherapeuticLinkResponse,
  RevokeTherapeuticLinkRequest,
  RevokeTherapeuticLinkResponse,
  TherapeuticLinkElement,
} from '../../../business/therlink/contract.js'
import { linkTypes, longestComment } from '../../../business/therlink/contract/types.js'
import { belgianDay, dayOf } from '../../../technical/environment/belgianCalendar.js'
import type { Certificate } from '../../../technical/pki/certificate.js'
import type { SimulatedCall } from '../../service.js'
import { isExcluded } from '../exclusions/state.js'
import { actingOf } from '../hub/author.js'
import { coded, hubAnswer } from '../hub/answer.js'
import { patientOf, type FoundPatient } from '../hub/patient.js'
import { HubRefusal } from '../hub/refusal.js'
import { authorCodes, patientCodes } from './codes.js'
import { judgeProofs } from './proof.js'
import { assertMayChange, providerOf } from './provider.js'
import { holdsOn, linksOf, saveLinks, usualEnd, type StoredLink } from './state.js'

/** Whom the register trusts to certify those who sign proofs. */
export interface ProofTrust {
  readonly anchors: readonly Certificate[]
}

type Call = Pick<SimulatedCall<{ request: HubRequest }>, 'request' | 'caller' | 'world' | 'now'>

/** Types that the words of use cases name, their codes being (inferred). */
const furtherTypes: ReadonlySet<string> = new Set(['referral', 'non-referral'])

export async function put(
  call: SimulatedCall<PutTherapeuticLinkRequest>,
  trust: ProofTrust,
): Promise<PutTherapeuticLinkResponse> {
  const { therapeuticlink, proof } = call.request
  const link = judged(call, therapeuticlink, proof, trust)
  assertNew(link, call)
  linksOf(call.world).push(link)
  await saveLinks(call.world)
  return hubAnswer(call)
}

/** All or nothing (inferred): the first refusal is that of the whole. */
export async function putBulk(
  call: SimulatedCall<PutTherapeuticLinkBulkRequest>,
  trust: ProofTrust,
): Promise<PutTherapeuticLinkBulkResponse> {
  const added: StoredLink[] = []
  for (const { therapeuticlink, proof } of call.request.therapeuticlinkrequest) {
    const link = judged(call, therapeuticlink, proof, trust)
    assertNew(link, call, added)
    added.push(link)
  }
  linksOf(call.world).push(...added)
  await saveLinks(call.world)
  return hubAnswer(call)
}

/** In the order of the platform: author, patient, provider, type, period, proof. */
function judged(
  call: Call,
  element: TherapeuticLinkElement,
  proofs: readonly Proof[],
  { anchors }: ProofTrust,
): StoredLink {
  const { request, world, now } = call
  const { acting, patient, provider } = parties(call, element)
  assertType(element.cd)
  const period = periodOf(element, belgianDay(now))
  if ([...(element.comment ?? '')].length > longestComment) throw new HubRefusal('TL.OTHER.15')
  const byPatient = acting.kind === 'patient' || acting.kind === 'representative'
  if (!byPatient || proofs.length > 0) judgeProofs(proofs, element, patient, { anchors, now })
  const kept = byPatient ? [{ cd: coded('CD-PROOFTYPE', 'patientmanagement', '1.1') }] : [...proofs]
  if (isExcluded(world, patient.registered.ssin, provider.key)) throw new HubRefusal('TL.ACCESS.08')
  return {
    patientSsin: patient.registered.ssin,
    hcparty: element.hcparty[0]!,
    provider: provider.key,
    type: element.cd.value,
    ...period,
    ...(element.comment === undefined ? {} : { comment: element.comment }),
    declaration: { at: now, request: request.request, proofs: kept },
  }
}

function parties({ request, caller, world, now }: Call, { patient, hcparty }: TherapeuticLinkElement) {
  const acting = actingOf(request.request.author, caller, world, authorCodes)
  const found: FoundPatient = patientOf(patient, world, patientCodes, { now, living: true })
  if (patient.firstname === undefined && patient.name === undefined) throw new HubRefusal('TL.INPUT.35')
  const provider = providerOf(hcparty[0]!, world, now)
  assertMayChange(acting, provider, found.registered.ssin)
  return { acting, patient: found, provider }
}

function assertType({ S, value }: TherapeuticLinkElement['cd']): void {
  if (S === 'CD-THERAPEUTICLINKTYPE' && value === 'gmd') throw new HubRefusal('TL.INPUT.52')
  const known = Object.hasOwn(linkTypes, value) || furtherTypes.has(value)
  if (S !== 'CD-THERAPEUTICLINKTYPE' || !known) throw new HubRefusal('TL.INPUT.50')
}

/** Starts today; an end that is given lies behind it and not behind the usual one (the latter inferred). */
function periodOf(element: TherapeuticLinkElement, today: string): { start: string; end: string } {
  const start = element.startdate === undefined ? today : dayOf(element.startdate)!
  if (start < today) throw new HubRefusal('TL.INPUT.61')
  if (start > today) throw new HubRefusal('TL.INPUT.62')
  if (element.enddate === undefined) return { start, end: usualEnd(start) }
  const end = dayOf(element.enddate)!
  if (end < today) throw new HubRefusal('TL.INPUT.64')
  if (end <= start) throw new HubRefusal('TL.INPUT.63')
  if (end > usualEnd(start)) throw new HubRefusal('TL.INPUT.60')
  return { start, end }
}

const sameKey = (one: StoredLink, other: StoredLink): boolean =>
  one.patientSsin === other.patientSsin && one.provider === other.provider && one.type === other.type

function assertNew(link: StoredLink, { world, now }: Call, added: readonly StoredLink[] = []): void {
  const today = belgianDay(now)
  if ([...linksOf(world), ...added].some((known) => sameKey(known, link) && holdsOn(known, today)))
    throw new HubRefusal('TL.ACCESS.10')
}

export async function revoke(
  call: SimulatedCall<RevokeTherapeuticLinkRequest>,
  { anchors }: ProofTrust,
): Promise<RevokeTherapeuticLinkResponse> {
  const { request, world, now } = call
  const { therapeuticlink: element, proof } = request
  const { acting, patient, provider } = parties(call, element)
  if (element.cd.value === 'gmd') throw new HubRefusal('TL.ACCESS.12')
  assertType(element.cd)
  // The schema's words call the proof mandatory, its grammar does not: taken as it comes.
  if (proof.length > 0 && acting.kind !== 'patient') judgeProofs(proof, element, patient, { anchors, now })
  const link = revocable(call, element, patient.registered.ssin, provider.key)
  const end = element.enddate === undefined ? undefined : dayOf(element.enddate)!
  if (end !== undefined && (end < link.start || end > link.end)) throw new HubRefusal('TL.INPUT.67.01')
  link.revocation = { at: now, request: request.request, proofs: proof }
  await saveLinks(world)
  return hubAnswer(call)
}

/** By key, and by start where one is given; a link that holds goes before one that is over. */
function revocable(
  { world, now }: Call,
  element: TherapeuticLinkElement,
  ssin: string,
  key: string,
): StoredLink {
  const start = element.startdate === undefined ? undefined : dayOf(element.startdate)!
  const found = linksOf(world).filter(
    (link) =>
      link.patientSsin === ssin &&
      link.provider === key &&
      link.type === element.cd.value &&
      (start === undefined || link.start === start),
  )
  if (found.length === 0) throw new HubRefusal('TL.ACCESS.11')
  const link = found.find((candidate) => holdsOn(candidate, belgianDay(now)))
  if (link === undefined) throw new HubRefusal('TL.ACCESS.12')
  return link
}
