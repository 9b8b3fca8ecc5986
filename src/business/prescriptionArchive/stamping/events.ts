/** What the archive tells of its work, by the house's events. */
import type { ArchiveEvent } from '../../../technical/observability/index.js'

type Untimed<Event> = Event extends unknown ? Omit<Event, 'at' | 'type'> : never

/** Tells something; when, is added. */
export type Tell = (fact: Untimed<ArchiveEvent>) => void
