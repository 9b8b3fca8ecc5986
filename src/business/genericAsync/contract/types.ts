/** Types of the mailboxes (`commonTypes` v1.4, spec memberdata-mycarenet §2.4): lists, and the blob that is a part of its own. */
import {
  allowed,
  anyUri,
  attachedBinary,
  base64Binary,
  oneOf,
  required,
  string,
  type Infer,
  type SimpleType,
} from '../../../technical/xml/index.js'
import { contentEncryptions, mycarenetTypes } from '../../mycarenet/contract.js'

/** `xs:list`: items without white space, one space between them. */
function listOf(expected: string, item: RegExp): SimpleType<readonly string[]> {
  return {
    kind: 'simple',
    expected,
    schema: { base: 'string' },
    parse: (text) => text.split(/[ \t\r\n]+/).filter((part) => part !== ''),
    format: (items) => items.join(' '),
    check: (value) => {
      if (!Array.isArray(value)) return `${typeof value}, expected ${expected}`
      const wrong = value.findIndex((part) => typeof part !== 'string' || !item.test(part))
      return wrong < 0 ? undefined : `item ${wrong} does not fit, expected ${expected}`
    },
  }
}

/** `StringList`; an item with white space would be two. */
export const stringList = listOf('texts without white space', /^[^\s]+$/)
/** `Base64BinaryList`. */
export const base64List = listOf('base64 texts', /^[A-Za-z0-9+/]+={0,2}$/)

/** A blob with its technical data; always a part of its own beside the envelope (§2.3). */
export const AsyncBlob = mycarenetTypes.simpleContent(attachedBinary, {
  ContentType: required(string()),
  /** `deflate` when absent. */
  ContentEncoding: allowed(string()),
  ContentEncryption: allowed(oneOf(...contentEncryptions)),
  Etk: allowed(base64Binary),
  MessageName: required(string()),
  HashValue: allowed(base64Binary),
  Id: allowed(string({ pattern: /^[A-Za-z_][A-Za-z0-9_.-]*$/ })),
  Reference: allowed(string()),
  Issuer: allowed(anyUri),
})
export type AsyncBlob = Infer<typeof AsyncBlob>
