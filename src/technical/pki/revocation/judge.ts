/** One certificate, one source after the other (RFC 5280 §6.3, RFC 6960, spec etee §6.3). */
import { EHealthError } from '../../../errors.js'
import { Asn1Error } from '../../asn1/index.js'
import type { Runtime } from '../../environment/runtime.js'
import type { Certificate } from '../certificate.js'
import { readCrl, verifyCrl, verifyCrlSignature, type CertificateRevocationList } from './crl.js'
import { isInScope } from './crlScope.js'
import { revocationLocations } from './locations.js'
import { ocspRequest } from './ocspRequest.js'
import { basicResponseOf, verifyOcspResponse, type OcspAnswer } from './ocspResponse.js'
import { assertCurrent, assertMadeAfter } from './period.js'
import type { RevocationSources } from './sources.js'
import type {
  Revocation,
  RevocationAttempt,
  RevocationEvidence,
  RevocationSource,
  RevocationStatus,
} from './types.js'

/** What all questions have in common. */
export interface Context {
  lists: readonly CertificateRevocationList[]
  order: readonly RevocationSource[]
  clockSkew: number
  runtime: Pick<Runtime, 'now' | 'randomBytes'>
  sources: RevocationSources
}

/** Evidence that came along with what was signed. */
export interface SentAlong {
  /** BasicOCSPResponses. */
  readonly ocsp?: readonly Uint8Array[]
  readonly crls?: readonly Uint8Array[]
}

/** One question. */
export interface Question {
  certificate: Certificate
  issuer: Certificate
  at: Date
  sentAlong: SentAlong | undefined
}

/** Asks one source after the other: what came along, what the caller gave, what the certificate names. */
export async function judge(question: Question, context: Context): Promise<RevocationStatus> {
  const attempts: RevocationAttempt[] = []
  for (const { source, url, ask } of waysToAsk(question, context)) {
    try {
      return await ask()
    } catch (error) {
      const known =
        error instanceof Asn1Error ? new EHealthError('revocation.malformed', error.message) : error
      if (!(known instanceof EHealthError)) throw error
      attempts.push({
        source,
        code: known.code,
        message: known.message,
        ...(url === undefined ? {} : { url }),
      })
    }
  }
  return { status: 'unknown', code: nearest(attempts), attempts }
}

/** What tells most of why there is no status: an answer that was not good enough rather than none. */
function nearest(attempts: readonly RevocationAttempt[]): RevocationAttempt['code'] {
  const answered = attempts.find(
    ({ code }) => code !== 'revocation.unavailable' && code !== 'revocation.refused',
  )
  return (answered ?? attempts[0])?.code ?? 'revocation.no-source'
}

interface Way {
  source: RevocationSource
  url?: string
  ask: () => RevocationStatus | Promise<RevocationStatus>
}

function* waysToAsk(question: Question, context: Context): Generator<Way> {
  const { certificate, issuer, sentAlong = {} } = question
  const { ocsp = [], crls = [] } = sentAlong
  for (const answer of ocsp)
    yield { source: 'ocsp', ask: () => fromAnswerSentAlong(answer, question, context) }
  for (const list of crls) yield { source: 'crl', ask: () => fromListSentAlong(list, question, context) }
  for (const list of context.lists.filter((given) => given.issuer.equals(issuer.subject)))
    yield {
      source: 'crl',
      ask: () => {
        verifyCrl(list, { issuer, now: context.runtime.now(), clockSkew: context.clockSkew })
        return fromList(list, question, { fromCache: false })
      },
    }
  const named = locationsOf(certificate)
  for (const source of context.order)
    for (const url of named[source])
      yield {
        source,
        url,
        ask: () =>
          source === 'ocsp' ? askResponder(url, question, context) : fetchList(url, question, context),
      }
}

function locationsOf(certificate: Certificate): { ocsp: readonly string[]; crl: readonly string[] } {
  try {
    return revocationLocations(certificate)
  } catch (error) {
    if (error instanceof Asn1Error) return { ocsp: [], crl: [] }
    throw error
  }
}

function fromAnswerSentAlong(basic: Uint8Array, question: Question, context: Context): RevocationStatus {
  const now = context.runtime.now()
  const answer = verifyOcspResponse(basic, { ...question, anchors: [question.issuer], now })
  assertMadeAfter(question.at, answer, now, context.clockSkew)
  return fromAnswer(answer, question, { fromCache: false })
}

