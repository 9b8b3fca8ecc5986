/** The WS-Security vectors of fixtures/wss: envelopes, certificates, keys. */
import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'

import { softwareCredential, type Credential } from '../../../src/technical/keystore/index.js'
import { Certificate } from '../../../src/technical/pki/index.js'
import { parseEnvelope } from '../../../src/technical/soap/envelope.js'
import { samlNamespace } from '../../../src/technical/soap/namespaces.js'
import type { SamlAssertion } from '../../../src/technical/soap/types.js'
import { rawElement } from '../../../src/technical/xml/parse.js'
import { attribute, childNamed } from '../../../src/technical/xml/tree.js'

const folder = new URL('../../../fixtures/wss/', import.meta.url)

export const wssFile = (path: string): Buffer => readFileSync(new URL(path, folder))

export const wssCertificate = (name: string): Certificate => Certificate.from(wssFile(`certs/${name}.pem`))

export const wssCredential = (name: 'holder-rsa' | 'holder-ec' | 'sts'): Credential =>
  softwareCredential({
    certificate: wssCertificate(name),
    chain: [],
    privateKey: createPrivateKey(wssFile(`keys/${name}.key.pem`)),
  })

/** Clock of the set. */
export const wssClock = new Date('2026-01-15T12:00:00Z')

/** The assertion for a holder's key, as it would come out of a session. */
export function wssAssertion(holder: 'holder-rsa' | 'holder-ec'): SamlAssertion {
  const file = holder === 'holder-rsa' ? 'p04-saml-hok-rsa-sha256.xml' : 'p05-saml-hok-ec-sha256.xml'
  const { document, security } = parseEnvelope(wssFile(`envelopes/${file}`))
  const element = childNamed(security!, samlNamespace, 'Assertion')!
  return {
    id: attribute(element, 'AssertionID')!,
    xml: rawElement(document, element, 'mentioned'),
  }
}
