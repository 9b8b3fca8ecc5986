/** What comparing two archives needs. */
import type { Judging } from '../stamping/judge.js'
import type { StampId, StampingPlatform } from '../stamping/platform.js'
import type { Store } from '../storage/store.js'
import type { AuditOptions } from './types.js'

export interface Comparing {
  store: Store
  judging: Judging
  platform: StampingPlatform
  reverse: NonNullable<AuditOptions['reverse']>
}

/** Stamps of one call of the consultation (spec timestamp §7.1). */
export const stampsPerCall = 10

/** Both parts together: a serial is unique for one authority only. */
export const keyOf = ({ serial, genTimeMs }: StampId): string => `${serial} ${genTimeMs}`
