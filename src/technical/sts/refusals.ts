/** What the STS says instead of a token: faults, and the status of SAML 1.1 (spec sts-iam §1.3, §1.7). */
import { EHealthError, isEHealthError, type ErrorCode } from '../../errors.js'
import type { CallResult } from '../soap/types.js'
import { answerOf as httpAnswerOf } from '../soap/status.js'
import { attribute, childNamed, namespaceInScope, textOf, type XmlElement } from '../xml/tree.js'
import { wrongCount } from './assertionIn.js'
import { samlProtocol } from './samlContract.js'

export type Answer<Response> = CallResult<Response>

/** Faults that mean "no token for you", as against "not now" or "not understood". */
const refusals: readonly ErrorCode[] = ['fault.not-authorised', 'fault.business', 'fault.content']

/**
 * Sends, and tells what came back in the words of tokens. Faults of the network and of the platform as a whole stay what
 * they are: who is not authenticated, what is not available, what the schema refuses.
 *
 * @throws EHealthError `token.refused`, `token.count`, `token.malformed`, `fault.*`, `transport.*`
 */
export async function answerOf<Response>(send: () => Promise<Answer<Response>>): Promise<Answer<Response>> {
  try {
    return await send()
  } catch (error) {
    if (isEHealthError(error, 'contract.unreadable')) {
      const where = error.path ?? ''
      if (/\.(Assertion|RequestedSecurityToken)$/.test(where))
        throw wrongCount('the answer of the STS does not hold exactly one assertion', error)
      throw new EHealthError('token.malformed', `the answer of the STS is unusable: ${error.message}`, {
        cause: error,
      })
    }
    if (error instanceof EHealthError && refusals.includes(error.code))
      throw new EHealthError('token.refused', 'the STS refuses to issue a token', {
        cause: error,
        ...(error.platform === undefined ? {} : { platform: error.platform }),
        hint: refusalHint,
      })
    throw error
  }
}

const refusalHint =
  'Compare the numbers that you assert with the certificate, and the certificate with the environment.'

/** A status of SAML 1.1: codes from the outside in, names without prefix. */
export interface SamlStatus {
  success: boolean
  codes: string[]
  message?: string
}

/**
 * Reads the status of a SAML 1.1 response. A code is a qualified name: its prefix is resolved where it stands, and the code
 * counts only in the namespace of the protocol. A code of another namespace is kept as `{namespace}name`.
 *
 * @throws EHealthError `token.malformed` for a response without status code, or a prefix that is bound to nothing
 */
export function samlStatusOf(response: XmlElement): SamlStatus {
  const status = childNamed(response, samlProtocol, 'Status')
  const codes: string[] = []
  let at = status && childNamed(status, samlProtocol, 'StatusCode')
  for (; at !== undefined && codes.length < mostCodes; at = childNamed(at, samlProtocol, 'StatusCode'))
    codes.push(qualifiedName(attribute(at, 'Value') ?? '', at))
  if (codes.length === 0) throw malformedStatus('the response has no status')
  const message = status && childNamed(status, samlProtocol, 'StatusMessage')
  return {
    success: codes[0] === 'Success',
    codes,
    ...(message === undefined ? {} : { message: textOf(message).trim() }),
  }
}

/** Codes may be nested without end. */
const mostCodes = 5

/** Which error a first code becomes; any other one is a refusal (OASIS SAML 1.1 core §3.4.3.1). */
const codeErrors: Readonly<Record<string, ErrorCode>> = {
  Requester: 'token.refused',
  VersionMismatch: 'token.refused',
  Responder: 'token.failed',
}

/**
 * @throws EHealthError `token.refused`, `token.failed` with the codes in `platform.code` and `details.status`;
 * `token.malformed`
 */
export function assertSamlSuccess({ element, meta }: Answer<unknown>): void {
  const { success, codes, message } = samlStatusOf(element)
  if (success) return
  const code = codeErrors[codes[0]!] ?? 'token.refused'
  const said =
    code === 'token.failed' ? 'the STS could not issue a token' : 'the STS refuses to issue a token'
  throw new EHealthError(code, said, {
    platform: {
      ...httpAnswerOf(meta),
      code: codes.join('/'),
      ...(message === undefined || message === '' ? {} : { messages: [{ text: message }] }),
    },
    details: { status: codes },
    ...(code === 'token.refused' ? { hint: refusalHint } : {}),
  })
}

function qualifiedName(text: string, element: XmlElement): string {
  const [first = '', second] = text.trim().split(':', 2)
  const prefix = second === undefined ? '' : first
  const local = second ?? first
  const namespace = namespaceInScope(element, prefix)
  if (local === '' || (namespace === undefined && prefix !== ''))
    throw malformedStatus('a status code is no qualified name')
  return namespace === samlProtocol ? local : `{${namespace ?? ''}}${local}`
}

function malformedStatus(problem: string): EHealthError {
  return new EHealthError('token.malformed', problem)
}
