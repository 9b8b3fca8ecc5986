import { constants, createPublicKey, publicEncrypt, verify } from 'node:crypto'
import { inspect } from 'node:util'

import { describe, expect, it } from 'vitest'

import { der, readAsn1 } from '../../../src/technical/asn1/index.js'
import { openDecryptionKeys, openKeystore } from '../../../src/technical/keystore/index.js'
import { code, now, password, path, store } from './fixtures.js'

const open = (file: string, options: Partial<Parameters<typeof openKeystore>[1]> = {}) =>
  openKeystore({ file: path(file) }, { password, now, ...options })

const sender = { type: 'SSIN', value: '90010199794', serials: ['318239031766618071585204644800725896816'] }
const hospital = {
  type: 'NIHII-HOSPITAL',
  value: '99990172',
  serials: ['263442694932100144828480030213862531091', '147605412634560750407864593169467663412'],
}
const organisation = {
  type: 'CBE',
  value: '0999990123',
  serials: ['322528300837435514256408520427362475677'],
}
const recipient = { type: 'SSIN', value: '90010199726', serials: ['132582416882697107710408072795950273244'] }

const stores = {
  'sender.p12': sender,
  'sender-pbes2.p12': sender,
  'recipient-a.p12': hospital,
  'recipient-a-pbes2.p12': hospital,
  'recipient-b.p12': organisation,
  'recipient-b-ber.p12': organisation,
  'recipient-c.p12': recipient,
  'recipient-c-empty-password.p12': recipient,
  'recipient-c-empty-password-pbes2.p12': recipient,
  'kgss.p12': { type: 'CBE', value: '0998990132', serials: ['330723900178329405481371271850703688911'] },
  'ec-p384.p12': { type: 'CBE', value: '0999990123', serials: ['275370260632019870696656380302020186649'] },
}

describe("the platform's stores, old and new", () => {
  it('open again and again, in any order, with keys of both kinds in one process', async () => {
    for (const file of [
      'ec-p384.p12',
      'sender.p12',
      'ec-p384.p12',
      'ec-p384.p12',
      'sender.p12',
      'ec-p384.p12',
    ])
      expect(await openDecryptionKeys({ file: path(file) }, { password })).toHaveLength(1)
  })

  it.each(Object.entries(stores))('%s opens with its keys and its actor', async (file, expected) => {
    const keystore = await open(file, { password: file.includes('empty-password') ? '' : password })
    expect(keystore.identity).toMatchObject({ type: expected.type, value: expected.value })
    expect(keystore.decryptionKeys.map((key) => key.certificate.serialNumber.toString())).toEqual(
      expected.serials,
    )
    expect(keystore.authentication.chain.map((issuer) => issuer.subject.toRfc2253())).toEqual([
      'CN=alpha Test eHealth Issuing CA,O=ETEE TEST,C=BE',
      'CN=alpha Test Root CA,O=ETEE TEST,C=BE',
    ])
    expect(keystore.state).toBe('valid')
  })

  it('a store of an eID opens by its own alias and has no encryption keys', async () => {
    const keystore = await open('eid-like.p12', { alias: 'Authentication' })
    expect(keystore.identity).toEqual({
      kind: 'person',
      type: 'SSIN',
      value: '90010199794',
      name: 'Sample Citizen',
    })
    expect(keystore.decryptionKeys).toEqual([])
    const signature = await open('eid-like.p12', { alias: 'Signature' })
    expect([...signature.authentication.certificate.keyUsage!]).toEqual(['nonRepudiation'])
  })

  it('opens from bytes as from a file', async () => {
    const keystore = await openKeystore({ bytes: store('sender.p12') }, { password, now })
    expect(keystore.identity.value).toBe('90010199794')
  })

  it('older stores give their encryption keys without an authentication entry', async () => {
    const [key, ...more] = await openDecryptionKeys({ file: path('recipient-1024.p12') }, { password })
    expect(key?.certificate.rsaBits).toBe(1024)
    expect(more).toEqual([])
  })
})

describe('stores that other software protected in its own ways', () => {
  const variant = (name: string) =>
    open(`variant-${name}.p12`, { password: 'variant', now: new Date('2027-01-01T00:00:00Z') })

  it.each([
    '3des-2key-mac-sha384',
    'rc2-128',
    'aes-128-mac-sha512',
    'pbes2-3des-plain-certificates',
    'plain-key',
  ])('%s opens', async (name) => {
    const keystore = await variant(name)
    expect(keystore.identity.value).toBe('90010199794')
    const data = Buffer.from('content')
    const signature = await keystore.authentication.sign('ecdsa-sha256-der', data)
    expect(verify('sha256', data, keystore.authentication.certificate.publicKey, signature)).toBe(true)
  })

  it.each(['no-mac', 'rc4'])('%s is refused as unsupported', async (name) => {
    await expect(variant(name)).rejects.toThrow(code('keystore.unsupported'))
  })
})

