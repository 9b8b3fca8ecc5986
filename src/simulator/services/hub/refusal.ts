/** Refusals of the registers: an answer with `iscomplete=false`, HTTP 200 (spec consent-therlink-hub §8.3). */

/** Ends an operation with these errors. */
export class HubRefusal extends Error {
  override readonly name = 'HubRefusal'
  readonly errors: readonly HubError[]

  constructor(...errors: readonly (string | HubError)[]) {
    super('refused')
    this.errors = errors.map((error) => (typeof error === 'string' ? { code: error } : error))
  }
}

/** A code with the text of its answer. */
export interface HubError {
  readonly code: string
  readonly text?: string
}
