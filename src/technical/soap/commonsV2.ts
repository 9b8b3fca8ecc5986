/**
 * What the messages of the newer services share: commons core and protocol, version 2 (spec soap-security §5.3,
 * ehealthbox §8.1, §8.3). A service spreads the attributes and extends the answers; nothing of it stands on the wire alone.
 */
import type { SequenceType } from '../xml/contract.js'
import {
  allowed,
  anyUri,
  dateTime,
  id,
  inNamespace,
  integer,
  lazy,
  namespace,
  opaque,
  optional,
  required,
  string,
} from '../xml/index.js'

const core = namespace('urn:be:fgov:ehealth:commons:core:v2', { prefix: 'c2', qualified: true })

/** The outer code decides, the inner one explains. */
export interface StatusCodeV2 {
  Value: string
  StatusCode?: StatusCodeV2 | undefined
}

const StatusCode: SequenceType<StatusCodeV2> = core.sequence(
  { StatusCode: optional(lazy<StatusCodeV2>(() => StatusCode)) },
  { Value: required(anyUri) },
)

/** Status of an answer. */
export const StatusV2 = core.sequence({
  StatusCode,
  StatusMessage: optional(string()),
  StatusDetail: optional(opaque),
})

const int32 = integer({ min: -(2 ** 31), max: 2 ** 31 - 1 })

/** Attributes of a request. */
export const requestAttributes = { Id: allowed(id), IssueInstant: required(dateTime) }

/** Attributes of a request and an answer that is one page of many. */
export const paginationAttributes = { Offset: required(int32), MaxElements: required(int32) }

/** An answer with a status: extended with what it is about. */
export const StatusResponse = core.sequence(
  { Status: inNamespace(core.uri, StatusV2) },
  { Id: required(id), InResponseTo: allowed(string()), IssueInstant: required(dateTime) },
)
