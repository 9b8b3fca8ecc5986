/** The service list of a simulator: what stands in it, and how it is spoilt on demand. */
import { createHash } from 'node:crypto'

import type { ServiceListVersion } from '../../technical/businessContinuity/contract.js'
import { servicePaths, type ServiceName } from '../../technical/environment/environment.js'
import type { Runtime } from '../../technical/environment/runtime.js'
import { uddiKeyOf } from '../../technical/environment/services.js'
import { signerOf, type Authorities, type Authority } from '../pki/authorities.js'
import { issueCertificate } from '../pki/issue.js'
import { signList, writeList, type ListCache, type ListContent } from './write.js'

/** Ways in which a published list is not as it should be (the shared vectors have the same). */
export type ListFlaw =
  | 'tampered'
  | 'self-signed'
  | 'rogue-authority'
  | 'other-signer'
  | 'wrapped'
  | 'unsigned'
  | 'no-order-zero'
  | 'no-active-endpoint'
  | 'old'
  | 'other-environment'
  | 'digest'
  | 'truncated'
  | 'missing'

/** What the simulated platform publishes. What is left out stays as it was. */
export interface ListChanges {
  /** Schema of the list; 1. */
  version?: ServiceListVersion
  /** Services that the platform has moved to their recovery endpoint. */
  recovering?: readonly ServiceName[]
  /** Cache entries, version 2 only. */
  cache?: Readonly<Partial<Record<ServiceName, ListCache>>>
  flaw?: ListFlaw | undefined
}

/** Business continuity of a simulator. */
export interface SimulatedContinuity {
  /** Publishes a new list, issued now. */
  publish(changes: ListChanges): void
  /** Services that have been moved. */
  readonly recovering: readonly ServiceName[]
  /** Whether recovery endpoints answer although the list calls them inactive; true. If not, they answer 404. */
  recoveryAnswers: boolean
}

/** What the server gives out. @internal */
export interface ListPublisher extends SimulatedContinuity {
  /** The file with this ending; undefined when it is missing. */
  file(ending: '.xml' | '.sha2'): Promise<Uint8Array | undefined>
}

/** Path below which the recovery endpoints stand. */
export const recoveryPath = '/ehealth/bcp'

/** Path of the list, without ending. */
export const listPath = '/servicelist'

export function createListPublisher(options: {
  authorities: Authorities
  services: readonly ServiceName[]
  environment: string
  runtime: Runtime
  url: () => string
}): ListPublisher {
  const { authorities, services, environment, runtime, url } = options
  let state: Required<Omit<ListChanges, 'flaw'>> & Pick<ListChanges, 'flaw'> = {
    version: 1,
    recovering: [],
    cache: {},
  }
  let issuedAt = runtime.now()
  let published: Promise<Uint8Array> | undefined

  const build = async (): Promise<Uint8Array> => {
    const { version, recovering, cache, flaw } = state
    const firstOrder = flaw === 'no-order-zero' ? 2 : 0
    const content: ListContent = {
      version,
      id: `_${runtime.uuid()}`,
      environment: flaw === 'other-environment' ? 'Production' : environment,
      issuedAt: flaw === 'old' ? new Date(issuedAt.getTime() - 24 * 60 * 60 * 1000) : issuedAt,
      services: services.map((service, i) => {
        const moved = recovering.includes(service)
        const none = flaw === 'no-active-endpoint' && i === 0
        const path = servicePaths[service]
        const entry = cache[service]
        return {
          id: uddiKeyOf(service) ?? `uddi:simulation:business:${service.toLowerCase()}:v1`,
          name: service.toUpperCase(),
          endpoints: [
            { url: url() + path, order: firstOrder, active: !moved && !none },
            { url: url() + recoveryPath + path, order: firstOrder + 1, active: moved && !none },
          ],
          ...(entry === undefined ? {} : { cache: entry }),
        }
      }),
    }
    const unsigned = writeList(content)
    const { signer, chain } = signerFor(flaw, authorities)
    const signed =
      flaw === 'unsigned' ? unsigned : await signList(unsigned, { id: content.id, signer, chain }, runtime)
    return Buffer.from(spoiled(signed, flaw, url()))
  }

  return {
    recoveryAnswers: true,
    get recovering() {
      return state.recovering
    },
    publish(changes) {
      state = { ...state, ...changes }
      // a list is told from the one before by its instant
      issuedAt = new Date(Math.max(runtime.now().getTime(), issuedAt.getTime() + 1))
      published = undefined
    },
    async file(ending) {
      if (state.flaw === 'missing') return undefined
      const xml = await (published ??= build())
      if (ending === '.xml') return state.flaw === 'truncated' ? xml.subarray(0, xml.length / 2) : xml
      const digested = state.flaw === 'digest' ? Buffer.from('another list') : xml
      return Buffer.from(createHash('sha256').update(digested).digest('hex'))
    },
  }
}

function signerFor(
  flaw: ListFlaw | undefined,
  authorities: Authorities,
): { signer: Authority; chain: Authority['certificate'][] } {
  const { serviceList, issuing, sts, registrationAuthority } = authorities
  const chain = [issuing.certificate]
  const reissued = (issuer: Authority): Authority => {
    const { certificate, key } = serviceList
    return {
      key,
      certificate: issueCertificate(
        {
          subject: certificate.subject.der,
          publicKey: certificate.publicKey,
          serialNumber: certificate.serialNumber + 1n,
          notBefore: certificate.notBefore,
          notAfter: certificate.notAfter,
          usages: ['digitalSignature', 'nonRepudiation'],
        },
        signerOf(issuer),
      ),
    }
  }
  switch (flaw) {
    case 'self-signed':
      return { signer: reissued(serviceList), chain: [] }
    case 'rogue-authority':
      return { signer: reissued(registrationAuthority), chain: [registrationAuthority.certificate] }
    case 'other-signer':
      return { signer: sts, chain }
    default:
      return { signer: serviceList, chain }
  }
}

function spoiled(list: string, flaw: ListFlaw | undefined, url: string): string {
  if (flaw === 'tampered') return list.replace(`>${url}/`, '>https://evil.test/')
  if (flaw !== 'wrapped') return list
  // a root of one's own around the genuine list
  const start = /^<(\S+)[^>]*>/.exec(list)!
  const own = start[0].replace(/ Id="[^"]*"/, ' Id="_wrapped"')
  const service = /<(\S+:)?Service [^>]*>[\s\S]*?<\/(\S+:)?Service>/.exec(list)![0]
  return `${own}${service.replaceAll(`>${url}/`, '>https://evil.test/')}${list}</${start[1]}>`
}
