/** Judges a service list in a file, exactly as a fetched one would be judged (design §9, `ehealth verify`). */
import { EHealthError } from '../../errors.js'
import { isHttpDump, parseHttpDump } from '../soap/httpDump.js'
import type { Finding, JudgedCertificate } from '../soap/verifyFile.js'
import { readServiceList, type ListWarning } from './serviceList.js'
import type { ListSigner } from './signature.js'

/** What {@link judgeServiceList} found. JSON-able. */
export interface ServiceListJudgement {
  kind: 'service-list'
  valid: boolean
  errors: Finding[]
  warnings: Finding[]
  signer?: JudgedCertificate
  version?: number
  environment?: string
  issuedAt?: string
  /** Services with the endpoint that is called first. */
  services?: { id: string; endpoint: string; alternatives: number }[]
}

const texts: Readonly<Record<ListWarning['code'], string>> = {
  'no-active-endpoint': 'no endpoint is active: the default is kept',
  'not-https': 'an endpoint is no https URL: left out',
  twice: 'the service stands twice: the first entry counts',
  'no-endpoint': 'no usable endpoint: the service is left out',
  'cache-lifetime': 'a lifetime of answers that has no fixed length: no answers are kept',
  status: 'an unknown status: taken for inactive',
}

/** Judges a list: an XML file or an HTTP message. */
export function judgeServiceList(bytes: Uint8Array, signer: ListSigner): ServiceListJudgement {
  const judgement: ServiceListJudgement = { kind: 'service-list', valid: false, errors: [], warnings: [] }
  try {
    const list = readServiceList(isHttpDump(bytes) ? parseHttpDump(bytes).body : bytes, signer)
    const { certificate, cbe } = list.signer
    judgement.signer = {
      subject: certificate.subject.toRfc2253(),
      serialNumber: certificate.serialNumber.toString(),
      fingerprint: certificate.fingerprint,
    }
    judgement.version = list.version
    judgement.environment = list.environment
    judgement.issuedAt = list.issuedAt.toISOString()
    judgement.services = list.services.map(({ id, endpoints }) => ({
      id,
      endpoint: (endpoints.find(({ active }) => active) ?? endpoints[0]!).url,
      alternatives: endpoints.length - 1,
    }))
    judgement.warnings = list.warnings.map(({ code, service }) => ({
      code: `service-list.${code}`,
      message: `${service}: ${texts[code]}`,
    }))
    if (signer.cbe === undefined)
      judgement.warnings.push({
        code: 'service-list.signer',
        message: `the number of the signer is not pinned; it is ${cbe}`,
      })
    judgement.valid = true
  } catch (error) {
    if (!(error instanceof EHealthError)) throw error
    judgement.errors.push({ code: error.code, message: error.message })
  }
  return judgement
}
