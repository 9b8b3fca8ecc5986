/** What each check of the simulator looks at, and what it found, in the words for somebody who has never seen it. */
import { errorCatalogue, type ErrorCode } from '../../errors.js'
import type { Exchange } from '../../simulator/index.js'
import type { ExchangeDetail } from './contract.js'

type Explained = ExchangeDetail['explained'][number]

const words: Readonly<Record<Explained['check'], Pick<Explained, 'title' | 'looksAt'>>> = {
  message: {
    title: 'Is it a message of this service?',
    looksAt:
      'Well-formed XML without document type, SOAP 1.1 with a Body, attachments that can be split, and an operation of this path.',
  },
  security: {
    title: 'Who calls, and is it signed?',
    looksAt:
      'The signature and the parts that it must cover, the path of the certificate to an anchor, the time window, the token with its signer, and that the key is the one of its holder. The same signed message is taken once.',
  },
  authorisation: {
    title: 'May such a caller call this operation?',
    looksAt: 'Rights of the operation: profession and attributes that the token certifies.',
  },
  schema: {
    title: 'Does the message keep to its contract?',
    looksAt: 'Order, number and types of the elements; nothing unknown.',
  },
  content: {
    title: 'Is the content possible?',
    looksAt: 'What a schema cannot say: numbers that exist, digests that fit, what is sealed inside.',
  },
  business: {
    title: 'What do the rules of the service say?',
    looksAt: 'The business itself. Its refusals are statuses in the answer, not faults.',
  },
}

export const explainedChecks = (exchange: Exchange, parts: number): Explained[] =>
  exchange.checks.map(({ name, result }) => {
    const note = { passed: passedNote, failed: failedNote, skipped: skippedNote }[result](
      exchange,
      name,
      parts,
    )
    return { check: name, ...words[name], ...(note === undefined ? {} : { note }) }
  })

function passedNote(exchange: Exchange, name: Explained['check'], parts: number): string | undefined {
  const { operation, service, caller, response } = exchange
  switch (name) {
    case 'message':
      return `${operation} of ${service}${parts === 0 ? '' : `, ${parts} attachment${parts === 1 ? '' : 's'}`}`
    case 'security':
      return securityNote(caller)
    case 'authorisation':
      return caller?.actor === undefined
        ? undefined
        : `${caller.actor.displayName}, ${caller.actor.profession} in the register`
    case 'business':
      return `answered with HTTP status ${response.status}`
    default:
      return undefined
  }
}

function securityNote(caller: Exchange['caller']): string {
  if (caller === undefined || caller.kind === 'none') return 'this operation asks for no proof'
  const { certificate, kind, attributes } = caller
  const by = certificate === undefined ? 'signed' : `signed by ${certificate.subject.toRfc2253()}`
  const until =
    certificate === undefined ? '' : `, certificate valid until ${certificate.notAfter.toISOString()}`
  return kind === 'x509' ? by + until : `${by}${until}; token with ${attributes.length} attributes`
}

function failedNote({ refused }: Exchange): string {
  const { reason, meaning } = reasonOf(refused)
  return reason === undefined ? (refused?.message ?? 'refused') : `refused: ${reason}. ${meaning}`
}

function skippedNote({ checks, trouble }: Exchange): string {
  if (checks.some(({ result }) => result === 'failed')) return 'not looked at: an earlier check failed'
  return trouble === undefined ? 'not looked at' : `not looked at: scripted trouble (${trouble}) came first`
}

/** The code of the library for what was found, with what the catalogue says of it. */
export function reasonOf(refused: Exchange['refused']): {
  reason?: string
  meaning?: string
  hint?: string
} {
  const reason = refused?.reason
  if (reason === undefined) return {}
  if (!Object.hasOwn(errorCatalogue, reason)) return { reason }
  const { meaning, hint } = errorCatalogue[reason as ErrorCode]
  return { reason, meaning, hint }
}