function fromListSentAlong(bytes: Uint8Array, question: Question, context: Context): RevocationStatus {
  const list = readCrl(bytes)
  verifyCrlSignature(list, question.issuer)
  assertMadeAfter(question.at, list, context.runtime.now(), context.clockSkew)
  return fromList(list, question, { fromCache: false })
}

async function askResponder(url: string, question: Question, context: Context): Promise<RevocationStatus> {
  const { certificate, issuer } = question
  const nonce = context.runtime.randomBytes(32)
  const { value, fromCache } = await context.sources.answer(
    url,
    question,
    () => ocspRequest(certificate, issuer, nonce),
    (response, kept) => {
      const now = context.runtime.now()
      const answer = verifyOcspResponse(basicResponseOf(response), {
        certificate,
        issuer,
        anchors: [issuer],
        now,
      })
      assertCurrent(answer, now, context.clockSkew)
      // Many responders sign their answers beforehand and repeat no nonce; one that repeats another was asked by another.
      if (!kept && answer.nonce !== undefined && Buffer.compare(answer.nonce, nonce) !== 0)
        throw new EHealthError(
          'revocation.nonce',
          'the response repeats another nonce than that of the question',
        )
      return answer
    },
  )
  return fromAnswer(value, question, { url, fromCache })
}

async function fetchList(url: string, question: Question, context: Context): Promise<RevocationStatus> {
  const { issuer } = question
  const { value, fromCache } = await context.sources.list(url, issuer, (bytes) => {
    const list = readCrl(bytes)
    verifyCrl(list, { issuer, now: context.runtime.now(), clockSkew: context.clockSkew })
    return list
  })
  return fromList(value, question, { url, fromCache })
}

type Origin = Pick<RevocationEvidence, 'url' | 'fromCache'>

function fromAnswer(answer: OcspAnswer, { certificate, at }: Question, origin: Origin): RevocationStatus {
  const { producedAt, thisUpdate, nextUpdate, responder, archiveCutoff } = answer
  if (answer.status === 'unknown')
    throw new EHealthError('revocation.unknown', 'the responder does not know the certificate')
  const remembers = archiveCutoff !== undefined && archiveCutoff <= certificate.notAfter
  if (answer.revocation === undefined && thisUpdate > certificate.notAfter && !remembers) throw ended()
  return statusOf(answer.revocation, at, {
    source: 'ocsp',
    ...origin,
    signer: { subject: responder.subject.toRfc2253(), fingerprint: responder.fingerprint },
    producedAt,
    thisUpdate,
    ...(nextUpdate === undefined ? {} : { nextUpdate }),
  })
}

function fromList(
  list: CertificateRevocationList,
  { certificate, issuer, at }: Question,
  origin: Origin,
): RevocationStatus {
  if (!isInScope(list.scope, certificate))
    throw new EHealthError('revocation.scope', 'the list is for other certificates')
  const { thisUpdate, nextUpdate, crlNumber } = list
  const revocation = list.find(certificate.serialNumber)
  if (revocation === undefined && thisUpdate > certificate.notAfter) throw ended()
  return statusOf(revocation, at, {
    source: 'crl',
    ...origin,
    signer: { subject: issuer.subject.toRfc2253(), fingerprint: issuer.fingerprint },
    thisUpdate,
    ...(nextUpdate === undefined ? {} : { nextUpdate }),
    ...(crlNumber === undefined ? {} : { crlNumber }),
  })
}

/** Authorities take certificates off their lists when they have ended (RFC 5280 §3.3): their absence proves nothing. */
const ended = (): EHealthError =>
  new EHealthError('revocation.certificate-ended', 'the certificate had ended when this was made')

/** Revoked after the judged instant leaves what was signed before it good (spec etee §6.3). */
function statusOf(
  revocation: Revocation | undefined,
  at: Date,
  evidence: RevocationEvidence,
): RevocationStatus {
  if (revocation === undefined) return { status: 'good', evidence }
  const { reason } = revocation
  return revocation.at <= at
    ? { status: 'revoked', at: revocation.at, reason, evidence }
    : { status: 'good', evidence, revokedLater: { at: revocation.at, reason } }
}
