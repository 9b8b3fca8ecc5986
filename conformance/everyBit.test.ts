/** Every bit and every length of a sealed message, in memory and as a stream. */
import { generateKeyPairSync } from 'node:crypto'

import { describe, expect, it } from 'vitest'

import { EHealthError } from '../src/errors.js'
import { readAsn1, type Asn1Node } from '../src/technical/asn1/index.js'
import { softwareCredential } from '../src/technical/keystore/index.js'
import { readSignedData } from '../src/technical/seal/cms/signedData.js'
import { seal, sealStream, unseal, unsealStream } from '../src/technical/seal/index.js'
import { actor, issue } from '../test/technical/pki/issue.js'
import { hospital, runtime, tokenOf, vectors } from '../test/technical/seal/messages.js'

const subject = actor('sender', generateKeyPairSync('rsa', { modulusLength: 2048 }))
const certificate = issue({ subject, issuer: subject, usage: 0xc0 })
const credential = softwareCredential({ certificate, chain: [], privateKey: subject.privateKey })
const recipients = [tokenOf('recipient-a')]
/** The signer itself is trusted: his certificate must not change by a single bit. */
const options = { keys: hospital.decryptionKeys, trust: [certificate], now: runtime }

const definite = await seal(Buffer.from('x'), { credential, recipients, runtime })
const indefinite = await collect(sealStream([Buffer.from('x')], { credential, recipients, runtime }))
/** An unsigned attribute that this reader does not look at, under the policy that asks for no revocation. */
const withAttribute = Buffer.from(
  await seal(Buffer.from('x'), {
    credential,
    recipients,
    runtime,
    ocspResponses: [embeddedResponse()],
  }),
)

async function collect(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}

function embeddedResponse(): Uint8Array {
  const { signers } = readSignedData(vectors.read('sealed/ocsp-good/kib.cms'))
  const [values] = signers[0]!.unsignedAttributes.get('1.2.840.113549.1.9.16.2.24')![0]!
  return values!.at(0).at(0).at(0).raw
}

/** The code of a refusal, `undefined` for a message that was accepted; any other error fails the test. */
async function refusal(open: () => Promise<unknown>): Promise<string | undefined> {
  try {
    await open()
    return undefined
  } catch (error) {
    if (error instanceof EHealthError && error.family === 'unseal') return error.code
    throw error
  }
}

async function acceptedFlips(message: Uint8Array): Promise<number[]> {
  const accepted: number[] = []
  const changed = Buffer.from(message)
  for (let bit = 0; bit < message.length * 8; bit++) {
    changed[bit >> 3]! ^= 1 << (bit & 7)
    if ((await refusal(() => unseal(changed, options))) === undefined) accepted.push(bit >> 3)
    changed[bit >> 3]! ^= 1 << (bit & 7)
  }
  return [...new Set(accepted)]
}

/**
 * The version of a SignedData: no signature covers it, it follows from the rest, and readers make nothing of it
 * (RFC 5652 §5.1). Another number that exists is accepted.
 */
function versionOctet(message: Uint8Array): number {
  const version = readAsn1(message).at(1).at(0).at(0)
  return version.content.byteOffset - message.byteOffset
}

describe('no single bit of a message can be changed, but for a version that means nothing', () => {
  it('of one in DER', { timeout: 300_000 }, async () => {
    expect(await refusal(() => unseal(definite, options))).toBeUndefined()
    expect(await acceptedFlips(definite)).toEqual([versionOctet(definite)])
  })

  it('of one with indefinite lengths and chunks', { timeout: 300_000 }, async () => {
    expect(await refusal(() => unseal(indefinite, options))).toBeUndefined()
    expect(await acceptedFlips(indefinite)).toEqual([versionOctet(indefinite)])
  })

  it(
    'and for unsigned attributes, which no signature covers and this reader does not use',
    { timeout: 300_000 },
    async () => {
      expect(await refusal(() => unseal(withAttribute, options))).toBeUndefined()
      const { signers } = readSignedData(withAttribute)
      expect([...signers[0]!.unsignedAttributes.keys()]).toEqual(['1.2.840.113549.1.9.16.2.24'])
      // From the attribute's type to the end of its value, and the last octets of the message are no others.
      const start = withAttribute.lastIndexOf(Buffer.from('060b2a864886f70d0109100218', 'hex'))
      const version = versionOctet(withAttribute)
      const changed = Buffer.from(withAttribute)
      const accepted: number[] = []
      for (let bit = 0; bit < changed.length * 8; bit += bit >> 3 < start ? 3 : 41) {
        changed[bit >> 3]! ^= 1 << (bit & 7)
        if ((await refusal(() => unseal(changed, options))) === undefined) accepted.push(bit >> 3)
        changed[bit >> 3]! ^= 1 << (bit & 7)
      }
      expect(accepted.filter((offset) => offset < start && offset !== version)).toEqual([])
      expect(accepted.some((offset) => offset > start)).toBe(true)
    },
  )
})

describe('a message that ends early is refused', () => {
  it('at every octet, in memory', async () => {
    for (const message of [definite, indefinite])
      for (let length = 0; length < message.length; length++)
        expect(await refusal(() => unseal(message.subarray(0, length), options)), `${length}`).toBe(
          'unseal.malformed',
        )
  })

  it('at every boundary of its structure, as a stream', async () => {
    for (const message of [definite, indefinite]) {
      const boundaries = new Set<number>()
      const base = message.byteOffset
      const visit = (node: Asn1Node): void => {
        for (const at of [
          node.raw.byteOffset,
          node.content.byteOffset,
          node.raw.byteOffset + node.raw.length,
        ])
          boundaries.add(at - base)
        if (node.constructed) node.children.forEach(visit)
      }
      visit(readAsn1(message))
      boundaries.delete(message.length)
      expect(boundaries.size).toBeGreaterThan(100)
      for (const length of boundaries)
        expect(
          await refusal(() => unsealStream([message.subarray(0, length)], options)),
          `cut at ${length}`,
        ).toBe('unseal.malformed')
    }
  })
})
