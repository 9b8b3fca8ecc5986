/** From an iterator of questions to posts that are kept, a chunk at a time (spec memberdata-mycarenet §2.5). */
import { createHash } from 'node:crypto'

import { EHealthError } from '../../../errors.js'
import { invalidOption, refuseUnknownOptions } from '../../../technical/session/options.js'
import { write } from '../../../technical/xml/index.js'
import type { AsyncRunner } from '../../genericAsync/index.js'
import { careProviderOf, isTest, newReference, type MyCareNetCaller } from '../../mycarenet/index.js'
import { AttributeQueryList, mostQueries } from '../contract.js'
import { askedQuestion, judgeQuestion } from '../question.js'
import type { Ledger } from './ledger.js'
import type { BatchProgress, KeyedQuestion } from './types.js'

/** How questions become posts. */
export interface AskOptions {
  /**
   * Name of the whole: whoever asks under the same name goes on with it, with the same questions in the same order. Letters,
   * digits, `_` and `-`; `batch`.
   */
  name?: string
  /** Questions per post, 1 to 10 000; 1000. This many are in memory at a time. */
  size?: number
}

/** What the parts of a batch share. */
export interface BatchParts {
  readonly caller: MyCareNetCaller
  readonly runner: AsyncRunner
  readonly ledger: Ledger
  readonly tell: (progress: BatchProgress) => void
}

const declaration = '<?xml version="1.0" encoding="UTF-8"?>'

/** Keeps the questions. @returns how many there were */
export async function ask(
  parts: BatchParts,
  questions: Iterable<KeyedQuestion> | AsyncIterable<KeyedQuestion>,
  options: AskOptions = {},
): Promise<number> {
  refuseUnknownOptions(options, ['name', 'size'])
  const { name = 'batch', size = 1000 } = options
  if (typeof name !== 'string' || !/^[A-Za-z0-9][A-Za-z0-9_-]{0,59}$/.test(name))
    throw invalidOption('name', 'expected letters, digits, "_" and "-"')
  if (!Number.isInteger(size) || size < 1 || size > mostQueries)
    throw invalidOption('size', `expected 1 to ${mostQueries}`)
  let count = 0
  let chunk: KeyedQuestion[] = []
  const flush = async (): Promise<void> => {
    await keepChunk(parts, `${name}.${String(Math.ceil(count / size)).padStart(6, '0')}`, chunk, count)
    chunk = []
  }
  for await (const question of questions) {
    count += 1
    chunk.push(question)
    if (chunk.length === size) await flush()
  }
  if (chunk.length > 0) await flush()
  return count
}

async function keepChunk(
  { caller, runner, ledger, tell }: BatchParts,
  name: string,
  questions: readonly KeyedQuestion[],
  last: number,
): Promise<void> {
  const first = last - questions.length
  const digest = createHash('sha256').update(JSON.stringify(questions)).digest('base64')
  const known = ledger.chunk(name)
  if (known !== undefined && known.digest !== digest)
    throw new EHealthError('async.conflict', 'other questions were asked under this name', { path: 'name' })
  const posted = runner.outbox().some((entry) => entry.name === name)
  const complete = known !== undefined && known.answered === known.count
  if (known === undefined || !(posted || complete)) {
    const { session } = caller
    const now = session.runtime.now()
    const issuer = (await careProviderOf(caller)).nihii
    const reference = newReference('MDA', isTest(caller), session.runtime)
    const asked = questions.map((question, index) => {
      const path = `questions[${first + index}]`
      const { key, ...rest } = question
      if (typeof key !== 'string' || key === '') throw invalidOption(`${path}.key`, 'expected a text')
      const id = questionId(reference, index)
      return { key, ...askedQuestion(judgeQuestion(rest, now, path), { id, issuer, now }) }
    })
    const content = write(AttributeQueryList, { AttributeQuery: asked.map(({ query }) => query) })
    // the ledger first: an answer to a post that it does not know could not be read
    await ledger.put({
      name,
      reference,
      digest,
      questions: asked.map(({ key, nameId, from, until }) => ({ key, nameId, from, until })),
    })
    await runner.post({
      name,
      inputReference: reference,
      messageName: 'MDA',
      content: Buffer.from(declaration + content.xml, 'utf8'),
    })
  }
  tell({ type: 'kept', name, questions: questions.length, known: known !== undefined })
}

/** Identifier of a question: unique in its list and everywhere (§2.5); an answer names it in `InResponseTo`. */
const questionId = (reference: string, index: number): string => `_${reference}-${index + 1}`

/** Which question an identifier is of; undefined for one that is not of this form. */
export function placeOfId(id: string): { reference: string; index: number } | undefined {
  const [, reference, number] = /^_([A-Za-z0-9]{14,36})-([1-9][0-9]{0,4})$/.exec(id.trim()) ?? []
  return reference === undefined ? undefined : { reference, index: Number(number) - 1 }
}
