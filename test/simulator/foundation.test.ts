import { X509Certificate } from 'node:crypto'

import { beforeAll, describe, expect, it } from 'vitest'

import { systemRuntime } from '../../src/technical/environment/runtime.js'
import { openKeystore } from '../../src/technical/keystore/index.js'
import { verifyPath } from '../../src/technical/pki/index.js'
import { makeFoundation, type Foundation } from '../../src/simulator/pki/foundation.js'

let foundation: Foundation
beforeAll(async () => {
  foundation = await makeFoundation(systemRuntime, ['localhost', '127.0.0.1'])
})

describe('keystores of the personas', () => {
  it('open with their password, chain to the root and hold an encryption key named by its serial number', async () => {
    const { authorities, keystores } = foundation
    const keystore = await openKeystore(
      { bytes: keystores.physician.keystore },
      { password: keystores.physician.password },
    )
    expect(keystore.identity).toMatchObject({ kind: 'person', type: 'SSIN' })
    const certificate = keystore.authentication.certificate
    const path = verifyPath(certificate, {
      intermediates: keystore.authentication.chain,
      anchors: [authorities.root.certificate],
      at: systemRuntime.now(),
      keyUsage: ['digitalSignature'],
    })
    expect(path).toHaveLength(3)
    expect(keystore.decryptionKeys).toHaveLength(1)
    const encryption = keystore.decryptionKeys[0]!.certificate
    expect([...encryption.keyUsage!]).toEqual(['keyEncipherment', 'dataEncipherment'])
    expect(encryption.issuer.equals(encryption.subject)).toBe(true)
    expect(encryption.isSignedBy(encryption)).toBe(false)
    expect(encryption.isSignedBy(certificate)).toBe(true)
    expect([...certificate.keyUsage!]).toEqual([
      'digitalSignature',
      'nonRepudiation',
      'keyEncipherment',
      'dataEncipherment',
    ])
  })

  it('keep an older encryption key of the nurse, newest first', async () => {
    const { keystore, password } = foundation.keystores.nurse
    const { decryptionKeys } = await openKeystore({ bytes: keystore }, { password })
    expect(decryptionKeys).toHaveLength(2)
    expect(decryptionKeys[0]!.certificate.isValidAt(systemRuntime.now())).toBe(true)
    expect(decryptionKeys[1]!.certificate.isValidAt(systemRuntime.now())).toBe(false)
  })

  it('name the hospital by its type and number in the order of the platform', async () => {
    const { keystore, password } = foundation.keystores.hospital
    const { authentication, identity } = await openKeystore({ bytes: keystore }, { password })
    expect(identity).toMatchObject({ kind: 'organisation', type: 'NIHII-HOSPITAL', value: '71997358' })
    expect(authentication.certificate.subject.rdns.flat().map(({ value }) => value)).toEqual([
      'BE',
      'Federal Government',
      'NIHII-HOSPITAL=71997358',
      'SAMPLE GENERAL HOSPITAL',
      'eHealth-platform Belgium',
      'NIHII-HOSPITAL=71997358',
    ])
  })
})

describe('authorities', () => {
  it('certify the server for its hosts', () => {
    const tls = new X509Certificate(foundation.authorities.tls.certificate.der)
    expect(tls.checkHost('localhost')).toBe('localhost')
    expect(tls.checkIP('127.0.0.1')).toBe('127.0.0.1')
  })
})
