/** The loops of the sealer, as long as nobody stops them: sealing at the marks, sending when something is due. */
import { EHealthError, isEHealthError } from '../../../errors.js'
import { pause, type Runtime } from '../../../technical/environment/runtime.js'
import { leased, leaseMilliseconds, type Lease } from '../storage/lease.js'
import type { Tell } from './events.js'

/** What is done when. Instants in milliseconds since 1970. */
export interface Rhythm {
  runtime: Runtime
  signal: AbortSignal
  lease: Lease
  tell: Tell
  take(): Promise<void>
  isSealDue(): boolean
  nextSeal(): number
  seal(): Promise<unknown>
  hasToSend(): boolean
  /** A round: `stop` ends it after the bag in hand, `abort` in the middle of that. */
  send(signals: { stop: AbortSignal; abort: AbortSignal }): Promise<unknown>
  watch(): void
  /** What ended a turn. */
  lost(error: unknown): void
}

/** Milliseconds between two looks whether something is to be sent, or whether the lease is free. */
const look = 1000
/** Milliseconds that an answer is waited for when the process is to stop. */
const grace = 10_000

/** Runs until the signal. Whoever finds the lease taken stands by, and takes over when its holder is gone. */
export async function rhythm(parts: Rhythm): Promise<void> {
  const { signal, runtime, tell, lease } = parts
  let told = ''
  while (!signal.aborted) {
    try {
      await parts.take()
      told = ''
      await turn(parts)
    } catch (error) {
      parts.lost(error)
      const code = error instanceof EHealthError ? error.code : 'unexpected'
      // once for each reason, not once a second
      if (told !== code)
        tell(
          isEHealthError(error, 'prescription-archive.leased')
            ? { state: 'standing-by' }
            : { state: 'failed', code },
        )
      told = code
      if (isEHealthError(error, 'prescription-archive.closed')) return
      await pause(runtime, look, { signal }).catch(() => undefined)
    }
  }
  try {
    lease.release()
  } catch {
    // it ends by itself
  }
}

/** Until the signal, or until one of the loops fails: then the others end, too. */
async function turn(parts: Rhythm): Promise<void> {
  const failing = new AbortController()
  const signal = AbortSignal.any([parts.signal, failing.signal])
  const loops = [sealing, sending, holding].map(async (loop) => {
    try {
      await loop(parts, signal)
    } catch (error) {
      failing.abort()
      throw error
    }
  })
  const ends = await Promise.allSettled(loops)
  const failed = ends.find((end) => end.status === 'rejected')
  if (failed !== undefined) throw failed.reason
}

async function sealing(parts: Rhythm, signal: AbortSignal): Promise<void> {
  if (parts.isSealDue()) await parts.seal()
  while (!signal.aborted) {
    const mark = parts.nextSeal()
    // in short steps: a clock that is set, or a machine that slept, is noticed
    while (!signal.aborted && parts.runtime.now().getTime() < mark)
      await rest(parts, Math.min(mark - parts.runtime.now().getTime(), look), signal)
    if (!signal.aborted) await parts.seal()
    parts.watch()
  }
}

async function sending(parts: Rhythm, signal: AbortSignal): Promise<void> {
  const hard = new AbortController()
  const end = (): void => void pause(parts.runtime, grace, { idle: true }).then(() => hard.abort())
  signal.addEventListener('abort', end, { once: true })
  try {
    while (!signal.aborted) {
      if (parts.hasToSend()) await parts.send({ stop: signal, abort: hard.signal })
      else await rest(parts, look, signal)
    }
  } finally {
    signal.removeEventListener('abort', end)
  }
}

async function holding(parts: Rhythm, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    await rest(parts, leaseMilliseconds / 3, signal)
    // somebody had it meanwhile: begin anew, with a look at what he left
    if (!signal.aborted && parts.lease.hold()) throw leased()
  }
}

const rest = (parts: Rhythm, milliseconds: number, signal: AbortSignal): Promise<void> =>
  pause(parts.runtime, milliseconds, { signal }).catch(() => undefined)
