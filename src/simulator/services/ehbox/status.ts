/** Statuses of the eHealthBox (spec ehealthbox §2.5). */
import type { Status } from '../../../business/ehbox/contract.js'
import type { SimulatedAnswer } from '../../service.js'
import type { World } from '../../world.js'
import { texts, type EhboxCode } from './codes.js'
import { codeIn } from './settings.js'

export { ehboxCodes } from './codes.js'

/** Ends an operation with a status other than success. */
export class StatusRefusal extends Error {
  override readonly name = 'StatusRefusal'

  constructor(
    readonly code: EhboxCode,
    /** What the answer carries beside the status, for instance the messages that failed. */
    readonly rest: Readonly<Record<string, unknown>> = {},
  ) {
    super(texts[code])
  }
}

/** The status element of an answer. */
export function status(code: EhboxCode): Status {
  return { Code: code, Message: [{ value: texts[code], Lang: 'EN' }] }
}

/**
 * A handler whose status refusals become answers. `empty` is what the answer needs beside the status then: the arrays
 * of its contract.
 */
export function answering<Call extends { world: World }, Response extends { Status: Status }>(
  empty: Omit<Response, 'Status'>,
  work: (call: Call) => SimulatedAnswer<Response> | Promise<SimulatedAnswer<Response>>,
): (call: Call) => Promise<SimulatedAnswer<Response>> {
  return async (call) => {
    try {
      return await work(call)
    } catch (error) {
      if (!(error instanceof StatusRefusal)) throw error
      const Status = { ...status(error.code), Code: codeIn(call.world, error.code) }
      return { value: { ...empty, ...error.rest, Status } as unknown as Response }
    }
  }
}
