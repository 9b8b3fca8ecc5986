/** Tokens of the simulator for credentials of the fixtures: an eID, an EC key, a hospital. */
import { readFileSync } from 'node:fs'

import { startSimulator, type Simulator, type SimulatorOptions } from '../../../src/simulator/index.js'
import { endpointOf, type ServiceName } from '../../../src/technical/environment/environment.js'
import { openKeystore, type Credential } from '../../../src/technical/keystore/index.js'
import { Certificate } from '../../../src/technical/pki/index.js'
import { createTransport } from '../../../src/technical/soap/transport.js'
import type { Transport } from '../../../src/technical/soap/types.js'
import {
  attributeNamespaces,
  stsServiceOf,
  type SamlAttribute,
  type StsSettings,
} from '../../../src/technical/sts/index.js'

const fixture = (name: string): Buffer =>
  readFileSync(new URL(`../../../fixtures/keystores/${name}`, import.meta.url))

export const holderPrefix = 'urn:be:fgov:ehealth:1.0:certificateholder:'
export const doctorFlag = 'urn:be:fgov:person:ssin:doctor:boolean'
export const doctorNumber = 'urn:be:fgov:person:ssin:ehealth:1.0:doctor:nihii11'

export const asserted = (name: string, ...values: string[]): SamlAttribute => ({
  name,
  namespace: attributeNamespaces.identification,
  values,
})
export const asked = (name: string): SamlAttribute => ({ name, namespace: attributeNamespaces.certified })

/** What a physician asks for. */
export const physicianAttributes = (ssin = '90010199794'): SamlAttribute[] => [
  asserted(`${holderPrefix}person:ssin`, ssin),
  asserted('urn:be:fgov:person:ssin', ssin),
  asked(doctorNumber),
  asked(doctorFlag),
]

/** What a hospital asks for. */
export const hospitalAttributes: SamlAttribute[] = [
  asserted(`${holderPrefix}hospital:nihii-number`, '99990172'),
  { ...asserted('urn:be:fgov:ehealth:1.0:hospital:nihii-number', '99990172'), designated: false },
  asked('urn:be:fgov:ehealth:1.0:hospital:nihii-number:recognisedhospital:boolean'),
]

/** A simulator that knows the people of the fixtures, with their keys. */
export interface SimulatedSts {
  readonly simulator: Simulator
  readonly keys: Readonly<Record<'sender' | 'eid' | 'hospital' | 'ec', Credential>>
  readonly transport: Transport
  /** The options that every request has; the address is that of the profile, unless a service is named. */
  common(settings?: StsSettings, service?: ServiceName): ReturnType<typeof callOptions>
  close(): Promise<void>
}

const callOptions = (simulator: Simulator, transport: Transport, service: ServiceName) => ({
  endpoint: endpointOf(simulator.environment, service),
  trust: { sts: simulator.environment.trust.sts!.map((one) => Certificate.from(one)) },
  context: { transport, runtime: simulator.runtime, emit: () => undefined },
  runtime: simulator.runtime,
})

export async function startSimulatedSts(options: SimulatorOptions = {}): Promise<SimulatedSts> {
  const simulator = await startSimulator({
    ...options,
    trust: { signers: [fixture('root-ca.cer'), fixture('issuing-ca.cer')] },
    register: {
      actors: [
        {
          name: 'sender',
          kind: 'person',
          displayName: 'SENDER ALPHA',
          profession: 'physician',
          certificateType: 'SSIN',
          certificateValue: '90010199794',
          ssin: '90010199794',
          nihii: '19999024004',
          qualities: ['DOCTOR'],
          certified: { [doctorFlag]: ['true'], [doctorNumber]: ['19999024004'] },
        },
        {
          name: 'clinic',
          kind: 'organisation',
          displayName: 'HOSPITAL ALPHA',
          profession: 'hospital',
          certificateType: 'NIHII-HOSPITAL',
          certificateValue: '99990172',
          nihii: '99990172',
          qualities: ['HOSPITAL'],
          certified: {
            'urn:be:fgov:ehealth:1.0:hospital:nihii-number:recognisedhospital:boolean': ['true'],
          },
        },
      ],
    },
  })
  const open = async (name: string, alias = 'authentication'): Promise<Credential> =>
    (await openKeystore({ bytes: fixture(`${name}.p12`) }, { password: 'etee-alpha', alias })).authentication
  const [sender, eid, hospital, ec] = await Promise.all([
    open('sender'),
    open('eid-like', 'Authentication'),
    open('recipient-a'),
    open('ec-p384'),
  ])
  const transport = createTransport({ trust: simulator.environment.trust.tls ?? [] })
  return {
    simulator,
    transport,
    keys: { sender, eid, hospital, ec },
    common: (settings = {}, service = stsServiceOf(settings)) => callOptions(simulator, transport, service),
    close: async () => {
      transport.close()
      await simulator.close()
    },
  }
}
