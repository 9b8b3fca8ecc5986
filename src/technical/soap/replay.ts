/** Answers from a recording instead of the platform. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { EHealthError, type ErrorCode } from '../../errors.js'
import { errorCatalogue } from '../../errors.js'
import { systemRuntime, type Runtime } from '../environment/runtime.js'
import { octetsOf } from './attachments/content.js'
import { bodyOf, malformed, numberOf, parseAbout, type About } from './recordedFiles.js'
import { readQuestion, type Question } from './replayQuestion.js'
import type { HttpRequest, HttpResponse, Transport } from './types.js'

/** Options of {@link replayTransport}. */
export interface ReplayOptions {
  /**
   * Local names of elements and attributes that differ from run to run beside those that are known to: see
   * docs/observability.md.
   */
  ignore?: readonly string[]
}

/** A transport that answers from a recording. */
export interface Replay extends Transport {
  /**
   * Time of the recording: begins when its first request was sent, goes on with the machine's clock and never lags
   * behind the exchange that was answered last. A connection needs it, since tokens and certificates of a recording are
   * of then.
   */
  readonly runtime: Runtime
  /** Exchanges that have not been asked for. */
  remaining(): number
}

/**
 * A transport that answers from what `record` wrote, without any network: for a program that is to run offline, and for
 * tests against a real recording.
 *
 * A request is answered by the first exchange not yet given away that was the same question: same path, same SOAPAction,
 * same content, leaving out what differs from run to run (security header, identifiers, instants, signatures, sealed
 * content). An exchange that failed fails again, with the same code. What is not in the recording is never made up.
 *
 * @throws EHealthError `recording.malformed`; its `post` throws `recording.no-match`, `configuration.closed` and the
 * recorded `transport.*`
 *
 * @example
 * ```ts
 * import { connect } from 'ehealth-connectors'
 * import { physician } from 'ehealth-connectors/professions'
 * import { replayTransport } from 'ehealth-connectors/soap'
 *
 * const replay = await replayTransport('recording')
 * await using me = await connect({
 *   environment: 'acceptance',
 *   trust: { sts: [stsPem], signers: [rootPem] },
 *   keystore: { file: 'physician.acc-p12', password },
 *   as: physician({ ssin, nihii }),
 *   transport: replay,
 *   runtime: replay.runtime,
 * })
 * ```
 */
export async function replayTransport(directory: string, options: ReplayOptions = {}): Promise<Replay> {
  const exchanges = await readRecording(directory, options)
  const start = exchanges.find(({ startedAt }) => startedAt !== undefined)?.startedAt
  const machine = (): number => systemRuntime.now().getTime()
  let ahead = start === undefined ? 0 : start - machine()
  const now = (): Date => new Date(machine() + ahead)
  let closed = false
  return {
    runtime: { ...systemRuntime, now },
    remaining: () => exchanges.filter(({ given }) => !given).length,
    async post(request) {
      if (closed) throw new EHealthError('configuration.closed', 'the transport has been closed')
      if (request.signal?.aborted === true)
        throw new EHealthError('transport.aborted', 'the call was aborted')
      const body = await octetsOf(request.body)
      const { exchange, question } = matching(exchanges, { ...request, body }, options)
      exchange.given = true
      if (exchange.startedAt !== undefined) ahead = Math.max(ahead, exchange.startedAt - machine())
      return answerOf(exchange, question)
    },
    close() {
      closed = true
    },
  }
}

/** One exchange of a recording. */
interface Kept {
  about: About
  question: Question
  startedAt: number | undefined
  response: Uint8Array | undefined
  given: boolean
}

async function readRecording(directory: string, options: ReplayOptions): Promise<Kept[]> {
  const names = await readdir(directory).catch((cause: unknown) => {
    throw malformed('the recording cannot be read', cause)
  })
  // unfinished files begin with a dot; an exchange without NNNN.json was not finished either
  const abouts = names
    .filter((name) => /^\d{4,15}\.json$/.test(name))
    .sort((a, b) => numberOf(a)! - numberOf(b)!)
  if (abouts.length === 0) throw malformed('the directory holds no recorded exchange')
  const kept: Kept[] = []
  for (const file of abouts) {
    const number = file.slice(0, -'.json'.length)
    const about = parseAbout(file, await readFile(join(directory, file), 'utf8'))
    const body = async (which: 'request' | 'response'): Promise<Uint8Array | undefined> => {
      const own = names.filter((name) => bodyName(name, number, which))
      if (own.length > 1) throw malformed(`${number} has ${own.length} files for its ${which}`)
      return own[0] === undefined ? undefined : bodyOf(own[0], await readFile(join(directory, own[0])))
    }
    const request = await body('request')
    const response = await body('response')
    if (request === undefined) throw malformed(`${number} has no request`)
    if ((about.status === null) !== (response === undefined))
      throw malformed(`${number} has ${response === undefined ? 'no response' : 'a response too many'}`)
    kept.push({
      about,
      question: readQuestion(about.url, about.requestHeaders, request, options.ignore),
      startedAt: about.startedAt === undefined ? undefined : Date.parse(about.startedAt),
      response,
      given: false,
    })
  }
  return kept
}

const bodyName = (name: string, number: string, which: string): boolean =>
  name.startsWith(`${number}-`) && new RegExp(`-${which}\\.(?:xml|mime)$`).test(name)

function matching(
  exchanges: readonly Kept[],
  request: HttpRequest & { body: Uint8Array },
  options: ReplayOptions,
): { exchange: Kept; question: Question } {
  const question = readQuestion(request.url, request.headers, request.body, options.ignore)
  const same = exchanges.filter((kept) => kept.question.content === question.content)
  const exchange = same.find(({ given }) => !given)
  if (exchange !== undefined) return { exchange, question }
  const ofOperation = exchanges.filter((kept) => kept.question.operation === question.operation).length
  const [reason, problem] =
    same.length > 0
      ? (['exhausted', `was asked more often than the ${same.length} times that were recorded`] as const)
      : ofOperation > 0
        ? (['content', `differs in content from the ${ofOperation} that were recorded`] as const)
        : (['operation', 'is of an operation that was not recorded'] as const)
  throw new EHealthError('recording.no-match', `the request (${question.name}) ${problem}`, {
    details: { reason, recorded: reason === 'exhausted' ? same.length : ofOperation },
  })
}

function answerOf({ about, question: asked, response }: Kept, question: Question): HttpResponse {
  if (about.status === null || response === undefined) {
    const code = isTransportCode(about.error) ? about.error : 'transport.reset'
    throw new EHealthError(code, 'no answer came when this was recorded')
  }
  const headers = Object.fromEntries(
    Object.entries(about.responseHeaders ?? {}).map(([name, value]) => [name.toLowerCase(), value]),
  )
  return { status: about.status, headers, body: answering(response, asked.id, question.id) }
}

const isTransportCode = (code: string | undefined): code is ErrorCode =>
  code !== undefined && code.startsWith('transport.') && Object.hasOwn(errorCatalogue, code)

/** commons v2 names the request that is answered, and the request has another identifier now. */
function answering(response: Uint8Array, then: string | undefined, now: string | undefined): Uint8Array {
  if (then === undefined || now === undefined || then === now) return response
  const text = Buffer.from(response).toString('latin1')
  const replaced = text.replace(/(\sInResponseTo\s*=\s*)(["'])(.*?)\2/g, (whole, name: string, quote, id) =>
    id === then ? `${name}${quote}${now}${quote}` : whole,
  )
  return replaced === text ? response : Buffer.from(replaced, 'latin1')
}
