/** Who must act: the calling program, the network, the platform, or another party's data. */
export type ErrorOrigin = 'client' | 'transport' | 'platform' | 'partner'

/** What the catalogue knows of a code. */
export interface ErrorEntry {
  origin: ErrorOrigin
  /** What happened, one sentence. */
  meaning: string
  /** What to do next, one sentence. */
  hint: string
  /** True where the same call may simply be repeated. Default false. */
  retryable?: boolean
}
