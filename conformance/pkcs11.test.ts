/** Keys on a token: SoftHSM2, plain and as a card that counts PINs and can be pulled (pkcs11/card.c). */
import { constants, generateKeyPairSync, publicEncrypt, verify } from 'node:crypto'

import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'

import { connect } from '../src/connect.js'
import { hospital, physician } from '../src/professions/index.js'
import { readEntries } from '../src/technical/keystore/entries.js'
import { openKeystore, softwareDecryptionKey, type Credential } from '../src/technical/keystore/index.js'
import {
  listTokens,
  openPkcs11,
  type PinRequest,
  type Pkcs11Keystore,
} from '../src/technical/keystore/pkcs11/index.js'
import { seal, unseal } from '../src/technical/seal/index.js'
import { startSimulator, type Simulator } from '../src/simulator/index.js'
import type { Certificate, KeyUsage } from '../src/technical/pki/index.js'
import { encodeName, issueCertificate, type Signer } from '../src/simulator/pki/issue.js'
import { code } from '../test/technical/keystore/fixtures.js'
import {
  keysOf,
  makeReader,
  missing,
  type Reader,
  type SoftToken,
  type TokenKey,
} from './pkcs11/softToken.js'

if (missing !== undefined) console.warn(`SKIPPED: ${missing}`)

const day = 24 * 60 * 60 * 1000
const data = Buffer.from('what is signed')
const rsaPair = () => generateKeyPairSync('rsa', { modulusLength: 2048 })

/** An authority for identity cards, which the simulator is told to trust. */
function cardAuthority() {
  const { privateKey, publicKey } = rsaPair()
  const name = encodeName([
    ['country', 'BE'],
    ['commonName', 'Synthetic Citizen CA'],
  ])
  const signer: Signer = { name, key: privateKey }
  const issue = (template: {
    subject: Uint8Array
    publicKey: typeof publicKey
    usages: KeyUsage[]
    authority?: boolean
  }) =>
    issueCertificate(
      {
        serialNumber: BigInt(template.usages.length + 41),
        notBefore: new Date(Date.now() - day),
        notAfter: new Date(Date.now() + 30 * day),
        ...template,
      },
      signer,
    )
  return { issue, root: issue({ subject: name, publicKey, usages: ['keyCertSign'], authority: true }) }
}

/** The two certificates of an identity card, as eID cards name them. */
function identityCard(ssin: string): { keys: TokenKey[]; root: Certificate } {
  const { issue, root } = cardAuthority()
  const make = (label: string, id: string, usages: KeyUsage[], alwaysAuthenticate: boolean): TokenKey => {
    const pair = rsaPair()
    const subject = encodeName([
      ['country', 'BE'],
      ['commonName', `Synthetic Citizen (${label})`],
      ['surname', 'Citizen'],
      ['givenName', 'Synthetic'],
      ['serialNumber', ssin],
    ])
    const certificate = issue({ subject, publicKey: pair.publicKey, usages })
    return { label, id, certificate, privateKey: pair.privateKey, alwaysAuthenticate, decrypt: false }
  }
  return {
    root,
    keys: [
      make('Signature', '03', ['nonRepudiation'], true),
      make('Authentication', '02', ['digitalSignature'], false),
    ],
  }
}

function ecKey(): TokenKey {
  const pair = generateKeyPairSync('ec', { namedCurve: 'P-384' })
  const { issue } = cardAuthority()
  const subject = encodeName([
    ['country', 'BE'],
    ['commonName', 'CBE=0999990123'],
  ])
  return {
    label: 'authentication',
    id: 'ec',
    certificate: issue({ subject, publicKey: pair.publicKey, usages: ['digitalSignature'] }),
    privateKey: pair.privateKey,
  }
}

