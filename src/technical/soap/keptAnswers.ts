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
import { normalised } from '../environment/url.js'
import { canonicalize } from '../xml/canonicalize.js'
import { parseXml } from '../xml/parse.js'
import { read } from '../xml/read.js'
import { attribute, childrenNamed } from '../xml/tree.js'
import { write } from '../xml/write.js'
import type { AttemptTarget } from './attempt.js'
import { parseEnvelope } from './envelope.js'
import { failureKindOf, type FailureVerdict } from './failures.js'
import { samlNamespace } from './namespaces.js'
import { statusOf } from './status.js'
import type { CallResult, KeptAnswers, Operation, Security, Verifying, WatchedContext } from './types.js'
import { verified } from './verified.js'

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
  target: AttemptTarget & Verifying<Response> & { context: WatchedContext },
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
    const result: CallResult<Response> = {
      value: read(operation.response, payload),
      element: payload,
      attachments: new Map(),
      meta: meta as CallResult<Response>['meta'],
    }
    // a store that others can write to proves nothing
    await verified(result, operation, target)
    return result
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
  // without a status that says so, nobody here knows that it is not a refusal
  const keepable = result.attachments.size === 0 && statusOf(result.element)?.success === true
  if (policy === undefined || !keepable) return result
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
  operation: Pick<Operation<unknown, unknown>, 'service' | 'idempotent' | 'kept'>,
  { context, endpoint, attachments = [], addressing }: AttemptTarget,
): KeptAnswers | undefined {
  if (operation.kept === false) return undefined
  // what is not in the key must not be in the question
  if (!operation.idempotent || attachments.length > 0 || addressing !== undefined) return undefined
  return context.routes?.keptAnswers(operation.service, endpoint)
}

/**
 * The list names an XSLT program that makes a key of the request. It is not run: a digest of everything that can make a
 * difference serves every service (docs/decisions/0016-keys-of-kept-answers.md). Two questions share an answer only when
 * they are the same in every character but for the number and the date of the message itself (commons v2), go to the same
 * address, and come from the same holder with the same rights. At worst an answer is not found.
 */
function keyOf<Request>(
  operation: Operation<Request, unknown>,
  request: Request,
  { security, endpoint }: AttemptTarget,
): string {
  const { root } = parseXml(write(operation.request, request).xml)
  // the two come together, or not from there
  if (attribute(root, 'IssueInstant') !== undefined)
    root.attributes = root.attributes.filter(
      ({ namespace, local }) => namespace !== '' || !ofMessage.has(local),
    )
  const digest = createHash('sha256')
    .update(JSON.stringify([normalised(endpoint), operation.service, operation.name, callerOf(security)]))
    .update(canonicalize(root))
    .digest('hex')
  return `answer:${digest}`
}

/** What is new in each message of commons v2 (spec soap-security §5.3). */
const ofMessage: ReadonlySet<string> = new Set(['Id', 'IssueInstant'])

/** Who asks, and as what: one key may hold several tokens, and each opens other doors. */
function callerOf(security: Security): string[] {
  if (security.kind === 'none') return [security.kind]
  const { fingerprint } = security.credential.certificate
  if (security.kind === 'x509') return [security.kind, fingerprint]
  const { root } = parseXml(security.assertion.xml)
  return [
    security.kind,
    fingerprint,
    ...childrenNamed(root, samlNamespace, 'AttributeStatement').map((statement) => canonicalize(statement)),
  ]
}
