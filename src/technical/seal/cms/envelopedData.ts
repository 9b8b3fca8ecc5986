/** Reading EnvelopedData (RFC 5652 §6) in BER or DER. */
import { Asn1Error, integer, octets, tags, type Asn1Node } from '../../asn1/index.js'
import { contentTypes } from './identifiers.js'
import { readKeyReference, type KeyReference } from './signedData.js'
import { expect, parsing, readAlgorithm, readContentInfo, type AlgorithmIdentifier } from './structure.js'

/** A recipient reached by its public key. */
export interface KeyTransRecipient {
  kind: 'key'
  recipient: KeyReference
  algorithm: AlgorithmIdentifier
  encryptedKey: Uint8Array
}

/** A recipient reached by a secret key that both sides have, usually from KGSS. */
export interface KekRecipient {
  kind: 'secret-key'
  keyIdentifier: Uint8Array
  algorithm: AlgorithmIdentifier
  encryptedKey: Uint8Array
}

/** What stands before the encrypted content. */
export interface EnvelopeHead {
  /** Recipients of the two kinds that exist on the platform; others (key agreement, passwords) are passed over. */
  recipients: readonly (KeyTransRecipient | KekRecipient)[]
  contentAlgorithm: AlgorithmIdentifier
}

export interface EnvelopedData extends EnvelopeHead {
  encryptedContent: Uint8Array
}

/** @throws CmsError `structure` */
export function readEnvelopedData(bytes: Uint8Array): EnvelopedData {
  return parsing('an EnvelopedData', () => {
    const [version, ...rest] = readContentInfo(bytes, contentTypes.envelopedData).children
    if (version === undefined) throw new Asn1Error('EnvelopedData ends early')
    integer(version)
    if (rest[0]?.isContext(0) === true) rest.shift()
    const [recipients, encrypted, unprotected, ...surplus] = rest
    if (recipients === undefined || encrypted === undefined || surplus.length > 0)
      throw new Asn1Error('broken EnvelopedData')
    if (unprotected !== undefined && !unprotected.isContext(1)) throw new Asn1Error('broken EnvelopedData')
    const [, algorithm, content, ...more] = expect(encrypted, tags.sequence).children
    if (algorithm === undefined || content?.isContext(0) !== true || more.length > 0)
      throw new Asn1Error('broken EncryptedContentInfo')
    return {
      recipients: expect(recipients, tags.set).children.flatMap(readRecipient),
      contentAlgorithm: readAlgorithm(algorithm),
      encryptedContent: octets(content),
    }
  })
}

function readRecipient(node: Asn1Node): (KeyTransRecipient | KekRecipient)[] {
  if (node.is(tags.sequence)) {
    const [version, recipient, algorithm, encryptedKey] = fourOf(node)
    integer(version)
    return [
      {
        kind: 'key',
        recipient: readKeyReference(recipient),
        algorithm: readAlgorithm(algorithm),
        encryptedKey: octets(expect(encryptedKey, tags.octetString)),
      },
    ]
  }
  if (node.isContext(2)) {
    const [version, identifier, algorithm, encryptedKey] = fourOf(node)
    integer(version)
    return [
      {
        kind: 'secret-key',
        keyIdentifier: octets(expect(expect(identifier, tags.sequence).at(0), tags.octetString)),
        algorithm: readAlgorithm(algorithm),
        encryptedKey: octets(expect(encryptedKey, tags.octetString)),
      },
    ]
  }
  if (node.tagClass === 2) return []
  throw new Asn1Error('unknown kind of recipient')
}

function fourOf(node: Asn1Node): [Asn1Node, Asn1Node, Asn1Node, Asn1Node] {
  if (node.children.length !== 4) throw new Asn1Error('broken RecipientInfo')
  return [node.at(0), node.at(1), node.at(2), node.at(3)]
}
