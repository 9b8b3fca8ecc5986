/** A small service for the tests of the pipeline, and a clock and random source that stand still. */
import type { Runtime } from '../../../src/technical/environment/runtime.js'
import type { Operation } from '../../../src/technical/soap/types.js'
import {
  allowed,
  base64Binary,
  boolean,
  integer,
  lazy,
  many,
  namespace,
  opaque,
  optional,
  required,
  string,
  type Infer,
  type SequenceType,
} from '../../../src/technical/xml/index.js'

const demo = namespace('urn:test:soap', { prefix: 'demo', qualified: false })
const other = namespace('urn:test:soap:other', { prefix: 'o', qualified: true })
// the same prefix as the envelope's, on purpose
const clash = namespace('urn:test:soap:clash', { prefix: 'S', qualified: true })

interface Branch {
  Label: string
  Branch: Branch[]
}
const Branch: SequenceType<Branch> = other.sequence({
  Label: string(),
  Branch: many(lazy((): SequenceType<Branch> => Branch)),
})

export const Ask = demo.element(
  'Ask',
  demo.sequence(
    {
      Text: string(),
      Count: optional(integer()),
      Flags: many(boolean),
      Content: optional(base64Binary),
      Tree: optional(Branch),
      Clash: optional(clash.sequence({ Inner: string() }, { note: allowed(string()) })),
      Foreign: optional(opaque),
    },
    { Id: required(string()), lang: allowed(string(), 'http://www.w3.org/XML/1998/namespace') },
  ),
)
export type Ask = Infer<typeof Ask>

export const Answer = demo.element('Answer', demo.sequence({ Text: string(), Data: optional(base64Binary) }))

export const ask = (
  security: 'none' | 'x509' | 'saml-hok' = 'none',
): Operation<Ask, Infer<typeof Answer>> => ({
  service: 'ehboxConsultation',
  name: 'ask',
  soapAction: 'urn:test:soap:ask',
  request: Ask,
  response: Answer,
  security,
  idempotent: true,
})

/** A runtime whose clock stands still and whose identifiers count up. */
export function heldRuntime(at: Date): Runtime {
  let count = 0
  return {
    now: () => at,
    uuid: () => `00000000-0000-4000-8000-${String((count += 1)).padStart(12, '0')}`,
    randomBytes: (length) => new Uint8Array(length),
  }
}
