/** WS-Addressing 1.0 headers, which MyCareNet's GenericAsync wants (spec soap-security §1.5). */
import { EHealthError } from '../../errors.js'
import { anyUri, namespace, required, string, write } from '../xml/index.js'
import { soapNamespace, wsaNamespace } from './namespaces.js'

const wsa = namespace(wsaNamespace, { prefix: 'wsa', qualified: true })
namespace(soapNamespace, { prefix: 'S', qualified: true })

const Action = wsa.element(
  'Action',
  wsa.simpleContent(anyUri, { mustUnderstand: required(string(), soapNamespace) }),
)
const Endpoint = wsa.sequence({ Address: anyUri })

/** Headers of one message. Only `action` is mandatory; an empty `to` is written, as the official connector does. */
export interface Addressing {
  /** For instance `urn:be:cin:nip:async:generic:post:msg`. */
  action: string
  /** For instance `urn:nip:destination:io:300`. */
  to?: string
  /** A bare UUID: the platform's own form, without `urn:uuid:`. */
  messageId?: string
  /** Messages that this one belongs to. */
  relatesTo?: readonly string[]
  /** Text of the element itself, not of an endpoint reference. */
  from?: string
  /** Address for answers, for instance `http://www.w3.org/2005/08/addressing/anonymous`. */
  replyTo?: string
  /** Address for faults. */
  faultTo?: string
}

/** What the Envelope around declares. */
const envelopeScope = new Map([['S', soapNamespace]])

/**
 * The header blocks in the order of the specification, to stand in a Header behind Security. No signature covers them.
 *
 * @throws EHealthError `contract.invalid` for text that XML cannot carry or an empty action
 *
 * @example
 * ```ts
 * import { buildEnvelope, writeAddressing } from 'ehealth-connectors/soap'
 *
 * const addressing = writeAddressing({
 *   action: 'urn:be:cin:nip:async:generic:post:msg',
 *   to: 'urn:nip:destination:io:300',
 *   messageId: runtime.uuid(),
 * })
 * const content = { declaration: GetBoxInfoRequest, value: {} }
 * const envelope = await buildEnvelope({ security, body: content, runtime, addressing })
 * ```
 */
export function writeAddressing(headers: Addressing): string {
  if (headers.action === '')
    throw new EHealthError('contract.invalid', 'addressing.action: empty', { path: 'addressing.action' })
  const text = (local: string, value: string): string =>
    write(wsa.element(local, anyUri), value, { inScope: envelopeScope }).xml
  const endpoint = (local: string, Address: string): string =>
    write(wsa.element(local, Endpoint), { Address }, { inScope: envelopeScope }).xml
  const { action, to, messageId, relatesTo = [], from, replyTo, faultTo } = headers
  return [
    write(Action, { mustUnderstand: '1', value: action }, { inScope: envelopeScope }).xml,
    ...(to === undefined ? [] : [text('To', to)]),
    ...(messageId === undefined ? [] : [text('MessageID', messageId)]),
    ...relatesTo.map((id) => text('RelatesTo', id)),
    ...(from === undefined ? [] : [text('From', from)]),
    ...(replyTo === undefined ? [] : [endpoint('ReplyTo', replyTo)]),
    ...(faultTo === undefined ? [] : [endpoint('FaultTo', faultTo)]),
  ].join('')
}
