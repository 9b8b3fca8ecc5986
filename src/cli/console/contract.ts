/**
 * What the console's page and its server say to each other: JSON over HTTP on loopback, below the token in the path.
 *
 * | request                       | answer                                                          |
 * | ----------------------------- | --------------------------------------------------------------- |
 * | `GET api/state`               | {@link ConsoleState}                                            |
 * | `GET api/exchanges`           | {@link ExchangeLine}[], oldest first                            |
 * | `GET api/exchanges/NUMBER`    | {@link ExchangeDetail}                                          |
 * | `GET api/events`              | server-sent events: `exchange` ({@link ExchangeLine}), `state` ({@link ConsoleState}) |
 * | `GET api/mailboxes`           | {@link MailboxView}[]                                           |
 * | `GET api/mailboxes/message/ID` | {@link MessageView}, opened with the personas' keys            |
 * | `GET api/access`              | {@link AccessView}                                              |
 * | `GET api/register?search=…&offset=N` | {@link RegisterPage}                                     |
 * | `GET api/register/SSIN`       | {@link RegisterEntry} with everything known                     |
 * | `POST api/faults`             | a `FaultPlan` as in a file of plans; {@link ConsoleState}       |
 * | `DELETE api/faults`           | {@link ConsoleState}                                            |
 * | `POST api/clock`              | {@link ClockOrder}; {@link ConsoleState}                        |
 *
 * What fails is answered with status 4xx or 5xx and {@link ConsoleProblem}. POST and DELETE carry
 * `Content-Type: application/json`, and `Origin` as browsers set it. The events begin with the present `state`; the `id` of
 * an `exchange` is its number, so that a stream that is opened again goes on where it was.
 */

/** Why a request of the page was refused. */
export interface ConsoleProblem {
  error: { code: string; message: string }
}

/** What stands at the top of the page, and in its controls. */
export interface ConsoleState {
  /** Of the simulated platform. */
  url: string
  dir: string
  personas: {
    name: string
    displayName: string
    profession: string
    ssin?: string
    nihii?: string
    cbe?: string
  }[]
  /** Names of the services that are served. */
  services: string[]
  clock: { now: string; held: boolean; offsetMilliseconds: number }
  /** Plans that have not run out; `left` is how often each still strikes, null for always. */
  faults: { plan: Record<string, unknown>; left: number | null }[]
  /** Kinds of trouble that the page has buttons for, in the order to show. */
  troubles: { kind: string; title: string; plan: Record<string, unknown> }[]
}

/** How far a request came. */
export interface CheckView {
  name: 'message' | 'security' | 'authorisation' | 'schema' | 'content' | 'business'
  result: 'passed' | 'failed' | 'skipped'
}

/** One line of the live list. */
export interface ExchangeLine {
  number: number
  at: string
  milliseconds: number
  service: string
  operation?: string
  endpoint: 'default' | 'recovery'
  /** Who called, as proven: name and how he proved it. */
  caller?: string
  status: number
  outcome: 'answered' | 'refused'
  /** Scripted trouble that struck it. */
  trouble?: string
  checks: CheckView[]
  /** Code in the fault. */
  code?: string
}

/** One exchange with everything that can be told of it. */
export interface ExchangeDetail extends ExchangeLine {
  soapAction?: string
  request: WireView
  response: WireView
  /** What each check looked at, in the words for a person who has never seen it; `note` says what was found. */
  explained: { check: CheckView['name']; title: string; looksAt: string; note?: string }[]
  refused?: {
    code: string
    message: string
    /** Code of the library for what the simulator found, with its meaning and hint from the catalogue. */
    reason?: string
    meaning?: string
    hint?: string
  }
  /** Of the caller. */
  certificate?: { subject: string; issuer: string; serial: string; notBefore: string; notAfter: string }
  /** Token in the security header, or given by the answer of the STS. */
  tokens: TokenView[]
  /** Sealed content in request and answer. */
  sealed: SealedView[]
}

/** One direction. */
export interface WireView {
  contentType?: string
  octets: number
  /** The envelope, indented for reading; absent where there is none. */
  envelope?: string
  /** Longer envelopes are cut for the page. */
  cut: boolean
  /** Attachments. */
  parts: { id: string; contentType: string; octets: number; text?: string }[]
}

/** A SAML assertion. */
export interface TokenView {
  in: 'request' | 'response'
  id: string
  version: string
  issuer: string
  subject: string
  confirmation: string
  notBefore: string
  notOnOrAfter: string
  attributes: { name: string; namespace: string; values: string[] }[]
}

/** A sealed message (CMS) found on the way. */
export interface SealedView {
  in: 'request' | 'response'
  /** Path of the element, or the attachment. */
  where: string
  octets: number
  /** Persona or service whose key opened it; absent where none did. */
  openedBy?: string
  /** Who signed it, as its certificate says. */
  author?: string
  /** Octets of the content. */
  contentOctets?: number
  /** The content where it is text; XML is indented. */
  text?: string
  /** Why it could not be opened. */
  problem?: { code: string; meaning: string }
}

/** A mailbox with something in it, or of a persona. */
export interface MailboxView {
  owner: string
  quality: string
  number: string
  folders: { name: string; messages: MessageLine[] }[]
}

export interface MessageLine {
  id: string
  title: string
  type: string
  sender: string
  at: string
  encrypted: boolean
  read: boolean
}

/** A message as its addressee would see it. */
export interface MessageView extends MessageLine {
  addressees: string[]
  body?: SealedOrClear
  annexes: ({ title: string; fileName: string; mimeType: string } & SealedOrClear)[]
  metadata: { key: string; value: string }[]
}

export interface SealedOrClear {
  octets: number
  text?: string
  openedBy?: string
  problem?: { code: string; meaning: string }
}

/** Who may read whose data. */
export interface AccessView {
  consents: {
    patient: string
    ssin: string
    type: string
    signed: string
    revoked?: string
    author: string
  }[]
  links: {
    patient: string
    ssin: string
    provider: string
    type: string
    from: string
    until: string
    revoked: boolean
  }[]
  exclusions: { patient: string; ssin: string; provider: string }[]
}

/** People of the national register. */
export interface RegisterPage {
  total: number
  offset: number
  people: RegisterEntry[]
}

export interface RegisterEntry {
  ssin: string
  name: string
  birthDate: string
  sex: string
  address?: string
  /** What is rare about him: deceased, replaced number, … */
  remarks: string[]
  /** Everything else, by name; only of one person. */
  details?: { name: string; value: string }[]
}

/** What to do with the clock. */
export type ClockOrder =
  { order: 'hold'; at?: string } | { order: 'advance'; milliseconds: number } | { order: 'release' }
