/** Asking about many patients, each by a call of its own: the synchronous service takes one question (spec §1.4, §2.5). */
import { EHealthError } from '../../errors.js'
import { invalidOption } from '../../technical/session/options.js'
import type { MyCareNetCaller } from '../mycarenet/index.js'
import { get, type MemberDataAnswer, type MemberDataOptions } from './get.js'
import type { MemberDataQuestion } from './question.js'

/** How to ask about many. */
export interface MemberDataManyOptions extends Omit<MemberDataOptions, 'reference'> {
  /** Calls at a time, 1 to 20; 4. */
  concurrency?: number
}

/** The answer to one of many questions, or why there is none. */
export type MemberDataOfMany =
  | { index: number; question: MemberDataQuestion; answer: MemberDataAnswer; error?: undefined }
  | { index: number; question: MemberDataQuestion; answer?: undefined; error: EHealthError }

/** See {@link MemberData.getMany}. */
export async function* getMany(
  caller: MyCareNetCaller,
  questions: Iterable<MemberDataQuestion> | AsyncIterable<MemberDataQuestion>,
  options: MemberDataManyOptions = {},
): AsyncGenerator<MemberDataOfMany> {
  const { concurrency = 4, ...each } = options
  if (!Number.isInteger(concurrency) || concurrency < 1 || concurrency > 20)
    throw invalidOption('concurrency', 'expected 1 to 20')
  const waiting: Promise<MemberDataOfMany>[] = []
  let index = 0
  for await (const question of questions) {
    waiting.push(one(caller, index, question, each))
    index += 1
    if (waiting.length >= concurrency) yield await waiting.shift()!
  }
  for (const promised of waiting) yield await promised
}

async function one(
  caller: MyCareNetCaller,
  index: number,
  question: MemberDataQuestion,
  options: MemberDataOptions,
): Promise<MemberDataOfMany> {
  try {
    return { index, question, answer: await get(caller, question, options) }
  } catch (error) {
    if (error instanceof EHealthError) return { index, question, error }
    throw error
  }
}
