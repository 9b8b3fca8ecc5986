/** The service list, both versions (spec soap-security §6.5, official schemas ehealth-bcp-protocol 1.0 and 2.0). */
import {
  anyUri,
  boolean,
  dateTime,
  id,
  inNamespace,
  integer,
  many,
  namespace,
  oneOf,
  opaque,
  optional,
  required,
  allowed,
  string,
  type Infer,
} from '../xml/index.js'
import { dsNamespace } from '../xml/signature/index.js'

/** Namespaces of the two versions. */
export const serviceListNamespaces = {
  1: 'urn:be:fgov:ehealth:bcp:protocol:v1',
  2: 'urn:be:fgov:ehealth:bcp:protocol:v2',
} as const

/** Version of the schema of a list. */
export type ServiceListVersion = keyof typeof serviceListNamespaces

const v1 = namespace(serviceListNamespaces[1], { prefix: 'bcp1', qualified: true })
const v2 = namespace(serviceListNamespaces[2], { prefix: 'bcp2', qualified: true })

const endpointAttributes = { Order: required(integer()), Status: required(oneOf('ACTIVE', 'INACTIVE')) }
const serviceAttributes = { Id: required(string()), Name: required(string()) }
const listAttributes = {
  Id: required(id),
  IssueInstant: required(dateTime),
  Environment: required(string()),
}
const Signature = inNamespace(dsNamespace, opaque)

export const ServiceListV1 = v1.element(
  'ServiceList',
  v1.sequence(
    {
      Service: many(
        v1.sequence(
          { Endpoint: many(v1.simpleContent(anyUri, endpointAttributes), { min: 1 }) },
          serviceAttributes,
        ),
        { min: 1 },
      ),
      Signature,
    },
    listAttributes,
  ),
)
export type ServiceListV1 = Infer<typeof ServiceListV1>

const Cache = v2.sequence(
  {
    Key: v2.simpleContent(string(), {
      // the schema's own spelling
      Tranform: required(oneOf('xslt')),
      Inline: required(boolean),
    }),
    Expiry: v2.simpleContent(string(), {
      Type: required(oneOf('none', 'ttl')),
      Duration: allowed(string()),
    }),
  },
  { Strategy: required(oneOf('ENDPOINT_FIRST', 'CACHE_FIRST')) },
)

export const ServiceListV2 = v2.element(
  'ServiceList',
  v2.sequence(
    {
      Service: many(
        v2.sequence(
          {
            EndpointList: v2.sequence({
              Endpoint: many(v2.simpleContent(anyUri, endpointAttributes), { min: 1 }),
            }),
            Cache: optional(Cache),
          },
          serviceAttributes,
        ),
        { min: 1 },
      ),
      Signature,
    },
    listAttributes,
  ),
)
export type ServiceListV2 = Infer<typeof ServiceListV2>
