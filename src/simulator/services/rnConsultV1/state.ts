/** What ConsultRN v1 keeps: who is inscribed by whom, what was changed, and which changes wait (spec rn-consult §9, §10). */
import type { Inscription, Mutation, PersonData } from '../../../business/rnConsultV1/contract.js'
import type { Caller } from '../../service.js'
import type { SlotCodec, World } from '../../world.js'

interface State {
  /** By caller and number. */
  inscriptions: Record<string, Inscription>
  /** Data that were changed, by number: what others of this generation are told from then on. */
  changed: Record<string, PersonData>
  /** By caller. */
  waiting: Record<string, Mutation[]>
  /** Lists handed out, by caller. */
  lists: Record<string, number>
}

const slotName = 'rnConsultV1'

const codec: SlotCodec<State> = { toJson: (state) => state, fromJson: (json) => json as State }

export const stateOf = (world: World): State =>
  world.slot<State>(slotName, () => ({ inscriptions: {}, changed: {}, waiting: {}, lists: {} }), codec)

export const save = (world: World): Promise<void> => world.save(slotName)

/** Who calls, as the register keeps it. */
export const callerKey = ({ actor, certificate }: Caller): string =>
  actor?.name ?? certificate?.fingerprint ?? 'somebody'

export const inscriptionKey = (caller: Caller, ssin: string): string => `${callerKey(caller)} ${ssin}`

/** A change is told to everybody who has the person inscribed. */
export function tellInscribed(world: World, ssin: string, mutation: Mutation): void {
  const { inscriptions, waiting } = stateOf(world)
  for (const key of Object.keys(inscriptions)) {
    if (!key.endsWith(` ${ssin}`)) continue
    const caller = key.slice(0, -ssin.length - 1)
    waiting[caller] = [...(waiting[caller] ?? []), mutation]
  }
}
