/** The requests of the page; every address is relative, below the token. */
import type { ConsoleProblem } from '../contract.js'

/** A request that the server refused, in its words. */
export class Refused extends Error {
  readonly code: string
  constructor(problem: ConsoleProblem['error']) {
    super(problem.message)
    this.code = problem.code
  }
}

export const get = <T>(path: string): Promise<T> => ask<T>(path, { method: 'GET' })
export const remove = <T>(path: string): Promise<T> => ask<T>(path, { method: 'DELETE', headers })
export const post = <T>(path: string, content: unknown): Promise<T> =>
  ask<T>(path, { method: 'POST', headers, body: JSON.stringify(content) })

/** A type that no form of another site can send. */
const headers = { 'content-type': 'application/json' }

async function ask<T>(path: string, init: RequestInit): Promise<T> {
  let response: Response
  try {
    response = await fetch(`api/${path}`, init)
  } catch {
    throw new Error('The simulator does not answer. Is it still running?')
  }
  const content = (await response.json().catch(() => undefined)) as T | ConsoleProblem | undefined
  if (response.ok && content !== undefined) return content as T
  throw content !== undefined && typeof content === 'object' && content !== null && 'error' in content
    ? new Refused(content.error)
    : new Error(`The simulator answered with status ${response.status}.`)
}
