/** The parts of one HTTP exchange, as far as the transport tells them. */
import type { Phase } from './events.js'
import type { Watch } from './watch.js'

/** What a transport can tell while it works, in this order; any of them may be left out. */
export type TransportMark =
  /** It asks for a connection. A transport that tells this is taken to tell the rest. */
  | 'connecting'
  /** There is a connection, new or kept. */
  | 'connected'
  /** The request has been handed to the network. */
  | 'sent'
  /** The headers of the answer are there. */
  | 'answering'

const marks: readonly TransportMark[] = ['connecting', 'connected', 'sent', 'answering']
/** What goes on before the first mark and after each of them; without marks, only the whole is known. */
const phases: readonly Phase[] = ['exchange', 'connect', 'send', 'wait', 'receive']

/** Follows one exchange: give `mark` to the transport, call `end` when it is over. */
export function followExchange(watch: Watch): {
  mark: (mark: TransportMark) => void
  end: (failed: boolean) => void
} {
  let current = 0
  let since = watch.now()
  let over = false
  return {
    mark: (mark) => {
      const next = marks.indexOf(mark) + 1
      // an early answer comes before the request is out; what is over does not begin again
      if (over || next <= current) return
      if (current > 0) watch.ended(phases[current]!, since, false)
      current = next
      since = watch.now()
    },
    end: (failed) => {
      if (over) return
      over = true
      watch.ended(phases[current]!, since, failed)
    },
  }
}
