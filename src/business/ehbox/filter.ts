/** Choosing among listed messages. The platform has no filters: the choice is made here, page by page. */
import { refuseUnknownOptions, invalidOption } from '../../technical/session/options.js'
import type { ListedMessage, MessageType } from './listed.js'
import type { Sender } from './parties.js'

/** What a message must be; everything that is given must hold. */
export interface ListFilter {
  type?: MessageType | readonly MessageType[]
  /** As the platform states the sender; for instance `{ quality: 'LABO' }`. */
  sender?: Partial<Pick<Sender, 'id' | 'type' | 'subType' | 'quality' | 'name'>>
  important?: boolean
  encrypted?: boolean
  hasAnnex?: boolean
  hasFreeInformation?: boolean
  /** Whether it names a patient; whom, only opening tells. */
  hasPatient?: boolean
  /** A part of the title, or a pattern. */
  title?: string | RegExp
  application?: string
  /** Custom metas that it must carry. */
  customMetas?: Readonly<Record<string, string>>
  /** First day of publication, `YYYY-MM-DD`. */
  since?: string
  /** Last day of publication, `YYYY-MM-DD`. */
  until?: string
}

const names: readonly (keyof ListFilter)[] = [
  'type',
  'sender',
  'important',
  'encrypted',
  'hasAnnex',
  'hasFreeInformation',
  'hasPatient',
  'title',
  'application',
  'customMetas',
  'since',
  'until',
]

const senderNames = ['id', 'type', 'subType', 'quality', 'name'] as const

/** A filter, or a function of one's own. */
export type Where = ListFilter | ((message: ListedMessage) => boolean)

/**
 * Makes the test of a filter.
 *
 * @throws EHealthError `configuration.invalid` for a name that nobody knows and for what is no day
 */
export function testOf(where: Where | undefined): (message: ListedMessage) => boolean {
  if (where === undefined) return () => true
  if (typeof where === 'function') return where
  refuseUnknownOptions(where, names, 'where')
  const { type, sender, title, customMetas, since, until } = where
  if (sender !== undefined) refuseUnknownOptions(sender, senderNames, 'where.sender')
  checkDay(since, 'where.since')
  checkDay(until, 'where.until')
  const types = type === undefined ? undefined : [type].flat()
  const flags = (['important', 'encrypted', 'hasAnnex', 'hasFreeInformation', 'application'] as const).filter(
    (name) => where[name] !== undefined,
  )
  return (message) =>
    (types === undefined || types.includes(message.type)) &&
    flags.every((name) => message[name] === where[name]) &&
    (where.hasPatient === undefined || where.hasPatient === (message.patient !== undefined)) &&
    (sender === undefined ||
      senderNames.every((name) => sender[name] === undefined || sender[name] === message.sender[name])) &&
    (title === undefined || fits(message.title ?? '', title)) &&
    Object.entries(customMetas ?? {}).every(([key, value]) =>
      message.customMetas.some(([ownKey, ownValue]) => ownKey === key && ownValue === value),
    ) &&
    (since === undefined || dayOf(message) >= since) &&
    (until === undefined || dayOf(message) <= until)
}

/** A day with a zone is the day that the platform wrote, in whatever zone. */
const dayOf = ({ publicationDate }: ListedMessage): string => publicationDate.slice(0, 10)

function fits(text: string, title: string | RegExp): boolean {
  if (typeof title === 'string') return text.toLowerCase().includes(title.toLowerCase())
  // of a pattern that remembers where it stopped, each message starts anew
  title.lastIndex = 0
  return title.test(text)
}

function checkDay(day: string | undefined, path: string): void {
  if (day !== undefined && !/^\d{4}-\d\d-\d\d$/.test(day)) throw invalidOption(path, 'expected YYYY-MM-DD')
}
