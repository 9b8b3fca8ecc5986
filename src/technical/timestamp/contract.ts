/**
 * Messages and operations of the time stamp authority and of the consultation, version 2 (spec timestamp §4, §7).
 */
import type { Operation } from '../soap/types.js'
import {
  TSConsultRequest,
  TSConsultResponse,
  TSConsultTSBagRequest,
  TSConsultTSBagResponse,
} from './contract/consult.js'
import { SignRequest, SignResponse } from './contract/dss.js'

export * from './contract/bag.js'
export * from './contract/consult.js'
export * from './contract/dss.js'

export const timestampOperations: {
  readonly stamp: Operation<SignRequest, SignResponse>
  readonly getTimestamp: Operation<TSConsultTSBagRequest, TSConsultTSBagResponse>
  readonly checkCompleteness: Operation<TSConsultRequest, TSConsultResponse>
} = {
  stamp: {
    service: 'timestampAuthority',
    name: 'stamp',
    soapAction: 'urn:be:fgov:ehealth:timestamping:protocol:v2:stamp',
    request: SignRequest,
    response: SignResponse,
    security: 'x509',
    // A document may be stamped more than once, and an unknown outcome is to be repeated (spec timestamp §10.4).
    idempotent: true,
  },
  getTimestamp: {
    service: 'timestampConsult',
    name: 'getTimestamp',
    // No action is known (spec timestamp §7).
    soapAction: '',
    request: TSConsultTSBagRequest,
    response: TSConsultTSBagResponse,
    security: 'x509',
    idempotent: true,
  },
  checkCompleteness: {
    service: 'timestampConsult',
    name: 'checkCompleteness',
    soapAction: '',
    request: TSConsultRequest,
    response: TSConsultResponse,
    security: 'x509',
    idempotent: true,
  },
}
