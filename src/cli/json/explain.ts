/** What `ehealth explain` prints. */
import type { ErrorOrigin } from '../../errors.js'

/** A code of ours. */
export interface ExplainedCode {
  code: string
  /** What stands before the dot. */
  family: string
  /** Who must act. */
  origin: ErrorOrigin
  /** Whether the very same call may simply be repeated. */
  retryable: boolean
  meaning: string
  /** What to do. */
  hint: string
}

/** A code of the platform. */
export interface ExplainedPlatformCode extends ExplainedCode {
  /** Our code for it. */
  error: string
  platform: {
    /** What the platform says with it. */
    text: string
    /** Whose fault it is, as the platform sees it. */
    origin: 'Consumer' | 'Provider'
    /** What the library repeats after it. */
    repeat: string
  }
}

/** A code, a family of codes, or all of them. */
export type Explain =
  | ExplainedCode
  | ExplainedPlatformCode
  | {
      family: string
      codes: ExplainedCode[]
    }
  | ExplainedCode[]