describe.runIf(missing === undefined)('keys on a token', () => {
  let reader: Reader
  let simulator: Simulator
  let doctor: SoftToken
  let clinic: SoftToken
  let ec: SoftToken
  let card: SoftToken
  let eid: ReturnType<typeof identityCard>
  const open: Pkcs11Keystore[] = []
  const opened = async (token: SoftToken, options: Partial<Parameters<typeof openPkcs11>[0]> = {}) => {
    const { library, tokenLabel, pin } = token
    const keystore = await openPkcs11({ library, tokenLabel, pin, ...options })
    open.push(keystore)
    return keystore
  }

  beforeAll(async () => {
    reader = makeReader()
    eid = identityCard('90010199794')
    simulator = await startSimulator({ trust: { signers: [eid.root.toPem()] } })
    const { certificates } = await openedSoftware(simulator)
    const authorities = certificates.filter(({ isCa }) => isCa)
    doctor = reader.makeToken('doctor', await keysOf(simulator.personas.physician), { authorities })
    clinic = reader.makeToken('clinic', await keysOf(simulator.personas.hospital), { authorities })
    ec = reader.makeToken('elliptic', [ecKey()])
    card = reader.makeToken('card', eid.keys, { card: true })
  })
  afterEach(async () => {
    for (const keystore of open.splice(0)) await keystore.close()
    for (const file of ['out', 'pad', 'cancel', 'hidden', 'refused', 'wrong']) card?.steer(file)
  })
  afterAll(async () => {
    await simulator?.close()
    reader?.remove()
  })

  describe('signing', () => {
    const schemes = {
      'rsa-sha256': ['sha256', { padding: constants.RSA_PKCS1_PADDING }],
      'rsa-sha384': ['sha384', { padding: constants.RSA_PKCS1_PADDING }],
      'rsa-sha512': ['sha512', { padding: constants.RSA_PKCS1_PADDING }],
      'rsa-sha1': ['sha1', { padding: constants.RSA_PKCS1_PADDING }],
      'rsa-pss-sha256': ['sha256', { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }],
      'ecdsa-sha256': ['sha256', { dsaEncoding: 'ieee-p1363' as const }],
      'ecdsa-sha384': ['sha384', { dsaEncoding: 'ieee-p1363' as const }],
      'ecdsa-sha512': ['sha512', { dsaEncoding: 'ieee-p1363' as const }],
      'ecdsa-sha256-der': ['sha256', { dsaEncoding: 'der' as const }],
    } as const
    const verifies = (credential: Credential, algorithm: keyof typeof schemes, signature: Uint8Array) => {
      const [digest, options] = schemes[algorithm]
      return verify(digest, data, { key: credential.certificate.publicKey, ...options }, signature)
    }

    it.each(['rsa-sha256', 'rsa-sha384', 'rsa-sha512', 'rsa-sha1', 'rsa-pss-sha256'] as const)(
      '%s',
      async (algorithm) => {
        const { authentication } = await opened(doctor)
        expect(verifies(authentication, algorithm, await authentication.sign(algorithm, data))).toBe(true)
      },
    )

    it.each(['ecdsa-sha256', 'ecdsa-sha384', 'ecdsa-sha512', 'ecdsa-sha256-der'] as const)(
      '%s, every time',
      async (algorithm) => {
        const { authentication } = await opened(ec)
        expect(authentication.keyType).toBe('ec')
        for (let i = 0; i < 40; i++)
          expect(verifies(authentication, algorithm, await authentication.sign(algorithm, data))).toBe(true)
      },
    )

    it('does without the plain mechanisms where a token has only those with a digest', async () => {
      card.steer('hidden', '1\nd')
      const { authentication } = await opened(card)
      for (const algorithm of ['rsa-sha256', 'rsa-sha1', 'rsa-pss-sha256'] as const)
        expect(verifies(authentication, algorithm, await authentication.sign(algorithm, data))).toBe(true)
    })

    it('tells a mechanism that the token does not have, and an algorithm of another kind of key', async () => {
      card.steer('hidden', 'd\n43')
      const { authentication } = await opened(card)
      await expect(authentication.sign('rsa-pss-sha256', data)).rejects.toThrow(code('keystore.mechanism'))
      await expect(authentication.sign('ecdsa-sha256', data)).rejects.toThrow(code('keystore.unsupported'))
      expect(await authentication.sign('rsa-sha256', data)).toHaveLength(256)
    })

    it('tells at the first signature that a certificate is of another key', async () => {
      const [one, other] = [ecKey(), ecKey()]
      const mixed = reader.makeToken('mixed', [{ ...one, privateKey: other.privateKey }])
      const { authentication } = await opened(mixed)
      await expect(authentication.sign('ecdsa-sha256', data)).rejects.toThrow(code('keystore.mismatch'))
    })
  })

  describe('the platform', () => {
    it('gives a token, takes calls and sends sealed messages for keys that never leave', async () => {
      const { ssin, nihii } = simulator.personas.physician
      const keystore = await opened(doctor)
      await using me = await connect({
        environment: simulator.environment,
        keystore,
        as: physician({ ssin, nihii }),
      })
      const target = { nihii: simulator.personas.hospital.nihii, quality: 'HOSPITAL' } as const
      await me.ehbox.send({ to: [target], title: 'From a token', body: 'sealed by it', encrypt: true })

      const receiving = await opened(clinic, { sessions: 4 })
      expect(receiving.identity).toMatchObject({ type: 'NIHII-HOSPITAL' })
      await using them = await connect({
        environment: simulator.environment,
        keystore: receiving,
        as: hospital({ nihii: simulator.personas.hospital.nihii }),
      })
      const bodies: unknown[] = []
      for await (const message of them.ehbox.messages({ folder: 'INBOX' }))
        bodies.push(await them.ehbox.read(message))
      expect(bodies.map((body) => JSON.stringify(body))).toEqual([expect.stringContaining('sealed by it')])
    })

    it('takes an identity card for identification beside a holder key on another token', async () => {
      const { nihii } = simulator.personas.physician
      const { root, keys } = identityCard(simulator.personas.physician.ssin)
      await using own = await startSimulator({ trust: { signers: [root.toPem()] } })
      const person = reader.makeToken('person', keys, { card: true })
      const holder = reader.makeToken('holder', await keysOf(own.personas.physician))
      const identification = await opened(person)
      expect(identification.authentication.certificate.keyUsage).toEqual(new Set(['digitalSignature']))
      await using me = await connect({
        environment: own.environment,
        keystore: await opened(holder),
        identification: identification.authentication,
        as: physician({ ssin: own.personas.physician.ssin, nihii }),
      })
      const token = await me.technical.token()
      expect(token.attributes.length).toBeGreaterThan(0)
      expect((await me.ehbox.info()).box.quality).toBe('DOCTOR')
    })
  })

  describe('opening what was sealed', () => {
    const wrapped = (keystore: Pkcs11Keystore, contentKey: Uint8Array): Buffer =>
      publicEncrypt(
        { key: keystore.decryptionKeys[0]!.certificate.publicKey, padding: constants.RSA_PKCS1_PADDING },
        contentKey,
      )
    const contentKey = Buffer.alloc(16, 7)

    it('unwraps content keys, by the bare operation and by the padded one', async () => {
      const cardOfDoctor = reader.makeToken('doctor card', await keysOf(simulator.personas.physician), {
        card: true,
      })
      for (const steering of ['none', 'hidden', 'refused']) {
        cardOfDoctor.steer(steering, '3')
        const keystore = await opened(cardOfDoctor)
        const [key] = keystore.decryptionKeys
        for (let i = 0; i < 2; i++)
          expect(Buffer.from(await key!.unwrapKey(wrapped(keystore, contentKey), 16))).toEqual(contentKey)
        cardOfDoctor.steer(steering)
      }
    })

    it.each([
      ['bare', undefined],
      ['padded', '3'],
    ])('never tells a broken padding: %s operation', async (_, hidden) => {
      const name = `oracle ${hidden ?? 'bare'}`
      const token = reader.makeToken(name, await keysOf(simulator.personas.physician), { card: true })
      token.steer('hidden', hidden)
      const keystore = await opened(token)
      const [key] = keystore.decryptionKeys
      const { publicKey } = key!.certificate
      const raw = (block: Buffer): Buffer =>
        publicEncrypt({ key: publicKey, padding: constants.RSA_NO_PADDING }, block)
      const good = Buffer.concat([Buffer.from([0, 2]), Buffer.alloc(237, 9), Buffer.from([0]), contentKey])
      const broken = Buffer.from(good)
      broken[1] = 1
      const ciphertexts = {
        'another block type': raw(broken),
        'a key of another length': raw(
          Buffer.concat([Buffer.from([0, 2]), Buffer.alloc(236, 9), Buffer.from([0]), Buffer.alloc(17, 7)]),
        ),
        'above the modulus': Buffer.alloc(256, 0xff),
        'too short': Buffer.alloc(17, 1),
        empty: Buffer.alloc(0),
        'too long': Buffer.alloc(300, 1),
      }
      expect(Buffer.from(await key!.unwrapKey(raw(good), 16))).toEqual(contentKey)
      for (const [what, ciphertext] of Object.entries(ciphertexts)) {
        const first = await key!.unwrapKey(ciphertext, 16)
        expect(first, what).toHaveLength(16)
        expect(Buffer.from(first).equals(contentKey), what).toBe(false)
        expect(await key!.unwrapKey(ciphertext, 16), what).toEqual(first)
      }
    })

    /** Something that the physician's token sealed for the hospital. */
    const sealedForClinic = async (sender: Pkcs11Keystore): Promise<Uint8Array> => {
      const { physician: gp, hospital: clinicPersona } = simulator.personas
      await using me = await connect({
        environment: simulator.environment,
        keystore: sender,
        as: physician({ ssin: gp.ssin, nihii: gp.nihii }),
      })
      const recipient = await me.technical.etk.get({ type: 'NIHII-HOSPITAL', value: clinicPersona.nihii })
      return seal(data, { credential: sender.authentication, recipients: [recipient] })
    }

    it('seals with the key of a token and opens with another one', async () => {
      const [sender, receiver] = [await opened(doctor), await opened(clinic)]
      const sealed = await sealedForClinic(sender)
      const { content } = await unseal(sealed, {
        keys: receiver.decryptionKeys,
        trust: sender.authentication.chain,
      })
      expect(Buffer.from(content)).toEqual(data)
    })

    it('says that the card is gone instead of calling the message broken', async () => {
      const token = reader.makeToken('gone', await keysOf(simulator.personas.hospital), { card: true })
      const [sender, receiver] = [await opened(doctor), await opened(token)]
      const keys = (
        await readEntries(
          { bytes: simulator.personas.hospital.keystore },
          simulator.personas.hospital.password,
        )
      ).keys
      const sealed = await sealedForClinic(sender)
      const options = { trust: sender.authentication.chain }
      const opening = () => unseal(sealed, { keys: receiver.decryptionKeys, ...options })
      token.pull()
      await expect(opening()).rejects.toThrow(code('keystore.removed'))
      token.insert()
      expect(Buffer.from((await opening()).content)).toEqual(data)
      const software = keys.filter(({ alias }) => alias !== 'authentication').map(softwareDecryptionKey)
      expect(Buffer.from((await unseal(sealed, { keys: software, ...options })).content)).toEqual(data)
    })
  })

  describe('the PIN', () => {
    it('is asked for once, when the token wants it', async () => {
      const asked: PinRequest[] = []
      const ask = (request: PinRequest): string => {
        asked.push(request)
        return card.pin
      }
      const { authentication } = await opened(card, { pin: ask })
      for (let i = 0; i < 3; i++) await authentication.sign('rsa-sha256', data)
      const signal = expect.any(AbortSignal) as AbortSignal
      expect(asked).toEqual([{ reason: 'login', tokenLabel: 'card', pinAttempts: 'normal', signal }])
    })

    it('is asked for again with each signature of a key for non-repudiation', async () => {
      const asked: string[] = []
      const keystore = await opened(card, {
        pin: ({ reason, keyLabel }) => {
          asked.push([reason, keyLabel].join(' ').trimEnd())
          return Promise.resolve(card.pin)
        },
      })
      const document = keystore.credential('Signature')
      expect(keystore.entries.find(({ label }) => label === 'Signature')).toMatchObject({
        id: '03',
        asksPinForEachSignature: true,
      })
      await document.sign('rsa-sha256', data)
      await document.sign('rsa-sha256', data)
      await keystore.authentication.sign('rsa-sha256', data)
      expect(asked).toEqual(['login', 'signature Signature', 'signature Signature'])
    })

    it('is asked for twice at most when many operations start at once', async () => {
      let asked = 0
      const { authentication } = await opened(card, { pin: () => (asked++, card.pin), sessions: 4 })
      card.pull()
      card.insert()
      await Promise.all(Array.from({ length: 20 }, () => authentication.sign('rsa-sha256', data)))
      expect(asked).toBe(2)
    })

    it('is typed on the pad of the reader where there is one', async () => {
      card.steer('pad', card.pin)
      const { authentication, token } = await opened(card, {
        pin: () => {
          throw new Error('nobody is asked')
        },
      })
      expect(token.pinPad).toBe(true)
      expect(await authentication.sign('rsa-sha256', data)).toHaveLength(256)
      await expect(opened(card, { pin: undefined as never })).resolves.toBeDefined()
    })

    it('that is wrong is told with what is left, and a fixed one is not tried on the last attempt', async () => {
      const wrong = (pin: unknown) => opened(card, { pin: pin as string })
      const refusal = async (attempt: Promise<unknown>) =>
        attempt.then(
          () => undefined,
          (error: unknown) =>
            JSON.parse(JSON.stringify(error)) as { code: string; details?: object; message: string },
        )
      expect(await refusal(wrong('111111'))).toMatchObject({
        code: 'keystore.pin',
        details: { pinAttempts: 'low' },
      })
      const second = await refusal(wrong('222222'))
      expect(second).toMatchObject({ code: 'keystore.pin', details: { pinAttempts: 'final' } })
      expect(JSON.stringify(second)).not.toContain('222222')
      expect(await refusal(wrong(card.pin))).toMatchObject({
        code: 'keystore.pin',
        details: { pinAttempts: 'final' },
      })
      // a person may: he reads that it is the last one
      const attempts: string[] = []
      await opened(card, { pin: ({ pinAttempts }) => (attempts.push(pinAttempts), card.pin) })
      expect(attempts).toEqual(['final'])
    })

    it('is locked after the third wrong one, and then not even asked for', async () => {
      card.steer('wrong', '2')
      await expect(opened(card, { pin: () => '000000' })).rejects.toThrow(code('keystore.pin-locked'))
      let asked = false
      await expect(opened(card, { pin: () => ((asked = true), card.pin) })).rejects.toThrow(
        code('keystore.pin-locked'),
      )
      expect(asked).toBe(false)
    })

    it('that is fixed is not spent on a last attempt when the card comes back', async () => {
      const keystore = await opened(card)
      expect(await keystore.authentication.sign('rsa-sha256', data)).toHaveLength(256)
      card.pull()
      card.insert()
      // the holder mistyped it twice meanwhile, in another program
      card.steer('wrong', '2')
      await expect(keystore.authentication.sign('rsa-sha256', data)).rejects.toThrow(code('keystore.pin'))
      card.steer('wrong', '0')
      expect(await keystore.authentication.sign('rsa-sha256', data)).toHaveLength(256)
    })

    it('that nobody gives is told as such', async () => {
      await expect(opened(card, { pin: () => '' })).rejects.toThrow(code('keystore.cancelled'))
      const closing = () => Promise.reject(new Error('window closed'))
      await expect(opened(card, { pin: closing })).rejects.toThrow(code('keystore.cancelled'))
      card.steer('cancel', '')
      await expect(opened(card)).rejects.toThrow(code('keystore.cancelled'))
      card.steer('cancel')
      const { library, tokenLabel } = card
      await expect(openPkcs11({ library, tokenLabel })).rejects.toThrow(code('keystore.pin-required'))
    })
  })

  describe('a card that goes and comes', () => {
    it('is a typed error while it is away and is found again afterwards', async () => {
      const { authentication } = await opened(card)
      expect(await authentication.sign('rsa-sha256', data)).toHaveLength(256)
      card.pull()
      for (let i = 0; i < 2; i++)
        await expect(authentication.sign('rsa-sha256', data)).rejects.toThrow(code('keystore.removed'))
      card.insert()
      expect(await authentication.sign('rsa-sha256', data)).toHaveLength(256)
    })

    it('is not noticed when it is back before the next signature', async () => {
      const { authentication } = await opened(card)
      await authentication.sign('rsa-sha256', data)
      card.pull()
      card.insert()
      expect(await authentication.sign('rsa-sha256', data)).toHaveLength(256)
    })

    it('is no token while it is out, and another one is not taken for it', async () => {
      card.pull()
      await expect(opened(card)).rejects.toThrow(code('keystore.no-token'))
      card.insert()
      await expect(opened(card, { tokenLabel: 'another' })).rejects.toThrow(code('keystore.no-token'))
      const { library, pin } = card
      await expect(openPkcs11({ library, pin })).rejects.toThrow(code('keystore.ambiguous-token'))
    })
  })

  describe('many operations at once', () => {
    it.each([1, 4])('come out right in %i sessions', async (sessions) => {
      const keystore = await opened(doctor, { sessions })
      const { authentication, decryptionKeys } = keystore
      const texts = Array.from({ length: 60 }, (_, i) => Buffer.from(`text ${i}`))
      const [key] = decryptionKeys
      const wrapped = texts.map((_, i) =>
        publicEncrypt(
          { key: key!.certificate.publicKey, padding: constants.RSA_PKCS1_PADDING },
          Buffer.alloc(16, i),
        ),
      )
      const [signatures, keys] = await Promise.all([
        Promise.all(texts.map((text) => authentication.sign('rsa-sha256', text))),
        Promise.all(wrapped.map((one) => key!.unwrapKey(one, 16))),
      ])
      const { publicKey } = authentication.certificate
      expect(texts.every((text, i) => verify('sha256', text, publicKey, signatures[i]!))).toBe(true)
      expect(keys.every((one, i) => one.every((octet) => octet === i))).toBe(true)
    })

    it('leave the event loop free', async () => {
      const { authentication } = await opened(doctor)
      let turns = 0
      const timer = setInterval(() => (turns += 1), 0)
      await Promise.all(Array.from({ length: 50 }, () => authentication.sign('rsa-sha256', data)))
      clearInterval(timer)
      expect(turns).toBeGreaterThan(3)
    })

    it('do not wait for a holder who has gone when the keystore is closed', async () => {
      let told = false
      let ask: () => void = () => undefined
      const asked = new Promise<void>((resolve) => (ask = resolve))
      const keystore = await opened(card, {
        pin: ({ reason, signal }) => {
          if (reason === 'login') return card.pin
          ask()
          return new Promise(() => signal.addEventListener('abort', () => (told = true)))
        },
      })
      const waiting = expect(keystore.credential('Signature').sign('rsa-sha256', data)).rejects.toThrow(
        code('configuration.closed'),
      )
      await asked
      await keystore.close()
      await waiting
      expect(told).toBe(true)
    })

    it('end with the keystore: what runs is finished, what waits and what comes is refused', async () => {
      const keystore = await opened(doctor)
      const { authentication } = keystore
      const running = authentication.sign('rsa-sha256', data)
      const waiting = authentication.sign('rsa-sha256', data)
      const refused = expect(waiting).rejects.toThrow(code('configuration.closed'))
      await keystore.close()
      await refused
      expect(await running).toHaveLength(256)
      await expect(authentication.sign('rsa-sha256', data)).rejects.toThrow(code('configuration.closed'))
    })
  })

  describe('what a token holds', () => {
    it('is sorted by what the keys are for', async () => {
      const keystore = await opened(doctor)
      expect(keystore.authentication.chain.map(({ isCa }) => isCa)).toEqual([true, true])
      expect(keystore.decryptionKeys).toHaveLength(1)
      expect(keystore.entries.map(({ label }) => label).sort()).toHaveLength(2)
      expect(keystore.identity).toEqual({
        ...(await openedSoftware(simulator)).identity,
      })
      await expect(opened(card, { authentication: 'nobody' })).rejects.toThrow(
        code('keystore.no-authentication'),
      )
      expect(() => keystore.credential('nobody')).toThrow(code('keystore.no-key'))
      expect(keystore.credential({ id: 'A0' }).certificate.fingerprint).toBe(
        keystore.authentication.certificate.fingerprint,
      )
    })

    it('has the chain that the program adds', async () => {
      const software = await openedSoftware(simulator)
      const bare = reader.makeToken('bare', await keysOf(simulator.personas.physician))
      expect((await opened(bare)).authentication.chain).toEqual([])
      const keystore = await opened(bare, { intermediates: software.certificates })
      expect(keystore.authentication.chain.map(({ fingerprint }) => fingerprint)).toEqual(
        software.authentication.chain.map(({ fingerprint }) => fingerprint),
      )
    })

    it('is listed without a PIN', async () => {
      const tokens = await listTokens({ library: card.library })
      expect(tokens.find(({ label }) => label === 'card')).toMatchObject({
        pinPad: false,
        pinAttempts: 'normal',
        manufacturer: expect.stringContaining('SoftHSM') as string,
      })
    })

    it('shows no private value, nor does a credential in a log', async () => {
      const keystore = await opened(doctor)
      expect(doctor.readableValues()).toEqual([])
      expect(JSON.stringify(keystore.authentication)).toMatch(
        /^\{"kind":"Credential","keyType":"rsa","fingerprint":"[^"]+"\}$/,
      )
    })

    it('comes from a library that exists', async () => {
      await expect(openPkcs11({ library: '/nonexistent/library.so' })).rejects.toThrow(
        code('keystore.library'),
      )
    })
  })
})

async function openedSoftware({ personas: { physician } }: Simulator) {
  return openKeystore({ bytes: physician.keystore }, { password: physician.password })
}
