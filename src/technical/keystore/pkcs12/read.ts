/** Reading PKCS#12 stores (RFC 7292) in BER and DER. */
import { createPrivateKey, type KeyObject } from 'node:crypto'

import { EHealthError } from '../../../errors.js'
import {
  Asn1Error,
  integer,
  objectIdentifier,
  octets,
  readAsn1,
  tags,
  text,
  type Asn1Node,
} from '../../asn1/index.js'
import { Certificate } from '../../pki/certificate.js'
import { decrypt } from './decrypt.js'
import { verifyMac } from './mac.js'
import { oids } from './oids.js'
import { passwordForms, unsupported, type Password } from './password.js'

/** Names that a bag carries. */
export interface BagNames {
  friendlyName?: string
  /** Hexadecimal digits; the same for a key and its certificate. */
  localKeyId?: string
}

/** What a store holds, in the order of the file. */
export interface Pkcs12Contents {
  keys: (BagNames & { key: KeyObject })[]
  certificates: (BagNames & { certificate: Certificate })[]
}

/** Larger than any store of the platform by far. */
const mostOctets = 10 * 1024 * 1024

/**
 * Reads a store. The MAC is verified before anything is decrypted.
 *
 * @throws EHealthError `keystore.malformed`, `keystore.password`, `keystore.unsupported`
 */
export async function readPkcs12(bytes: Uint8Array, password: string): Promise<Pkcs12Contents> {
  try {
    return await read(bytes, password)
  } catch (error) {
    if (error instanceof Asn1Error) throw malformed(`not a PKCS#12 keystore: ${error.message}`, error)
    if (error instanceof EHealthError && error.family === 'certificate')
      throw malformed('a certificate of the keystore cannot be read', error)
    throw error
  }
}

async function read(bytes: Uint8Array, password: string): Promise<Pkcs12Contents> {
  if (bytes.length > mostOctets) throw malformed('not a PKCS#12 keystore: too large')
  const pfx = readAsn1(bytes)
  if (!pfx.is(tags.sequence) || !pfx.at(1).is(tags.sequence)) throw new Asn1Error('expected SEQUENCE')
  if (integer(pfx.at(0)) !== 3n) throw malformed('not a PKCS#12 keystore: wrong version')
  if (objectIdentifier(pfx.at(1).at(0)) !== oids.data) throw unsupported('integrity by signature')
  const authSafe = octets(octetString(explicitContent(pfx.at(1))))
  const macData = pfx.children[2]
  if (macData === undefined) throw unsupported('no integrity check')
  const forms = await verifyMac(macData, authSafe, passwordForms(password))
  const contents: Pkcs12Contents = { keys: [], certificates: [] }
  for (const info of readAsn1(authSafe).children)
    await readBags(readAsn1(await safeContents(info, forms)), forms, contents)
  return contents
}

/** The SafeContents of one ContentInfo, decrypted where it is encrypted. */
async function safeContents(info: Asn1Node, forms: readonly Password[]): Promise<Uint8Array> {
  const type = objectIdentifier(info.at(0))
  const content = explicitContent(info)
  if (type === oids.data) return octets(octetString(content))
  if (type !== oids.encryptedData) throw unsupported(type)
  const encrypted = content.at(1)
  const data = encrypted.children[2]
  if (data?.isContext(0) !== true) throw new Asn1Error('the encrypted content is missing')
  return decrypt(encrypted.at(1), octets(data), forms)
}

async function readBags(bags: Asn1Node, forms: readonly Password[], into: Pkcs12Contents): Promise<void> {
  for (const bag of bags.children) {
    const type = objectIdentifier(bag.at(0))
    const value = explicitContent(bag)
    if (type === oids.keyBag) into.keys.push({ ...namesOf(bag), key: privateKey(value.raw) })
    else if (type === oids.shroudedKeyBag) {
      const pkcs8 = await decrypt(value.at(0), octets(octetString(value.at(1))), forms)
      into.keys.push({ ...namesOf(bag), key: privateKey(pkcs8) })
      pkcs8.fill(0)
    } else if (type === oids.certBag && objectIdentifier(value.at(0)) === oids.x509Certificate) {
      const certificate = Certificate.fromDer(octets(octetString(explicitContent(value))))
      into.certificates.push({ ...namesOf(bag), certificate })
    } else if (type === oids.safeContentsBag) await readBags(value, forms, into)
  }
}

function privateKey(pkcs8: Uint8Array): KeyObject {
  try {
    return createPrivateKey({ key: Buffer.from(pkcs8), format: 'der', type: 'pkcs8' })
  } catch {
    // No cause: what OpenSSL says about a key stays inside.
    throw malformed('a private key of the keystore cannot be read')
  }
}

function namesOf(bag: Asn1Node): BagNames {
  const names: BagNames = {}
  for (const attribute of bag.children[2]?.children ?? []) {
    const type = objectIdentifier(attribute.at(0))
    const value = attribute.at(1).children[0]
    if (value === undefined) continue
    if (type === oids.friendlyName) names.friendlyName = text(value)
    if (type === oids.localKeyId) names.localKeyId = Buffer.from(octets(value)).toString('hex')
  }
  return names
}

/** What stands in the `[0] EXPLICIT` after the type, in a ContentInfo, a SafeBag and a CertBag alike. */
function explicitContent(typed: Asn1Node): Asn1Node {
  if (!typed.at(1).isContext(0)) throw new Asn1Error('the content is missing')
  return typed.at(1).at(0)
}

function octetString(node: Asn1Node): Asn1Node {
  if (!node.is(tags.octetString)) throw new Asn1Error('expected OCTET STRING')
  return node
}

function malformed(message: string, cause?: unknown): EHealthError {
  return new EHealthError('keystore.malformed', message, cause === undefined ? {} : { cause })
}
