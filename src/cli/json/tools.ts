/** What `ehealth demo`, `init`, `simulator` and `call` print. */
import type { OperationShape, ServiceOperation, Shape } from '../../technical/service/index.js'
import type { StepResult } from '../demo/steps.js'
import type { CallReport } from './common.js'

/** The demonstration. */
export interface Demo {
  /** Every step was verified. */
  ok: boolean
  milliseconds: number
  steps: readonly StepResult[]
}

/** The project that was written. */
export interface Init {
  /** The folder, as an absolute path. */
  dir: string
  /** Files, as paths within it. */
  files: string[]
}

/** The line that tells that the simulator is ready. */
export interface Simulator {
  ready: true
  /** Where it listens. */
  url: string
  /** As it was given. */
  dir: string
  /** Who has a keystore there. */
  personas: string[]
  /** Address of the page that shows the simulator; with `--ui` only. */
  ui?: string
  /** Number of the process. */
  pid: number
}

/** The answer of a service, or with `--list` its operations. */
export type Call = CallAnswer | ServiceDescription

/** The answer of a service. */
export interface CallAnswer {
  /** As the WSDL describes it; octets are in base64. */
  value?: unknown
  attachments: {
    contentId: string
    contentType: string
    /** Base64. */
    content: string
  }[]
  meta: CallReport
}

/** The operations of a service. */
export interface ServiceDescription {
  service: string
  port: string
  operations: (ServiceOperation & Partial<OperationShape>)[]
}

export type { Shape }
