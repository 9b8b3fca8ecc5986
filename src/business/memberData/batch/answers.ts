/** From the messages of a mailbox to answers, one by one (spec memberdata-mycarenet §2.5, docs/decisions/0032). */
import { EHealthError } from '../../../errors.js'
import {
  childElements,
  isElement,
  parseXml,
  rawElement,
  read,
  type XmlDocument,
  type XmlElement,
} from '../../../technical/xml/index.js'
import type { Delivery, GenericAsync } from '../../genericAsync/index.js'
import { extension, Response } from '../contract.js'
import { outcomeOf } from '../outcome.js'
import { askedQuestion } from '../question.js'
import { placeOfId, type BatchParts } from './ask.js'
import type { Chunk } from './ledger.js'
import type { BatchResult } from './types.js'

/** How answers are handed over. */
export interface AnswersOptions {
  /** One round: posts, asks until the mailbox is empty, hands over, and ends. Default false: until all is answered. */
  once?: boolean
  /** Answers between two check-points, 1 to 10 000; 100. No more than so many are handed over again after an end in the middle. */
  checkpoint?: number
  signal?: AbortSignal
}

/** What a message may hold: ten thousand answers of some hundred elements. */
const limits = { maxDepth: 40, maxNodes: 8_000_000, maxBytes: 512 * 1024 * 1024 }

/** Answers in the messages that the runner hands over; what was handed over before the last check-point is not again. */
export async function* answersIn(
  parts: BatchParts,
  { message, key, interrupted }: Delivery,
  { open, checkpoint }: { open: GenericAsync['open']; checkpoint: number },
): AsyncGenerator<BatchResult, void> {
  const { ledger, tell } = parts
  let responses: XmlElement[]
  let document: XmlDocument
  try {
    const { content } = await open(message, { maxBytes: limits.maxBytes })
    document = parseXml(content, limits)
    responses = responsesIn(document.root)
  } catch (problem) {
    if (!(problem instanceof EHealthError)) throw problem
    // it is confirmed already: nobody else has it any more
    await ledger.setAside(key, message)
    yield { problem, message: message.id }
    return
  }
  const from = ledger.position(key)
  const touched = new Set<Chunk>()
  for (let index = from; index < responses.length; index++) {
    const again = interrupted && index < from + checkpoint
    yield await resultOf(parts, responses[index]!, { message: message.id, document, again, touched })
    const next = index + 1
    if ((next - from) % checkpoint === 0 && next < responses.length) await ledger.keep(key, next)
  }
  await ledger.keep(key, responses.length)
  for (const chunk of touched) {
    if (chunk.answered < chunk.count) continue
    await parts.runner.forget(chunk.name)
    await ledger.finish(chunk)
  }
  const all = [...ledger.all()]
  tell({
    type: 'answered',
    answered: all.reduce((sum, { answered }) => sum + answered, 0),
    asked: all.reduce((sum, { count }) => sum + count, 0),
  })
}

/** The answers of a list; a single one may stand alone. */
function responsesIn(root: XmlElement): XmlElement[] {
  if (isElement(root, Response.namespace, Response.local)) return [root]
  if (!isElement(root, extension.uri, 'ResponseList'))
    throw new EHealthError('member-data.answer', 'the message is no list of answers')
  return childElements(root).filter((child) => isElement(child, Response.namespace, Response.local))
}

async function resultOf(
  parts: BatchParts,
  element: XmlElement,
  {
    message,
    document,
    again,
    touched,
  }: {
    message: string
    document: XmlDocument
    again: boolean
    touched: Set<Chunk>
  },
): Promise<BatchResult> {
  const { ledger } = parts
  let key: string | undefined
  try {
    const response = read(Response, element)
    const place = placeOfId(response.InResponseTo ?? '')
    const chunk = place === undefined ? undefined : ledger.byReference(place.reference)
    const question =
      chunk === undefined || place === undefined ? undefined : (await ledger.questions(chunk))?.[place.index]
    if (chunk === undefined || place === undefined || question === undefined)
      throw new EHealthError('member-data.other-answer', 'the answer belongs to no question of this store')
    key = question.key
    const repeated = !ledger.mark(chunk, place.index)
    touched.add(chunk)
    // who asked, when and about what plays no part in reading the answer
    const asking = { id: response.InResponseTo!, issuer: '', now: parts.caller.session.runtime.now() }
    const answer = outcomeOf(response, askedQuestion({ ...question, facets: [] }, asking))
    return { key, answer, xml: rawElement(document, element, 'mentioned'), again, repeated }
  } catch (problem) {
    if (!(problem instanceof EHealthError)) throw problem
    return { ...(key === undefined ? {} : { key }), problem, message }
  }
}
