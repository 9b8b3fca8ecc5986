/** What is sealed: content with the token to answer to and a signature (spec memberdata-mycarenet §5.2). */
import {
  allowed,
  base64Binary,
  id,
  namespace,
  optional,
  string,
  type Infer,
} from '../../../technical/xml/index.js'

const enc = namespace('urn:be:cin:encrypted', { prefix: 'enc', qualified: true })

const BusinessContent = enc.simpleContent(base64Binary, {
  id: allowed(id),
  /** Absent means `application/octet-stream`. */
  ContentType: allowed(string()),
  /** Absent means `none`, other than in a blob. */
  ContentEncoding: allowed(string()),
})

export const EncryptedKnownContent = enc.element(
  'EncryptedKnownContent',
  enc.sequence({ 'Reply-to-Etk': optional(base64Binary), BusinessContent, Xades: optional(base64Binary) }),
)
export type EncryptedKnownContent = Infer<typeof EncryptedKnownContent>
/** Content as it stands inside of what is sealed. */
export type BusinessContentElement = Infer<typeof BusinessContent>
