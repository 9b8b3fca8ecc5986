import { generateKeyPairSync } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import { readAsn1 } from '../../../src/technical/asn1/index.js'
import { openKeystore, writePkcs12, type Pkcs12Entry } from '../../../src/technical/keystore/index.js'
import { authority, actor, issue, name, named } from '../pki/issue.js'
import { code, now } from './fixtures.js'

const root = actor('Root')
const subject = name(['2.5.4.6', 'BE'], ['2.5.4.11', 'SSIN=90010199794'], ['2.5.4.3', 'SSIN=90010199794'])
const authentication = named(subject)
const encryption = named(subject, generateKeyPairSync('rsa', { modulusLength: 2048 }))
const rootCertificate = authority(root, root)
const authenticationCertificate = issue({ subject: authentication, issuer: root, usage: 0xe0 })
const encryptionCertificate = issue({
  subject: encryption,
  issuer: authentication,
  usage: 0x30,
  serial: 263442694932100144828480030213862531091n,
})

const entries: Pkcs12Entry[] = [
  {
    alias: 'authentication',
    certificate: authenticationCertificate,
    chain: [rootCertificate],
    privateKey: authentication.privateKey,
  },
  {
    alias: encryptionCertificate.serialNumber.toString(),
    certificate: encryptionCertificate,
    privateKey: encryption.privateKey,
  },
]

describe('a store written here', () => {
  it.each(['a password', '', 'pässwörd ☂'])(
    'opens here with the password %j and no other',
    async (password) => {
      const bytes = await writePkcs12(entries, password)
      const keystore = await openKeystore({ bytes }, { password, now })
      expect(keystore.authentication.certificate.equals(authenticationCertificate)).toBe(true)
      expect(keystore.authentication.chain.map((issuer) => issuer.fingerprint)).toEqual([
        rootCertificate.fingerprint,
      ])
      expect(keystore.decryptionKeys.map((key) => key.certificate.fingerprint)).toEqual([
        encryptionCertificate.fingerprint,
      ])
      expect(keystore.identity.value).toBe('90010199794')
      await expect(openKeystore({ bytes }, { password: `${password}x`, now })).rejects.toThrow(
        code('keystore.password'),
      )
    },
  )

  it('opens under the name that an eID store gives its authentication key', async () => {
    const renamed = (alias: string) => [{ ...entries[0]!, alias }, entries[1]!]
    const open = async (alias: string) =>
      openKeystore({ bytes: await writePkcs12(renamed(alias), 'x') }, { password: 'x', now })
    expect((await open('Authentication')).identity.value).toBe('90010199794')
    await expect(open('signature')).rejects.toThrow(code('keystore.no-authentication'))
  })

  it('takes its randomness from the runtime alone', async () => {
    let calls = 0
    const runtime = {
      randomBytes: (count: number) => {
        calls += 1
        return new Uint8Array(count).fill(7)
      },
    }
    const one = await writePkcs12(entries, 'p', { runtime, iterations: 10 })
    expect(calls).toBe(7)
    expect(Buffer.compare(one, await writePkcs12(entries, 'p', { runtime, iterations: 10 }))).toBe(0)
    expect(Buffer.compare(one, await writePkcs12(entries, 'p', { iterations: 10 }))).not.toBe(0)
  })

  it('is refused when two entries have one alias', async () => {
    const twice = entries.map((entry) => ({ ...entry, alias: 'authentication' }))
    const bytes = await writePkcs12(twice, 'p', { iterations: 10 })
    await expect(openKeystore({ bytes }, { password: 'p', now })).rejects.toThrow(code('keystore.malformed'))
  })

  it('does not lend a key the certificate of another one', async () => {
    const swapped = [{ ...entries[0]!, privateKey: encryption.privateKey }]
    const bytes = await writePkcs12(swapped, 'p', { iterations: 10 })
    await expect(openKeystore({ bytes }, { password: 'p', now })).rejects.toThrow(
      code('keystore.no-authentication'),
    )
  })

  it('is DER, with nothing after it', async () => {
    const bytes = await writePkcs12(entries, 'p', { iterations: 10 })
    expect(readAsn1(bytes).raw).toHaveLength(bytes.length)
  })
})
