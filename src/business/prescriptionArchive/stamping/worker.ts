/** Who seals and sends: rounds that anybody may ask for, and loops that ask for them at their time. */
import { isEHealthError } from '../../../errors.js'
import { pause, type Runtime } from '../../../technical/environment/runtime.js'
import { bagCounts, type BagRow } from '../storage/bags.js'
import type { Lease } from '../storage/lease.js'
import type { Store } from '../storage/store.js'
import type { Tell } from './events.js'
import { rhythm } from './loops.js'
import type { Judging } from './judge.js'
import type { StampingPlatform } from './platform.js'
import { isOverdue, nextMark, noteHeartbeat, sealBag } from './seal.js'
import { nextToSend, recover, sendBag, type Sending, type Sent } from './send.js'
import { tellSent, tellLate } from './tell.js'

/** How often, how much, how long. Milliseconds. */
export interface Pace {
  interval: number
  maxEntriesPerBag: number
  duringOutage: 'seal' | 'hold'
  /** Between two bags, so that catching up does not flood the platform. */
  pauseBetweenBags: number
  /** After which a prescription without a stamp is an alarm. */
  alarmAfter: number
}

/** What a round of sending came to. */
export interface SendRound {
  archived: number
  quarantined: number
  refused: number
  /** Attempts that failed otherwise; the bags are sent again. */
  failed: number
}

/** `stop` ends a round after the bag in hand, `abort` in the middle of it. */
export interface SendSignals {
  stop?: AbortSignal
  abort?: AbortSignal
}

/** Seals and sends. */
export interface Worker {
  /** Code of the failure that stopped sending. */
  readonly halted: string | undefined
  /** Takes the lease and puts right what a dead process left; does nothing where it is held already. */
  take(): Promise<void>
  seal(): Promise<{ bags: number; entries: number }>
  send(signals?: SendSignals): Promise<SendRound>
  resume(): void
  run(signal: AbortSignal): Promise<void>
}

export interface WorkerParts {
  store: Store
  lease: Lease
  judging: Judging
  runtime: Runtime
  pace: Pace
  platform: () => StampingPlatform
  tell: Tell
}

/** Failures of the authority in a row after which it is taken to be the authority, not the bags. */
const patience = 3

export function worker(parts: WorkerParts): Worker {
  const { store, lease, judging, runtime, pace, platform, tell } = parts
  let hasRecovered = false
  let halted: string | undefined
  const now = (): number => runtime.now().getTime()

  const take = async (): Promise<void> => {
    if (!lease.hold() && hasRecovered) return
    for (const { state } of await recover({ store, lease, judging, runtime, longestPause: pace.interval }))
      if (state === 'ARCHIVED') tell({ state: 'recovered' })
    hasRecovered = true
  }

  /** Whether bags wait because the platform does not take them. */
  const isOut = (): boolean => {
    const { SEALED, UNKNOWN } = bagCounts(store)
    return SEALED + UNKNOWN > 0
  }

  const seal = async (): Promise<{ bags: number; entries: number }> => {
    await take()
    const made = { bags: 0, entries: 0 }
    // an outage with `hold`: one bag is tried, the rest waits in the journal
    while (!(pace.duringOutage === 'hold' && isOut())) {
      const sealed = sealBag(store, { lease, runtime, maxEntries: pace.maxEntriesPerBag })
      if (sealed === undefined) break
      made.bags += 1
      made.entries += sealed.entries
      // prescriptions come in between two bags
      await new Promise((resolve) => setImmediate(resolve))
    }
    noteHeartbeat(store, now(), made.bags)
    tell(made.bags === 0 ? { state: 'heartbeat' } : { state: 'sealed', ...made })
    return made
  }

  const send = async ({ stop, abort }: SendSignals = {}): Promise<SendRound> => {
    await take()
    const round: SendRound = { archived: 0, quarantined: 0, refused: 0, failed: 0 }
    const sending: Sending = {
      store,
      lease,
      judging,
      runtime,
      signal: abort,
      platform: platform(),
      longestPause: pace.interval,
    }
    let inRow = 0
    let bag: BagRow | undefined
    while (halted === undefined && stop?.aborted !== true && inRow < patience) {
      bag = nextToSend(store, now(), bag?.sequence ?? 0)
      if (bag === undefined) break
      lease.hold()
      const sent = await sendBag(sending, bag)
      tellSent(tell, sent, judging)
      count(round, sent)
      if (sent.result === 'failed') {
        const { failure } = sent
        inRow = failure.outcome === 'refused' ? 0 : inRow + 1
        if (failure.round === 'stop') halted = failure.code
        if (failure.round !== 'go-on') break
      } else inRow = 0
      if (nextToSend(store, now(), bag.sequence) !== undefined)
        await pause(runtime, pace.pauseBetweenBags, { signal: stop }).catch(() => undefined)
    }
    if (halted !== undefined) tell({ state: 'halted', code: halted })
    return round
  }

  return {
    get halted() {
      return halted
    },
    take,
    seal,
    send,
    resume: () => {
      halted = undefined
    },
    run: (signal) =>
      rhythm({
        runtime,
        signal,
        lease,
        tell,
        lost: (error) => {
          hasRecovered &&= !isEHealthError(error, 'prescription-archive.leased')
        },
        take,
        isSealDue: () => isOverdue(store, now(), pace.interval),
        nextSeal: () => nextMark(now(), pace.interval),
        seal,
        hasToSend: () => halted === undefined && nextToSend(store, now(), 0) !== undefined,
        send,
        watch: () => tellLate(tell, store, now(), pace.alarmAfter),
      }),
  }
}

function count(round: SendRound, sent: Sent): void {
  if (sent.result === 'settled') round[sent.settled.state === 'ARCHIVED' ? 'archived' : 'quarantined'] += 1
  else round[sent.failure.outcome === 'refused' ? 'refused' : 'failed'] += 1
}