describe('what is in the store works', () => {
  it('an RSA credential signs what its certificate verifies', async () => {
    const { authentication } = await open('sender.p12')
    const data = Buffer.from('content')
    const key = authentication.certificate.publicKey
    expect(verify('sha256', data, key, await authentication.sign('rsa-sha256', data))).toBe(true)
  })

  it('every encryption key unwraps what was wrapped for its certificate', async () => {
    const { decryptionKeys } = await open('recipient-a.p12')
    expect(decryptionKeys).toHaveLength(2)
    for (const key of decryptionKeys) {
      const contentKey = Buffer.from('00112233445566778899aabbccddeeff', 'hex')
      const wrapped = publicEncrypt(
        {
          key: createPublicKey(key.certificate.publicKey.export({ format: 'pem', type: 'spki' })),
          padding: constants.RSA_PKCS1_PADDING,
        },
        contentKey,
      )
      expect(Buffer.from(await key.unwrapKey(wrapped, 16))).toEqual(contentKey)
    }
  })
})

describe('what does not open', () => {
  it('a missing file', async () => {
    await expect(open('nowhere.p12')).rejects.toMatchObject({
      code: 'keystore.not-found',
      message: 'there is no file of that name',
    })
    await expect(open('.')).rejects.toMatchObject({
      code: 'keystore.not-found',
      message: 'the keystore file cannot be read',
    })
    await expect(open('.')).rejects.toThrow(code('keystore.not-found'))
  })

  it.each(Object.keys(stores))('%s with another password', async (file) => {
    await expect(open(file, { password: 'wrong' })).rejects.toThrow(code('keystore.password'))
  })

  it('a store with a password when none is given, and the other way round', async () => {
    await expect(open('sender.p12', { password: '' })).rejects.toThrow(code('keystore.password'))
    await expect(open('recipient-c-empty-password.p12', { password: ' ' })).rejects.toThrow(
      code('keystore.password'),
    )
  })

  it('a password that is no string', async () => {
    const missing: unknown = undefined
    await expect(open('sender.p12', { password: missing as string })).rejects.toThrow(
      code('configuration.invalid'),
    )
  })

  it('bytes that are no store', async () => {
    const junk = [
      Buffer.alloc(0),
      Buffer.from('not a keystore'),
      store('root-ca.cer'),
      Buffer.alloc(64, 0x30),
    ]
    for (const bytes of junk)
      await expect(openKeystore({ bytes }, { password, now })).rejects.toThrow(code('keystore.malformed'))
  })

  it('a Java keystore, with a hint', async () => {
    const bytes = Buffer.from('feedfeed0000000200000000', 'hex')
    await expect(openKeystore({ bytes }, { password, now })).rejects.toThrow(
      expect.objectContaining({
        code: 'keystore.malformed',
        hint: expect.stringContaining('keytool') as string,
      }),
    )
  })

  it('a file of PEM, with a hint, and an empty one', async () => {
    const bytes = Buffer.from('-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n')
    await expect(openKeystore({ bytes }, { password, now })).rejects.toMatchObject({
      code: 'keystore.malformed',
      message: 'the file is PEM, not PKCS#12',
      hint: expect.stringContaining('openssl pkcs12 -export') as string,
    })
    await expect(openKeystore({ bytes: Buffer.alloc(0) }, { password, now })).rejects.toMatchObject({
      message: 'the file is empty',
    })
  })

  it('a store cut anywhere', async () => {
    for (const file of ['recipient-b-ber.p12', 'sender-pbes2.p12']) {
      const bytes = store(file)
      for (let length = 0; length < bytes.length; length += length < 60 ? 1 : 211)
        await expect(
          openKeystore({ bytes: bytes.subarray(0, length) }, { password, now }),
          `${file} cut to ${length}`,
        ).rejects.toThrow(code('keystore.malformed'))
      await expect(openKeystore({ bytes: bytes.subarray(0, -1) }, { password, now })).rejects.toThrow(
        code('keystore.malformed'),
      )
    }
  })

  it('a store with one octet changed: never another key, never another error', async () => {
    const bytes = store('sender.p12')
    const genuine = await openKeystore({ bytes }, { password, now })
    const outcomes = new Map<string, number>()
    for (let i = 0; i < bytes.length; i += 101) {
      const changed = Buffer.from(bytes)
      changed[i] = changed[i]! ^ 0x15
      const outcome = await openKeystore({ bytes: changed }, { password, now }).then(
        (keystore) => {
          expect(keystore.authentication.certificate.equals(genuine.authentication.certificate)).toBe(true)
          return 'opened'
        },
        (error: { code: string }) => error.code,
      )
      outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
    }
    expect([...outcomes.keys()].filter((outcome) => !outcome.startsWith('keystore.'))).toEqual([])
    expect(outcomes.get('keystore.password')).toBeGreaterThan(50)
  })

  it('a store that asks for more iterations than the limit, at once', async () => {
    const pfx = readAsn1(store('sender.p12'))
    const mac = pfx.at(2)
    const hostile = der.sequence(
      pfx.at(0).raw,
      pfx.at(1).raw,
      der.sequence(mac.at(0).raw, mac.at(1).raw, der.integer(0x7fffffff)),
    )
    await expect(openKeystore({ bytes: hostile }, { password, now })).rejects.toThrow(
      code('keystore.unsupported'),
    )
  })

  it('a store without the entry asked for', async () => {
    await expect(open('recipient-1024.p12')).rejects.toThrow(code('keystore.no-authentication'))
    await expect(open('tsa.p12')).rejects.toThrow(code('keystore.no-authentication'))
    await expect(open('sender.p12', { alias: 'other' })).rejects.toThrow(code('keystore.no-authentication'))
  })

  it('a certificate that names no actor', async () => {
    await expect(open('tsa.p12', { alias: 'tsa' })).rejects.toThrow(code('keystore.identity'))
  })
})

