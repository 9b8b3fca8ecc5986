/** Requests sealed for a service, answers sealed by it: the KGSS and the brokers of MyCareNet (spec etee §5.2, §5.4). */
import { EHealthError } from '../../errors.js'
import { readToken, verifyToken } from '../../technical/etk/index.js'
import {
  identityOf,
  openKeystore,
  type Credential,
  type Identity,
  type Keystore,
} from '../../technical/keystore/index.js'
import type { Certificate } from '../../technical/pki/certificate.js'
import { seal, unseal, type VerifiedToken } from '../../technical/seal/index.js'
import { parseXml, read, write, type ElementDeclaration } from '../../technical/xml/index.js'
import { soaRefusal } from '../refusal.js'
import type { SimulatedCall } from '../service.js'

/** What the service is made with. */
export interface SealingSetup {
  readonly keystore: { readonly keystore: Uint8Array; readonly password: string }
  /** Anchors of those who seal requests. */
  readonly anchors: readonly Certificate[]
}

/** A request that opened and verified. */
export interface OpenedContent<T> {
  readonly content: T
  /** Who sealed it. */
  readonly author: Identity
}

/** What an answer is sealed with. */
export type AnswerFor =
  | { readonly token: VerifiedToken }
  | { readonly secretKey: { readonly id: Uint8Array; readonly key: Uint8Array } }

/** The sealed side of the service. */
export interface Sealing {
  /** The key that the service signs with. */
  credential(): Promise<Credential>
  /** @throws Refusal SOA-03007 */
  open<T>(
    call: SimulatedCall<unknown>,
    sealed: Uint8Array,
    element: ElementDeclaration<T>,
  ): Promise<OpenedContent<T>>
  /** The author's own token, verified. @throws Refusal SOA-03007 */
  tokenOf(call: SimulatedCall<unknown>, etk: Uint8Array, author: Identity): VerifiedToken
  /** A key of the requester to seal the answer with. @throws Refusal SOA-03007 */
  secretKeyOf(call: SimulatedCall<unknown>, key: Uint8Array, id: Uint8Array | undefined): AnswerFor
  seal<T>(
    call: SimulatedCall<unknown>,
    element: ElementDeclaration<T>,
    value: T,
    answerFor: AnswerFor,
  ): Promise<Uint8Array>
}

export function createSealing({ keystore: locked, anchors }: SealingSetup): Sealing {
  let opened: Promise<Keystore> | undefined
  const own = (): Promise<Keystore> =>
    (opened ??= openKeystore({ bytes: locked.keystore }, { password: locked.password, allowExpired: true }))

  return {
    credential: async () => (await own()).authentication,
    open: async ({ now }, sealed, element) => {
      const { decryptionKeys } = await own()
      return asContent('the sealed content', async () => {
        const { content, senderCertificate, warnings } = await unseal(sealed, {
          keys: decryptionKeys,
          trust: anchors,
          now,
        })
        // An old request, sent again, is nobody's wish of today.
        if (warnings.length > 0) throw soaRefusal('SOA-03007', `the sealed content: ${warnings.join(', ')}`)
        return {
          content: read(element, parseXml(content).root, { strict: true }),
          author: identityOf(senderCertificate!),
        }
      })
    },
    tokenOf: ({ now }, etk, { type, value, application = '' }) =>
      asContentNow('the encryption token', () =>
        verifyToken(readToken(etk), { trust: anchors, at: now, expected: { type, value, application } }),
      ),
    secretKeyOf: ({ world }, key, id = world.runtime.randomBytes(16)) => {
      if (key.length !== 16) throw soaRefusal('SOA-03007', 'KeyEncryptionKey is no AES key of 128 bits')
      if (id.length === 0) throw soaRefusal('SOA-03007', 'KeyEncryptionKeyIdentifier is empty')
      return { secretKey: { id, key } }
    },
    seal: async ({ now, world }, element, value, answerFor) => {
      const { authentication } = await own()
      const xml = `<?xml version="1.0" encoding="UTF-8"?>${write(element, value).xml}`
      return seal(Buffer.from(xml), {
        credential: authentication,
        runtime: { ...world.runtime, now: () => now },
        ...('token' in answerFor ? { recipients: [answerFor.token] } : { secretKey: answerFor.secretKey }),
      })
    },
  }
}

async function asContent<T>(what: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action()
  } catch (error) {
    throw refusalOf(error, what)
  }
}

function asContentNow<T>(what: string, action: () => T): T {
  try {
    return action()
  } catch (error) {
    throw refusalOf(error, what)
  }
}

/** The code is told, nothing of the content. */
function refusalOf(error: unknown, what: string): unknown {
  return error instanceof EHealthError ? soaRefusal('SOA-03007', `${what}: ${error.code}`, error) : error
}
