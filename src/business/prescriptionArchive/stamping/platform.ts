/** The platform as the archive sees it: sends octets, gives octets; what they are worth is judged here. */

/** Names a stamp at the platform (spec timestamp §6). */
export interface StampId {
  /** Serial number of the token, decimal text: it does not fit into a number. */
  serial: string
  /** Milliseconds since 1970 of the token's time. */
  genTimeMs: number
}

/** An answer with a stamp. */
export interface StampAnswer {
  /** SignResponse as it was received. */
  response: Uint8Array
  /** The token in it. */
  token: Uint8Array
}

/** What the platform keeps of a bag. */
export interface KeptBag extends StampAnswer {
  bytes: Uint8Array
}

/** Answer to a question about a period (spec timestamp §7.2). */
export interface CompletenessAnswer {
  status: 'OK' | 'INCOMPLETE' | 'ERROR'
  /** Stamps that the platform has and the question did not name. */
  missing: readonly StampId[]
  error?: { type: string; number: number }
}

export interface StampBagOptions {
  /** The same at every attempt. */
  requestId: string
  signal?: AbortSignal
  /** Told the answer before anything of it is judged: it is kept, whatever it is worth. */
  onAnswer: (response: Uint8Array) => void
}

/** The two services of the platform. */
export interface StampingPlatform {
  /** Has a bag stamped and kept. */
  stamp(bag: Uint8Array, options: StampBagOptions): Promise<StampAnswer>
  /** Bags by their stamps, ten at most. */
  fetch(stamps: readonly StampId[]): Promise<readonly KeptBag[]>
  completeness(period: { from: Date; to: Date; stamps: readonly StampId[] }): Promise<CompletenessAnswer>
}
