/**
 * The register of exclusions (spec consent-therlink-hub §4). No code of the real one is known: those of the register of
 * links stand here instead, all of them (inferred).
 */
import {
  exclusionOperations,
  type ExclusionWithContext,
  type GetTherapeuticExclusionHistoryRequest,
  type GetTherapeuticExclusionHistoryResponse,
  type GetTherapeuticExclusionRequest,
  type GetTherapeuticExclusionResponse,
  type PutTherapeuticExclusionRequest,
  type PutTherapeuticExclusionResponse,
  type RevokeTherapeuticExclusionRequest,
  type RevokeTherapeuticExclusionResponse,
} from '../../../business/exclusions/contract.js'
import type { HcParty, HubRequest, PatientId } from '../../../business/kmehr/contract.js'
import { belgianDay, dayOf } from '../../../technical/environment/belgianCalendar.js'
import { simulate, type SimulatedCall, type SimulatedService } from '../../service.js'
import type { RegisteredPatient, World } from '../../world.js'
import { actingOf } from '../hub/author.js'
import { answering, hubAnswer } from '../hub/answer.js'
import { shownOperation } from '../hub/operation.js'
import { patientOf, shownPatient } from '../hub/patient.js'
import { HubRefusal } from '../hub/refusal.js'
import { authorCodes, linkRoles, patientCodes } from '../therlink/codes.js'
import { providerKey } from '../therlink/state.js'
import { exclusionsOf, isExcluded, saveExclusions, type StoredExclusion } from './state.js'

export const exclusionRegister: SimulatedService = {
  service: 'therapeuticExclusion',
  operations: [
    simulate(exclusionOperations.putTherapeuticExclusion, {
      answer: answering<PutTherapeuticExclusionRequest, PutTherapeuticExclusionResponse>(put),
    }),
    simulate(exclusionOperations.getTherapeuticExclusion, {
      answer: answering<GetTherapeuticExclusionRequest, GetTherapeuticExclusionResponse>(get),
    }),
    simulate(exclusionOperations.getTherapeuticExclusionHistory, {
      answer: answering<GetTherapeuticExclusionHistoryRequest, GetTherapeuticExclusionHistoryResponse>(
        history,
      ),
    }),
    simulate(exclusionOperations.revokeTherapeuticExclusion, {
      answer: answering<RevokeTherapeuticExclusionRequest, RevokeTherapeuticExclusionResponse>(revoke),
    }),
  ],
}

type Call = Pick<SimulatedCall<{ request: HubRequest }>, 'request' | 'caller' | 'world' | 'now'>

/** Patients and those who act for them, nobody else: providers cannot even ask (§4.1). */
function concerned({ request, caller, world, now }: Call, patient: PatientId): RegisteredPatient {
  const acting = actingOf(request.request.author, caller, world, authorCodes)
  if (acting.kind !== 'patient' && acting.kind !== 'representative') throw new HubRefusal('TL.ACCESS.05')
  const { registered } = patientOf(patient, world, patientCodes, { now, living: true })
  const actsFor = acting.kind === 'patient' ? acting.ssin : acting.patient
  if (actsFor !== registered.ssin) throw new HubRefusal('TL.ACCESS.07')
  return registered
}

/** A person by SSIN, an organisation by NIHII number; of the categories that can have links. */
function excludedKey(hcparty: HcParty, world: World): string {
  const role = hcparty.cd.find(({ S }) => S === 'CD-HCPARTY')?.value ?? ''
  if (!linkRoles.has(role) && role !== 'perspharmacist') throw new HubRefusal('TL.INPUT.44.1')
  if (role.startsWith('pers') && !hcparty.id.some(({ S }) => S === 'INSS'))
    throw new HubRefusal('TL.INPUT.40')
  const key = providerKey(hcparty, world)
  if (key === undefined) throw new HubRefusal('TL.INPUT.47')
  return key
}

async function put(
  call: SimulatedCall<PutTherapeuticExclusionRequest>,
): Promise<PutTherapeuticExclusionResponse> {
  const { request, world, now } = call
  const { patient, hcparty } = request.therapeuticexclusion
  const { ssin: patientSsin } = concerned(call, patient)
  const provider = excludedKey(hcparty, world)
  if (isExcluded(world, patientSsin, provider)) throw new HubRefusal('TL.ACCESS.10')
  exclusionsOf(world).push({
    patientSsin,
    hcparty,
    provider,
    declaration: { at: now, request: request.request },
  })
  await saveExclusions(world)
  return hubAnswer(call)
}

async function revoke(
  call: SimulatedCall<RevokeTherapeuticExclusionRequest>,
): Promise<RevokeTherapeuticExclusionResponse> {
  const { request, world, now } = call
  const { patient, hcparty } = request.therapeuticexclusion
  const { ssin } = concerned(call, patient)
  const provider = excludedKey(hcparty, world)
  const exclusion = exclusionsOf(world).find(
    (known) => known.patientSsin === ssin && known.provider === provider && known.revocation === undefined,
  )
  if (exclusion === undefined) throw new HubRefusal('TL.ACCESS.11')
  exclusion.revocation = { at: now, request: request.request }
  await saveExclusions(world)
  return hubAnswer(call)
}

function get(call: SimulatedCall<GetTherapeuticExclusionRequest>): GetTherapeuticExclusionResponse {
  const { select } = call.request
  const found = selected(call, select).filter(({ revocation }) => revocation === undefined)
  return { ...hubAnswer(call), ...listOf(found, call.world) }
}

function history(
  call: SimulatedCall<GetTherapeuticExclusionHistoryRequest>,
): GetTherapeuticExclusionHistoryResponse {
  const { begindate, enddate } = call.request.select
  const from = begindate === undefined ? undefined : dayOf(begindate)
  const until = enddate === undefined ? undefined : dayOf(enddate)
  const found = selected(call, call.request.select).filter(
    ({ declaration, revocation }) =>
      (until === undefined || belgianDay(declaration.at) <= until) &&
      (from === undefined || revocation === undefined || belgianDay(revocation.at) >= from),
  )
  return { ...hubAnswer(call), ...listOf(found, call.world) }
}

function selected(
  call: Call,
  { patient, hcparty }: GetTherapeuticExclusionRequest['select'],
): StoredExclusion[] {
  const { ssin } = concerned(call, patient)
  const key = hcparty === undefined ? undefined : providerKey(hcparty, call.world)
  return exclusionsOf(call.world).filter(
    (known) => known.patientSsin === ssin && (hcparty === undefined || known.provider === key),
  )
}

const listOf = (found: readonly StoredExclusion[], world: World) => ({
  therapeuticexclusionlist: { therapeuticexclusion: found.map((exclusion) => shown(exclusion, world)) },
})

const shown = (
  { patientSsin, hcparty, declaration, revocation }: StoredExclusion,
  world: World,
): ExclusionWithContext => ({
  patient: shownPatient(world.findPatient(patientSsin)!),
  hcparty,
  operationcontext: [
    shownOperation('declaration', declaration),
    ...(revocation === undefined ? [] : [shownOperation('revocation', revocation)]),
  ],
})
