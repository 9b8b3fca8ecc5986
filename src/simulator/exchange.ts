/** What somebody who runs the simulator can see of each call. */
import type { ServiceName } from '../technical/environment/environment.js'
import type { EndpointRole, Trouble } from './faults.js'
import type { Caller } from './service.js'

/** What is checked of a request, in this order: the first that fails is the last that is looked at. */
export const exchangeChecks = [
  'message',
  'security',
  'authorisation',
  'schema',
  'content',
  'business',
] as const

/**
 * - `message`: SOAP, attachments, an operation of the service;
 * - `security`: signature, certificate, token and time, as far as the operation demands them;
 * - `authorisation`: whether such a caller may call the operation at all;
 * - `schema`: the message contract;
 * - `content`: what a schema cannot say;
 * - `business`: the rules of the service.
 */
export type ExchangeCheck = (typeof exchangeChecks)[number]

/** A refusal as whoever runs the simulator sees it. */
export interface RefusedCall {
  readonly service: ServiceName
  /** Name in the WSDL; absent when the request named none. */
  readonly operation?: string
  /** Code in the fault. */
  readonly code: string
  /** Message of the fault. */
  readonly message: string
  /** Code of the check that failed, for instance `signature.digest`. */
  readonly reason?: string
}

/** One request and its answer. The octets are those on the wire: they hold whatever the caller sent. */
export interface Exchange {
  /** From 1, in the order in which answers were ready. */
  readonly number: number
  readonly at: Date
  /** Milliseconds from the whole request to the answer. */
  readonly milliseconds: number
  readonly service: ServiceName
  /** Name in the WSDL; absent when the request named none. */
  readonly operation?: string
  readonly endpoint: EndpointRole
  readonly request: {
    readonly contentType?: string
    readonly soapAction?: string
    readonly body: Uint8Array
  }
  readonly response: { readonly status: number; readonly contentType: string; readonly body: Uint8Array }
  /** How far the request came. */
  readonly checks: readonly {
    readonly name: ExchangeCheck
    readonly result: 'passed' | 'failed' | 'skipped'
  }[]
  /** Who called, as proven; absent before that was known. */
  readonly caller?: Caller
  /** Why it was refused. */
  readonly refused?: RefusedCall
  /** Scripted trouble that struck the call. */
  readonly trouble?: string
}

/** Notes of the pipeline about one call. */
export interface Trail {
  passed: ExchangeCheck[]
  caller?: Caller
  refused?: RefusedCall
  trouble?: string
}

/** Trouble that refuses by itself: nothing was looked at. */
const refusingTrouble: readonly string[] = ['soa', 'switch'] satisfies Trouble['kind'][]

/** What the trail says of each check. */
export function checksOf({ passed, refused, trouble = '' }: Trail): Exchange['checks'] {
  const open = exchangeChecks.find((name) => !passed.includes(name))
  const failed = refused === undefined || refusingTrouble.includes(trouble) ? undefined : open
  return exchangeChecks.map((name) => ({
    name,
    result: passed.includes(name) ? 'passed' : name === failed ? 'failed' : 'skipped',
  }))
}
