/** Everything that is told of a call and of a session, as one discriminated union (docs/observability.md). */

/** What a call spends its time on; the transport tells as much of the exchange as it knows. */
export type Phase =
  /** Waiting for keystore and token: the first call asks the STS, the others find what it got. */
  | 'token'
  /** Validating the request and writing the Body. */
  | 'write'
  /** Writing and signing the security header. */
  | 'sign'
  /** Waiting for a connection: pool, name, TCP and TLS; next to nothing on one that was kept. */
  | 'connect'
  /** Handing the request to the network. */
  | 'send'
  /** From the last octet sent to the headers of the answer: the platform at work. */
  | 'wait'
  /** From the headers of the answer to its last octet. */
  | 'receive'
  /** The whole exchange, where the transport does not tell its parts. */
  | 'exchange'
  /** Writing the exchange into a recording. */
  | 'record'
  /** Parsing the answer: MIME, XML, envelope, headers, faults. */
  | 'parse'
  /** Reading the value that the contract promises. */
  | 'read'
  /** Verifying what is signed in the answer: the assertion of the STS, an encryption token. Messages themselves are not. */
  | 'verify'

/** What every event has. */
interface Told {
  /** When it happened or, for what lasted, began: monotonic milliseconds of the process. Only differences mean anything. */
  at: number
}

/** What every event of a call has, so that they can be joined. */
interface ToldOfCall extends Told {
  /** Random UUID of the call; the same for all its attempts. */
  callId: string
  /** From 1. */
  attempt: number
  service: string
  operation: string
}

/** What lasted. */
interface Lasted {
  milliseconds: number
}

/** A reason, in codes only: texts of the platform may name people. */
interface Reason {
  /** Code of the library (docs/errors.md); `unexpected` for what is no `EHealthError`. */
  code: string
  /** Code of the platform, for instance `SOA-01001`. */
  platformCode?: string
  /** Ticket of the fault, for the service desk. */
  ticket?: string
}

/** A call begins, and ends: well without `code`, badly with it. */
export type CallEvent =
  | (ToldOfCall & { type: 'call'; state: 'begun' })
  | (ToldOfCall & Lasted & Partial<Reason> & { type: 'call'; state: 'ended' })

/** A phase has ended; `failed` where it is the one that broke. */
export interface PhaseEvent extends ToldOfCall, Lasted {
  type: 'phase'
  phase: Phase
  failed?: true
}

/** Something happened on the wire, or on the way to it. Only these fields: never payloads, identifiers of persons, or secrets. */
export type WireEvent =
  | CallEvent
  | PhaseEvent
  | (ToldOfCall & { type: 'request'; endpoint: string; bytes: number })
  | (ToldOfCall &
      Lasted & {
        type: 'response'
        endpoint: string
        httpStatus: number
        bytes: number
        /** `X-CorrelationID` of the answer, for the service desk. */
        correlationId?: string
      })
  /** An attempt ended badly. */
  | (ToldOfCall & Reason & { type: 'fault' })
  /** Another attempt begins; `attempt` is its number, `code` what became of the last. */
  | (ToldOfCall & {
      type: 'retry'
      code: string
      /** Where to; absent for the endpoint of before. */
      endpoint?: string
      /** Milliseconds waited. */
      pause?: number
    })
  /** The clock here and the platform's differ by more than 30 seconds, or agree again; told once for each change. */
  | (ToldOfCall & {
      type: 'clock'
      endpoint: string
      /** Milliseconds by which this machine is ahead; negative: behind. */
      skew: number
      /** Whether messages are dated by the platform's clock. */
      corrected: boolean
    })
  /** An exchange could not be written into the recording; the call goes on without. */
  | (ToldOfCall & { type: 'recording'; state: 'failed'; code: string })

/** Something happened to the token of the session. */
export type TokenEvent = Told & { type: 'token' } & (
    | (Lasted & { state: 'issued'; renewal: boolean; notOnOrAfter: Date })
    /** It was given or kept before, and found good: nobody had to log in. */
    | (Lasted & { state: 'loaded'; notOnOrAfter: Date })
    /** What was given or kept is not used; the STS is asked where it may be. */
    | (Lasted & { state: 'rejected'; code: string })
    /** The store of tokens failed or was silent; the session goes on without it. */
    | (Lasted & { state: 'store-failed'; code: string })
    /** There was no token before, and the STS gave none. */
    | (Lasted & { state: 'failed'; code: string })
    /** The platform refused the token before its end; a new one is asked for. */
    | { state: 'dropped'; code: string }
    /** The old token is still valid and stays in use. */
    | (Lasted & { state: 'renewal-failed'; code: string; notOnOrAfter: Date })
  )

