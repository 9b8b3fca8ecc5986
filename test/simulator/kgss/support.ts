/** What the tests of the simulated KGSS share: people with keys, and requests sealed by hand. */
import { afterAll, beforeAll, beforeEach, expect } from 'vitest'

import type { Connection } from '../../../src/index.js'
import {
  startSimulator,
  type PersonaName,
  type RefusedCall,
  type Simulator,
} from '../../../src/simulator/index.js'
import {
  GetKeyRequestContent,
  GetNewKeyRequestContent,
  GetNewKeyResponseContent,
  kgssOperations,
  type CredentialType,
  type GetKeyResponse,
  type GetNewKeyResponse,
} from '../../../src/technical/kgss/contract.js'
import { readers } from '../../../src/technical/kgss/index.js'
import type { Keystore } from '../../../src/technical/keystore/index.js'
import { seal, unseal, type Recipient, type Unsealed } from '../../../src/technical/seal/index.js'
import type { Security } from '../../../src/technical/soap/types.js'
import { parseXml, read, write } from '../../../src/technical/xml/index.js'
import { open } from '../../technical/kgss/people.js'
import { callOperation } from '../support.js'

const names = ['physician', 'nurse', 'hospital'] as const

/** The KGSS as the depot names it. */
export const kgssOwner = { type: 'CBE', value: '0809394427', application: 'KGSS' }

export const nurseNumber = readers.nurse().name
export const doctorNumber = readers.doctor().name

/** An attribute that the platform certifies, as access lists carry it. */
export const reader = (Name: string, ...Value: string[]): CredentialType => ({
  Namespace: 'urn:be:fgov:certified-namespace:ehealth',
  Name,
  Value,
})

/** Any nurse. */
const anyNurse = [reader(nurseNumber)]

/** What is answered where there is no key, or none for the caller. */
export const noKeyFound = {
  Status: { Code: '200', Message: 'Success' },
  Error: [{ Code: 'NO_KEY_FOUND', Message: [{ Lang: 'EN', value: 'No key found' }] }],
}

/** How a request is sealed; by the physician for the KGSS, now, unless said otherwise. */
export interface Sealed {
  by?: PersonaName
  to?: readonly Recipient[]
  /** Milliseconds before now. */
  late?: number
}

export const keyXml = (KeyIdentifier: Uint8Array, answerFor: object): string =>
  write(GetKeyRequestContent, { KeyIdentifier, ...answerFor }).xml

/** One simulator and its personas, started and closed with the test file that calls this. */
export class Surroundings {
  simulator!: Simulator
  refused: RefusedCall[] = []
  readonly people = {} as Record<PersonaName, Connection<'ehbox'>>
  readonly keystores = {} as Record<PersonaName, Keystore>

  constructor() {
    beforeAll(async () => {
      this.simulator = await startSimulator({ onRefusal: (one) => this.refused.push(one) })
      for (const name of names) {
        this.people[name] = await open(this.simulator, name)
        this.keystores[name] = await this.people[name].session.keystore()
      }
    })
    afterAll(async () => {
      await Promise.all(names.map((name) => this.people[name].close()))
      await this.simulator.close()
    })
    beforeEach(() => {
      this.refused = []
    })
  }

  async etkOf(name: PersonaName): Promise<Uint8Array> {
    return (await this.people[name].technical.etk.own()).der
  }

  async tokenOf(name: PersonaName): Promise<Security> {
    const credential = this.keystores[name].authentication
    return { kind: 'saml-hok', credential, assertion: await this.people[name].technical.token() }
  }

  async sealedXml(xml: string, { by = 'physician', to, late = 0 }: Sealed = {}): Promise<Uint8Array> {
    const { runtime } = this.simulator
    const at = new Date(runtime.now().getTime() - late)
    return seal(Buffer.from(xml), {
      credential: this.keystores[by].authentication,
      recipients: to ?? [await this.people[by].technical.etk.get(kgssOwner)],
      runtime: { ...runtime, now: () => at },
    })
  }

  openAs(name: PersonaName, sealed: Uint8Array): Promise<Unsealed> {
    return unseal(sealed, {
      keys: this.keystores[name].decryptionKeys,
      trust: this.people[name].session.trust.signers,
      now: this.simulator.runtime,
    })
  }

  async newKeyXml(changes: Partial<GetNewKeyRequestContent> = {}): Promise<string> {
    const request = { AllowedReader: anyNurse, ExludedReader: [], ETK: await this.etkOf('physician') }
    return write(GetNewKeyRequestContent, { ...request, ...changes }).xml
  }

  async sendNewKey(SealedContent: Uint8Array): Promise<GetNewKeyResponse> {
    const request = { SealedNewKeyRequest: { SealedContent } }
    return (await callOperation(this.simulator, kgssOperations.getNewKey, request, { kind: 'none' })).value
  }

  async sendKey(SealedContent: Uint8Array, as: PersonaName = 'nurse'): Promise<GetKeyResponse> {
    const request = { SealedKeyRequest: { SealedContent } }
    return (await callOperation(this.simulator, kgssOperations.getKey, request, await this.tokenOf(as))).value
  }

  /** A key of the physician's. */
  async makeKey(
    AllowedReader = anyNurse,
    ExludedReader: CredentialType[] = [],
  ): Promise<{ id: Uint8Array; key: Uint8Array }> {
    const xml = await this.newKeyXml({ AllowedReader, ExludedReader })
    const answer = await this.sendNewKey(await this.sealedXml(xml))
    expect(answer).toMatchObject({ Status: { Code: '200', Message: 'Success' }, Error: [] })
    const { content } = await this.openAs('physician', answer.SealedNewKeyResponse!.SealedContent)
    const { NewKeyIdentifier, NewKey } = read(GetNewKeyResponseContent, parseXml(content).root)
    return { id: NewKeyIdentifier!, key: NewKey! }
  }
}
