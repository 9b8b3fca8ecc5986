/** Listing a folder (spec ehealthbox §3.3). */
import { refuseUnknownOptions, invalidOption } from '../../technical/session/options.js'
import type { Session } from '../../technical/session/types.js'
import { consultationOperations, type ListedMessage as ListedElement } from './contract.js'
import { testOf, type Where } from './filter.js'
import { boxField, type BoxOptions } from './info.js'
import { assertFolder, listedMessage, type Folder, type ListedMessage } from './listed.js'
import { partyOf } from './parties.js'
import type { Box } from './recipients.js'
import { assertSuccess } from './status.js'

/** Options of `messages`. */
export interface ListOptions extends BoxOptions {
  /** Default `INBOX`. */
  folder?: Folder
  /** Messages per call, 2 to 100 (default). */
  pageSize?: number
  /** The folder of all the caller's boxes at once. Not with `box`. */
  allBoxes?: boolean
  /** Only these messages. */
  where?: Where
  signal?: AbortSignal
}

const largestPage = 100

/**
 * Lists a folder, newest first, page by page. See {@link Ehbox.messages}.
 *
 * Positions shift while one reads: mail arrives, the caller moves what he has handled. Pages therefore overlap by one
 * message. Where the overlap is gone, pages before it have shrunk, and reading goes back until it meets what is known. What
 * follows a known message in its page is next to it in the folder, so nothing is passed over.
 */
export async function* messages(session: Session, options: ListOptions = {}): AsyncGenerator<ListedMessage> {
  refuseUnknownOptions(options, ['box', 'folder', 'pageSize', 'allBoxes', 'where', 'signal'])
  const { folder = 'INBOX', pageSize = largestPage, allBoxes = false, box } = options
  assertFolder(folder)
  if (allBoxes && box !== undefined) throw invalidOption('allBoxes', 'excludes box')
  if (!Number.isInteger(pageSize) || pageSize < 2 || pageSize > largestPage)
    throw invalidOption('pageSize', `must be 2 to ${largestPage}`)
  const wanted = testOf(options.where)
  const seen = knownIds()
  let start = 1
  let end = Infinity
  for (;;) {
    const page = await pageAt(session, { ...options, folder, allBoxes }, start, pageSize)
    if (page.length === 0) end = Math.min(end, start)
    if (start > 1 && !page.some(({ MessageId }) => seen.has(MessageId))) {
      start = Math.max(1, start - pageSize)
      continue
    }
    let fresh = 0
    for (const element of page) {
      if (!seen.add(element.MessageId)) continue
      fresh += 1
      const message = listedMessage(element, folder, allBoxes ? ownBox(element, folder) : box)
      if (wanted(message)) yield message
    }
    // a page of several boxes may be short, or long, and more may follow (§9.15): the end is where nothing new comes
    if (page.length < pageSize && (!allBoxes || fresh === 0)) return
    start += pageSize - 1
    if (fresh === 0 && start >= end) return
  }
}

/** Which of the caller's boxes a message lies in: the receiving one, or (inferred) the sending one. */
function ownBox({ Destination, Sender }: ListedElement, folder: Folder): Box {
  const { id, type, subType, quality } = partyOf(
    folder === 'INBOX' || folder === 'BININBOX' ? Destination : Sender,
  )
  return { id, type, ...(subType === undefined ? {} : { subType }), quality }
}

/**
 * Ids that were given, in a few dozen octets each. A text cut out of an answer keeps all of that answer in memory: a
 * copy of its own is made of each.
 */
export function knownIds(): { has(id: string): boolean; add(id: string): boolean } {
  const ids = new Set<string>()
  return {
    has: (id) => ids.has(id),
    add: (id) => {
      if (ids.has(id)) return false
      ids.add(Buffer.from(id, 'utf8').toString('utf8'))
      return true
    },
  }
}

async function pageAt(
  session: Session,
  options: ListOptions & { folder: Folder; allBoxes: boolean },
  start: number,
  size: number,
): Promise<ListedElement[]> {
  const { getAllEhboxesMessagesList, getMessagesList } = consultationOperations
  const range = { Source: options.folder, StartIndex: start, EndIndex: start + size - 1 }
  const call = options.signal === undefined ? {} : { signal: options.signal }
  const { value, meta } = options.allBoxes
    ? await session.call(getAllEhboxesMessagesList, range, call)
    : await session.call(getMessagesList, { ...boxField(session, options), ...range }, call)
  return assertSuccess(value, meta).Message ?? []
}
