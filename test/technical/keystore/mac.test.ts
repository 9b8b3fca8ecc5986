import { createHmac, pbkdf2Sync } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import { der, octets, readAsn1 } from '../../../src/technical/asn1/index.js'
import { inspectKeystore, writePkcs12 } from '../../../src/technical/keystore/index.js'
import { pkcs12Mac } from '../../../src/technical/keystore/pkcs12/mac.js'
import { actor, issue } from '../pki/issue.js'
import { code } from './fixtures.js'

const subject = actor('Sample')
const certificate = issue({ subject, issuer: subject })
const salt = Buffer.from('a salt of its own')

/** A store written here with another MAC in place of its own. */
async function withMac(password: string, mac: (authSafe: Uint8Array) => Uint8Array): Promise<Uint8Array> {
  const entry = { alias: 'authentication', certificate, privateKey: subject.privateKey }
  const pfx = readAsn1(await writePkcs12([entry], password, { iterations: 10 }))
  const authSafe = octets(pfx.at(1).at(1).at(0))
  return der.sequence(pfx.at(0).raw, pfx.at(1).raw, mac(authSafe))
}

function macData(algorithm: Uint8Array, mac: Uint8Array, iterations: number): Uint8Array {
  return der.sequence(
    der.sequence(algorithm, der.octetString(mac)),
    der.octetString(salt),
    der.integer(iterations),
  )
}

const algorithm = (type: string, parameters: Uint8Array): Uint8Array =>
  der.sequence(der.objectIdentifier(type), parameters)

const alias = async (bytes: Uint8Array, password: string): Promise<string | undefined> =>
  (await inspectKeystore({ bytes }, { password })).authentication?.alias

describe('the integrity check of a store', () => {
  const hmacWithSha256 = algorithm('1.2.840.113549.2.9', der.nullValue())

  const pbmac1 = (password: string, keyLength = 32) =>
    withMac(password, (authSafe) => {
      const parameters = der.sequence(
        der.octetString(salt),
        der.integer(100),
        der.integer(keyLength),
        hmacWithSha256,
      )
      const derivation = algorithm('1.2.840.113549.1.5.12', parameters)
      const key = pbkdf2Sync(password, salt, 100, 32, 'sha256')
      const mac = createHmac('sha256', key).update(authSafe).digest()
      return macData(algorithm('1.2.840.113549.1.5.14', der.sequence(derivation, hmacWithSha256)), mac, 1)
    })

  it('may be PBMAC1 (RFC 9579)', async () => {
    const bytes = await pbmac1('right')
    expect(await alias(bytes, 'right')).toBe('authentication')
    await expect(alias(bytes, 'wrong')).rejects.toThrow(code('keystore.password'))
  })

  it('is refused when it states another key length than its own', async () => {
    await expect(alias(await pbmac1('right', 8), 'right')).rejects.toThrow(code('keystore.unsupported'))
  })

  it.each([
    ['nothing at all', new Uint8Array(0)],
    ['two zero octets', new Uint8Array(2)],
  ])('takes the empty password for %s', async (_, bmp) => {
    const bytes = await withMac('', (authSafe) => {
      const mac = pkcs12Mac('sha1', salt, 5, authSafe, { utf8: new Uint8Array(0), bmp })
      return macData(algorithm('1.3.14.3.2.26', der.nullValue()), mac, 5)
    })
    expect(await alias(bytes, '')).toBe('authentication')
  })

  it('is not satisfied by an empty or shortened MAC', async () => {
    for (const length of [0, 1, 19]) {
      const bytes = await withMac('right', (authSafe) => {
        const form = { utf8: Buffer.from('right'), bmp: Buffer.from('right\0', 'utf16le').swap16() }
        const mac = pkcs12Mac('sha1', salt, 5, authSafe, form).subarray(0, length)
        return macData(algorithm('1.3.14.3.2.26', der.nullValue()), mac, 5)
      })
      await expect(alias(bytes, 'right')).rejects.toThrow(code('keystore.password'))
    }
  })

  it('is refused with an unknown digest or an impossible iteration count', async () => {
    const md5 = algorithm('1.2.840.113549.2.5', der.nullValue())
    const sha1 = algorithm('1.3.14.3.2.26', der.nullValue())
    for (const [identifier, iterations] of [
      [md5, 5],
      [sha1, 0],
      [sha1, -1],
      [sha1, 2_000_001],
    ] as const) {
      const bytes = await withMac('right', () => macData(identifier, new Uint8Array(20), iterations))
      await expect(alias(bytes, 'right')).rejects.toThrow(code('keystore.unsupported'))
    }
  })
})