describe('the calendar of the authentication certificate', () => {
  const end = new Date('2049-12-31T00:00:00Z')

  it('tells its end and the day from which it can be renewed', async () => {
    const keystore = await open('sender.p12')
    expect(keystore.notAfter).toEqual(keystore.authentication.certificate.notAfter)
    expect(keystore.notAfter.getTime() - keystore.renewableFrom.getTime()).toBe(90 * 86_400_000)
    const inTime = new Date(keystore.renewableFrom.getTime() - 1)
    expect((await open('sender.p12', { now: inTime })).state).toBe('valid')
    expect((await open('sender.p12', { now: keystore.renewableFrom })).state).toBe('renewable')
    expect((await open('sender.p12', { now: keystore.notAfter })).state).toBe('renewable')
  })

  it('refuses an ended certificate and one that has not begun', async () => {
    const late = new Date(end.getTime() + 86_400_000 * 2)
    await expect(open('sender.p12', { now: late })).rejects.toThrow(code('certificate.expired'))
    await expect(open('sender.p12', { now: new Date('2019-06-01T00:00:00Z') })).rejects.toThrow(
      code('certificate.not-yet-valid'),
    )
  })

  it('opens them all the same for archives, and says so', async () => {
    const late = new Date(end.getTime() + 86_400_000 * 2)
    expect((await open('sender.p12', { now: late, allowExpired: true })).state).toBe('expired')
    const early = new Date('2019-06-01T00:00:00Z')
    expect((await open('sender.p12', { now: early, allowExpired: true })).state).toBe('not-yet-valid')
  })
})

describe('an open store in a log', () => {
  it('shows no private key, neither inspected nor as JSON nor by its properties', async () => {
    const keystore = await open('recipient-a.p12')
    for (const key of [keystore.authentication, ...keystore.decryptionKeys]) {
      const seen = inspect(key, { depth: 20, showHidden: true }) + JSON.stringify(key)
      expect(seen).toContain(key.certificate.fingerprint)
      expect(seen).not.toMatch(/KeyObject|PrivateKey|BEGIN|privateKey/)
      for (const name of Reflect.ownKeys(key)) {
        const value: unknown = Reflect.get(key, name)
        expect(inspect(value, { depth: 5, showHidden: true })).not.toMatch(/PrivateKeyObject/)
      }
    }
    expect(inspect(keystore, { depth: 20, showHidden: true })).not.toMatch(/PrivateKeyObject|BEGIN/)
  })

  it('never shows the password in an error', async () => {
    const error: unknown = await open('sender.p12', { password: 'hunter2-hunter2' }).catch((e: unknown) => e)
    expect(inspect(error, { depth: 20 }) + JSON.stringify(error)).not.toContain('hunter2')
  })
})

describe('what was meant for the keystore', () => {
  it('is asked for when the password is empty or missing, as with a variable that is not set', async () => {
    await expect(open('sender.p12', { password: '' })).rejects.toMatchObject({
      code: 'keystore.password',
      hint: expect.stringContaining('environment variable') as string,
    })
    await expect(open('sender.p12', { password: undefined as never })).rejects.toMatchObject({
      code: 'configuration.invalid',
      path: 'password',
      hint: expect.stringContaining('environment variable') as string,
    })
  })

  it.each([['sender.p12'], [undefined], [{}], [{ bytes: 'MII…' }], [{ file: 7 }]])(
    'is refused when it is neither a file name nor octets: %j',
    async (source) => {
      await expect(openKeystore(source as never, { password })).rejects.toMatchObject({
        code: 'configuration.invalid',
        path: 'source',
      })
    },
  )
})