/** Encryption tokens of an actor were looked up. Who looks for the same at the same time shares one look-up. */
export interface EtkEvent extends Told, Lasted {
  type: 'etk'
  /** Kind of number that was looked for, for instance `NIHII-HOSPITAL`; never the number. */
  ownerType: string
  /** Absent when the look-up failed. */
  source?: 'cache' | 'depot'
  /** How many tokens were found. */
  tokens?: number
  code?: string
}

/** Something was sealed or unsealed with the keys of the session. */
export interface SealEvent extends Told, Lasted {
  type: 'seal' | 'unseal'
  /** Size of the content to seal, or of the sealed message. */
  bytes: number
  /** How many it is sealed for. */
  recipients?: number
  code?: string
}

/** Something about a mailbox that its owner should know, or that a mail loop did. Never which message. */
export type MailboxEvent = Told & { type: 'mailbox' } & (
    | {
        /** It is filling up, or so full that mail waits outside. */
        state: 'nearly-full' | 'stand-by'
        /** Per cent of its size; above 100 the owner must clean up. */
        usage: number
        /** Messages that wait. */
        standBy: number
      }
    /** A mail loop handed a message over, and it is done. */
    | (Lasted & { state: 'handled'; tries: number })
    /** The handler, or reading, failed; it will be tried again. */
    | (Lasted & { state: 'failed'; tries: number; code: string })
    /** It failed as often as it may. */
    | (Lasted & { state: 'set-aside'; tries: number; code: string })
    /** A mail loop could not ask and waits. */
    | { state: 'waiting'; pause: number; code: string; platformCode?: string }
  )

/** Something about the archive of prescriptions (docs/prescription-archive.md). Numbers of bags, never of prescriptions. */
export type ArchiveEvent = Told & { type: 'archive' } & (
    | { state: 'sealed'; bags: number; entries: number }
    /** The sealer looked, and nothing was to be sealed. */
    | { state: 'heartbeat' }
    /** A bag has a verified stamp. */
    | (Lasted & { state: 'stamped'; bag: number; tries: number; entries: number })
    /** The same, from an answer that a dead process left. */
    | { state: 'recovered' }
    /** It will be tried again. */
    | { state: 'attempt-failed'; bag: number; tries: number; code: string; platformCode?: string }
    /** The platform refuses the bag: somebody must look. */
    | { state: 'refused'; bag: number; tries: number; code: string; platformCode?: string }
    /** The stamp does not verify. */
    | { state: 'quarantined'; bag: number; tries: number; code: string }
    /** Nothing more is sent: somebody must look. */
    | { state: 'halted'; code: string }
    /** A prescription waits for its stamp longer than it may. */
    | { state: 'late'; waiting: number }
    /** The clock here and the authority's differ by more than a minute. */
    | { state: 'skewed'; skew: number }
    /** Another process seals and sends; this one takes over when that one is gone. */
    | { state: 'standing-by' }
    /** Sealing or sending failed by itself, for instance a full disk; it goes on after a pause. */
    | { state: 'failed'; code: string }
    /** A check of the platform's archive found stamps that were missing here, bags that are not ours, or stamps missing there. */
    | { state: 'checked'; repaired: number; foreign: number; missing: number }
  )

/** Everything that a session tells. */
export type SessionEvent = WireEvent | TokenEvent | EtkEvent | SealEvent | MailboxEvent | ArchiveEvent

/** Receives events of calls; errors thrown by a listener are ignored. */
export type EventListener = (event: WireEvent) => void

/** Receives events; errors thrown by a listener are ignored. */
export type SessionListener = (event: SessionEvent) => void

type Without<Event, Names extends string> = Event extends unknown ? Omit<Event, Names> : never

/** A {@link WireEvent} before it is known which call it belongs to; what it says about that is not believed. @internal */
export type CallFact = Without<WireEvent, keyof ToldOfCall> & Partial<ToldOfCall>
