import { describe, expect, it } from 'vitest'

import { readRecipients, verifySender } from '../../../src/technical/seal/index.js'
import { hospital, opening, sender, vectors } from './messages.js'

const judge = (file: string) => verifySender(vectors.read(file), opening)

describe('the outside of a sealed message', () => {
  it('names its recipients by serial number, key identifier or secret key', () => {
    const own = hospital.decryptionKeys[0]!.certificate.serialNumber
    expect(readRecipients(vectors.read('sealed/three-recipients/kib.cms')).serialNumbers).toContain(own)
    expect(readRecipients(vectors.read('sealed/web-recipient/kib.cms')).keyIdentifiers).toHaveLength(1)
    expect(readRecipients(vectors.read('edge/two-secret-keys.cms')).secretKeyIds).toContain(
      vectors.secretKey('key-128').id,
    )
  })

  it('is refused where there is no sealed message', () => {
    for (const file of [
      'negative/not-cms.bin',
      'negative/empty-file.bin',
      'negative/outer-detached.cms',
      'negative/not-enveloped.cms',
    ])
      expect(() => readRecipients(vectors.read(file)), file).toThrow(
        expect.objectContaining({ code: 'unseal.malformed' }),
      )
  })

  it('proves its sender without a key to open it', async () => {
    const report = await judge('sealed/one-recipient/kib.cms')
    expect(report).toMatchObject({
      accepted: true,
      errors: [],
      sender: { type: 'SSIN', value: '90010199794' },
    })
    expect(report.senderCertificate?.equals(sender.authentication.certificate)).toBe(true)
  })

  it('does not prove what is inside', async () => {
    expect((await judge('negative/inner-content-flipped.cms')).accepted).toBe(true)
  })

  it('tells nothing about the sender of a message that does not verify', async () => {
    for (const [file, error] of [
      ['negative/outer-signature-flipped.cms', 'OUTER_SIGNATURE_DOES_NOT_MATCH_AUTHENTICATION_CERTIFICATE'],
      ['negative/untrusted-signer.cms', 'OUTER_CERTIFICATE_CHAIN_NOT_TRUSTED'],
      ['negative/no-outer-certificate.cms', 'OUTER_CERTIFICATE_EXPECTED_BUT_NOT_PRESENT'],
    ] as const) {
      const report = await judge(file)
      expect(report.errors).toEqual([error])
      expect([report.accepted, report.sender, report.senderCertificate, report.signingTime]).toEqual([
        false,
        undefined,
        undefined,
        undefined,
      ])
    }
    expect(await judge('negative/not-cms.bin')).toMatchObject({
      accepted: false,
      fatal: 'OUTER_SIGNED_DATA_STRUCTURE_INCORRECT',
    })
    expect(await judge('negative/not-enveloped.cms')).toMatchObject({
      fatal: 'ENVELOPED_DATA_STRUCTURE_INCORRECT',
    })
  })
})
