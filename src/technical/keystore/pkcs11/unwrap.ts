/** Content keys opened by a token, with implicit rejection (RFC 8017 §7.2.2, see unwrapRsa.ts). */
import type { Certificate } from '../../pki/certificate.js'
import { selectKey, replacementKey, unpadKey } from '../unwrapRsa.js'
import { ckf, ckm, type Cryptoki, type Handle } from './cryptoki.js'
import type { KeyReference } from './objects.js'
import { isStateOf, refusalOf, returnValueOf } from './refusals.js'
import type { TokenSessions } from './sessions.js'

/**
 * The `unwrapKey` of a key on a token.
 *
 * By the bare RSA operation where the token has it, so that the padding is looked at here, in constant time; else by
 * RSAES-PKCS1-v1_5, whose every refusal counts as a broken padding unless it speaks of the token itself.
 *
 * @param secret What replacement octets are derived from; not the key's own, which cannot be had: it lasts as long as the
 * keystore is open
 */
export function tokenUnwrapper(
  sessions: TokenSessions,
  certificate: Certificate,
  key: KeyReference,
  secret: Uint8Array,
): (encryptedKey: Uint8Array, length: number) => Promise<Uint8Array> {
  const size = Math.ceil(certificate.rsaBits / 8)
  let bare: boolean | undefined
  return async (encryptedKey, length) => {
    const replacement = replacementKey(secret, encryptedKey, length)
    // everybody can see that this is no ciphertext for the key
    if (encryptedKey.length !== size) return replacement
    return sessions.use(async (conversation) => {
      const { cryptoki, session, token } = conversation
      const handle = await conversation.key(key)
      bare ??= offersBareRsa(cryptoki, token.handle)
      bare = bare && beginsBareRsa(cryptoki, session, handle)
      if (!bare) cryptoki.C_DecryptInit(session, { mechanism: ckm.rsaPkcs }, handle)
      await conversation.consent(key)
      const opened = await decrypt(cryptoki, session, encryptedKey, size)
      return bare
        ? unpadKey(opened && padded(opened, size), replacement, length)
        : selectKey(opened, replacement)
    })
  }
}

function offersBareRsa(cryptoki: Cryptoki, slot: Handle): boolean {
  if (!cryptoki.C_GetMechanismList(slot).includes(ckm.rsaX509)) return false
  return (cryptoki.C_GetMechanismInfo(slot, ckm.rsaX509).flags & ckf.decrypt) !== 0
}

/** Tokens may allow the operation in general and not with this key. */
function beginsBareRsa(cryptoki: Cryptoki, session: Handle, key: Handle): boolean {
  try {
    cryptoki.C_DecryptInit(session, { mechanism: ckm.rsaX509 }, key)
    return true
  } catch (error) {
    if (refusalOf(error).code !== 'keystore.mechanism') throw error
    return false
  }
}

async function decrypt(
  cryptoki: Cryptoki,
  session: Handle,
  encryptedKey: Uint8Array,
  size: number,
): Promise<Buffer | undefined> {
  const input = Buffer.from(encryptedKey)
  try {
    return await cryptoki.C_DecryptAsync(session, input, Buffer.alloc(size))
  } catch (error) {
    const found = returnValueOf(error)
    if (found === undefined || isStateOf(found)) throw error
    return undefined
  } finally {
    // the addon does not hold the octets that it reads in another thread: they must outlive the call
    input.fill(0)
  }
}

/** Some tokens leave leading zeros out. */
function padded(opened: Buffer, size: number): Uint8Array {
  if (opened.length >= size) return opened
  const whole = Buffer.alloc(size)
  opened.copy(whole, size - opened.length)
  opened.fill(0)
  return whole
}
