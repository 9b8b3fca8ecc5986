/**
 * Answers of before, for services that the service list lets be answered from them (spec soap-security §6.8).
 *
 * Unlike in the official connector, no fault and no refusal is ever kept, an answer is given to the caller only who
 * once got it, and the strategy of the list counts.
 *
 * @module
 */
import { createHash } from 'node:crypto'

import type { EHealthError } from '../../errors.js'
import { canonicalize } from '../xml/canonicalize.js'
import { parseXml } from '../xml/parse.js'
import { read } from '../xml/read.js'
import { write } from '../xml/write.js'
import type { AttemptTarget } from './attempt.js'
import { parseEnvelope } from './envelope.js'
import { failureKindOf, type FailureVerdict } from './failures.js'
import { statusOf } from './status.js'
import type { CallResult, KeptAnswers, Operation } from './types.js'

/** Failures that mean that the service cannot be reached, not that it said no. */
const unreachable: ReadonlySet<FailureVerdict['kind']> = new Set([
  'not-connected',
  'not-trusted',
  'unknown-outcome',
  'gateway',
  'not-found',
  'unavailable',
])

interface Kept {
  /** ISO 8601. */
  at: string
  envelope: string
}

/**
 * The answer of before that may stand for this call; `undefined` when there is none or it may not.
 *
 * @param failure why the call failed; without, it has not been tried yet
 */
export async function recallAnswer<Request, Response>(
  operation: Operation<Request, Response>,
  request: Request,
  target: AttemptTarget,
  failure?: EHealthError,
): Promise<CallResult<Response> | undefined> {
  const policy = policyOf(operation, target)
  if (policy === undefined) return undefined
  const applies =
    failure === undefined ? policy.strategy === 'CACHE_FIRST' : unreachable.has(failureKindOf(failure))
  if (!applies) return undefined
  const kept = await policy.store.get(keyOf(operation, request, target))
  if (kept === undefined) return undefined
  try {
    const { at, envelope } = JSON.parse(kept) as Kept
    const { payload } = parseEnvelope(envelope)
    const startedAt = target.context.runtime.now()
    const meta = {
      service: operation.service,
      operation: operation.name,
      endpoint: target.endpoint,
      httpStatus: 200,
      startedAt,
      milliseconds: 0,
      keptSince: new Date(at),
    }
    Object.defineProperty(meta, 'raw', { value: { request: '', response: envelope }, enumerable: false })
    return {
      value: read(operation.response, payload),
      element: payload,
      attachments: new Map(),
      meta: meta as CallResult<Response>['meta'],
    }
  } catch {
    // what cannot be read is as good as nothing
    return undefined
  }
}

/** Keeps an answer where that is allowed. Passes it on. */
export async function keepAnswer<Request, Response>(
  operation: Operation<Request, Response>,
  request: Request,
  target: AttemptTarget,
  result: CallResult<Response>,
): Promise<CallResult<Response>> {
  const policy = policyOf(operation, target)
  if (policy === undefined || result.attachments.size > 0 || statusOf(result.element)?.success === false)
    return result
  const kept: Kept = { at: result.meta.startedAt.toISOString(), envelope: result.meta.raw.response }
  try {
    await policy.store.set(keyOf(operation, request, target), JSON.stringify(kept), policy.lifetime)
  } catch {
    // the answer is there; that it could not be kept must not take it away
  }
  return result
}

/** Only what may be asked twice may be answered from before. */
function policyOf(
  operation: Pick<Operation<unknown, unknown>, 'service' | 'idempotent'>,
  { context, endpoint, attachments = [] }: AttemptTarget,
): KeptAnswers | undefined {
  if (!operation.idempotent || attachments.length > 0) return undefined
  return context.routes?.keptAnswers(operation.service, endpoint)
}

/**
 * The list names an XSLT program that makes a key of the request; a digest of the whole request, without what is new in
 * each, does the same for every service. Who asks is part of it, so that nobody gets the answer of another.
 */
function keyOf<Request>(
  operation: Operation<Request, unknown>,
  request: Request,
  { security }: AttemptTarget,
): string {
  const { root } = parseXml(write(operation.request, request).xml)
  root.attributes = root.attributes.filter(({ local }) => local !== 'Id' && local !== 'IssueInstant')
  const caller = security.kind === 'none' ? '' : security.credential.certificate.fingerprint
  const digest = createHash('sha256')
    .update(JSON.stringify([operation.service, operation.name, caller]))
    .update(canonicalize(root))
    .digest('hex')
  return `answer:${digest}`
}
