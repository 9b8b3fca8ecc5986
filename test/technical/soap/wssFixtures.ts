/** The WS-Security vectors of fixtures/wss: envelopes, certificates, keys. */
import { createPrivateKey } from 'node:crypto'
import { readFileSync } from 'node:fs'

import { softwareCredential, type Credential } from '../../../src/technical/keystore/index.js'
import { Certificate } from '../../../src/technical/pki/index.js'

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
