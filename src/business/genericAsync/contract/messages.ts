/** Messages of GenericAsync v1.3 (spec memberdata-mycarenet §2.4). */
import {
  allowed,
  anyUri,
  base64Binary,
  boolean,
  integer,
  many,
  namespace,
  optional,
  required,
  string,
  type Infer,
} from '../../../technical/xml/index.js'
import { FaultType, mailboxCommons } from '../../mycarenet/contract.js'
import { AsyncBlob, base64List, stringList } from './types.js'

const ga = namespace('urn:be:cin:nip:async:generic', { prefix: 'ga', qualified: true })

const xmime = 'http://www.w3.org/2005/05/xmlmime'
namespace(xmime, { prefix: 'xmime', qualified: true })

/** Base64 of a serialised `ds:Signature`. */
export const AsyncXades = ga.simpleContent(base64Binary, { contentType: allowed(string(), xmime) })
export type AsyncXades = Infer<typeof AsyncXades>

export const PostRequest = ga.element(
  'post',
  ga.sequence({
    CommonInput: mailboxCommons.CommonInput,
    Detail: AsyncBlob,
    'Xades-t': optional(AsyncXades),
  }),
)
export type PostRequest = Infer<typeof PostRequest>

/** The technical acknowledgement: what became of a post, and a code over what was posted. */
export const TAckType = ga.simpleContent(base64Binary, {
  Issuer: required(anyUri),
  AppliesTo: required(string()),
  ResultMajor: required(anyUri),
  ResultMinor: allowed(anyUri),
  ResultMessage: allowed(string()),
  Id: allowed(string({ pattern: /^[A-Za-z_][A-Za-z0-9_.-]*$/ })),
  Reference: allowed(string()),
})
export type TAckType = Infer<typeof TAckType>

export const PostResponse = ga.element('postResponse', ga.sequence({ return: TAckType }))
export type PostResponse = Infer<typeof PostResponse>

const int32 = { min: -2_147_483_648, max: 2_147_483_647 }
const include = { Include: allowed(boolean) }

export const GetRequest = ga.element(
  'get',
  ga.sequence({
    Origin: mailboxCommons.Origin,
    'Reply-to-etk': optional(base64Binary),
    QueryParameters: optional(
      ga.sequence(
        {
          includeIOs: stringList,
          excludeIOs: stringList,
          tackMessageNames: optional(stringList),
        },
        { Reference: allowed(string()) },
      ),
    ),
    MsgQuery: ga.sequence({ Max: optional(integer(int32)), MessageNames: stringList }, include),
    TAckQuery: ga.sequence({ Max: optional(integer(int32)) }, include),
  }),
)
export type GetRequest = Infer<typeof GetRequest>

export const MsgResponse = ga.sequence({
  CommonOutput: mailboxCommons.CommonOutput,
  Detail: AsyncBlob,
  'Xades-t': AsyncXades,
})
export type MsgResponse = Infer<typeof MsgResponse>

export const TAckResponse = ga.sequence({ TAck: TAckType, 'Xades-t': AsyncXades })
export type TAckResponse = Infer<typeof TAckResponse>

export const GetResponse = ga.element(
  'getResponse',
  ga.sequence({
    return: ga.sequence(
      { MsgResponse: many(MsgResponse), TAckResponse: many(TAckResponse) },
      { MsgCount: required(integer(int32)), TAckCount: required(integer(int32)) },
    ),
  }),
)
export type GetResponse = Infer<typeof GetResponse>

export const ConfirmRequest = ga.element(
  'confirm',
  ga.sequence({
    Origin: mailboxCommons.Origin,
    MsgHashValues: optional(base64List),
    MsgRefValues: optional(stringList),
    TAckContents: optional(base64List),
    TAckReferences: optional(stringList),
  }),
)
export type ConfirmRequest = Infer<typeof ConfirmRequest>

export const ConfirmResponse = ga.element('confirmResponse', ga.sequence({}))
export type ConfirmResponse = Infer<typeof ConfirmResponse>

/** Detail of the SOAP faults of these services. */
export const GenericAsyncFault = ga.element('fault', FaultType)
export type GenericAsyncFault = Infer<typeof GenericAsyncFault>
