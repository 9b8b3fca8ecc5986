/** Certificates and private keys on a token. Of a key only what is public is read; its values stay where they are. */
import { isEHealthError } from '../../../errors.js'
import { Certificate } from '../../pki/certificate.js'
import { cka, ckk, cko, numberOf, type Attribute, type Cryptoki, type Handle } from './cryptoki.js'
import { returnValueOf } from './refusals.js'

/** How a private key is found again, also after the card was put back: handles do not last. */
export interface KeyReference {
  label: string
  id: Buffer
  keyType: 'rsa' | 'ec'
  canSign: boolean
  canDecrypt: boolean
  /** Every signature needs the PIN anew (`CKA_ALWAYS_AUTHENTICATE`), as keys for non-repudiation do. */
  alwaysAuthenticate: boolean
  /** Modulus of an RSA key, where the token shows it. */
  modulus?: Buffer
}

/** A certificate with the name that the token gives it. */
export interface StoredCertificate {
  label: string
  id: Buffer
  certificate: Certificate
}

/** A certificate whose private key is on the token. */
export interface TokenEntry extends StoredCertificate {
  key: KeyReference
}

/** Objects per answer. */
const batch = 64

function findObjects(cryptoki: Cryptoki, session: Handle, template: Attribute[]): Handle[] {
  const found: Handle[] = []
  cryptoki.C_FindObjectsInit(session, template)
  try {
    for (;;) {
      const some = cryptoki.C_FindObjects(session, batch)
      found.push(...some)
      if (some.length < batch) return found
    }
  } finally {
    cryptoki.C_FindObjectsFinal(session)
  }
}

/** An attribute; `undefined` where the object has none of that kind. */
function readAttribute(
  cryptoki: Cryptoki,
  session: Handle,
  object: Handle,
  type: number,
): Buffer | undefined {
  try {
    return cryptoki.C_GetAttributeValue(session, object, [{ type }])[0]?.value
  } catch (error) {
    // ATTRIBUTE_SENSITIVE, ATTRIBUTE_TYPE_INVALID
    const found = returnValueOf(error)
    if (found?.value === 0x11 || found?.value === 0x12) return undefined
    throw error
  }
}

/** Every X.509 certificate that can be read. */
export function readCertificates(cryptoki: Cryptoki, session: Handle): StoredCertificate[] {
  const found = findObjects(cryptoki, session, [
    { type: cka.class, value: cko.certificate },
    { type: cka.certificateType, value: 0 },
  ])
  return found.flatMap((object) => {
    const read = (type: number): Buffer | undefined => readAttribute(cryptoki, session, object, type)
    const der = read(cka.value)
    const certificate = der === undefined ? undefined : parse(der)
    if (certificate === undefined) return []
    return [{ label: textOf(read(cka.label)), id: read(cka.id) ?? Buffer.alloc(0), certificate }]
  })
}

/** Something else in the place of a certificate does not keep the others from being used. */
function parse(der: Buffer): Certificate | undefined {
  try {
    return Certificate.from(der)
  } catch (error) {
    if (isEHealthError(error, 'certificate.malformed')) return undefined
    throw error
  }
}

/** Every private key that shows itself; most tokens show none before the PIN was given. */
export function readKeys(cryptoki: Cryptoki, session: Handle): KeyReference[] {
  const found = findObjects(cryptoki, session, [{ type: cka.class, value: cko.privateKey }])
  return found.flatMap((object) => {
    const read = (type: number): Buffer | undefined => readAttribute(cryptoki, session, object, type)
    const type = numberOf(read(cka.keyType) ?? Buffer.alloc(0))
    if (type !== ckk.rsa && type !== ckk.ec) return []
    const modulus = type === ckk.rsa ? read(cka.modulus) : undefined
    return [
      {
        label: textOf(read(cka.label)),
        id: read(cka.id) ?? Buffer.alloc(0),
        keyType: type === ckk.rsa ? ('rsa' as const) : ('ec' as const),
        canSign: flag(read(cka.sign), true),
        canDecrypt: type === ckk.rsa && flag(read(cka.decrypt), true),
        alwaysAuthenticate: flag(read(cka.alwaysAuthenticate), false),
        ...(modulus === undefined || modulus.length === 0 ? {} : { modulus: withoutZeros(modulus) }),
      },
    ]
  })
}

const textOf = (value: Buffer | undefined): string => value?.toString('utf8').replace(/\0+$/, '') ?? ''
const flag = (value: Buffer | undefined, otherwise: boolean): boolean =>
  value === undefined || value.length === 0 ? otherwise : value[0] !== 0

/** The handle of a key in this session. */
export function findKey(cryptoki: Cryptoki, session: Handle, key: KeyReference): Handle | undefined {
  const template: Attribute[] = [
    { type: cka.class, value: cko.privateKey },
    { type: cka.keyType, value: ckk[key.keyType] },
    ...(key.id.length === 0 ? [] : [{ type: cka.id, value: key.id }]),
  ]
  const found = findObjects(cryptoki, session, template)
  if (found.length < 2) return found[0]
  return found.find((object) => {
    const read = (type: number): Buffer | undefined => readAttribute(cryptoki, session, object, type)
    const modulus = key.modulus === undefined ? undefined : read(cka.modulus)
    return modulus === undefined
      ? textOf(read(cka.label)) === key.label
      : withoutZeros(modulus).equals(key.modulus!)
  })
}

/**
 * Certificates brought together with their keys: by the modulus where the token shows it, else by `CKA_ID`, as the
 * standard ties them (§4.6), or by the label where there is no id. For EC keys the first signature tells.
 */
export function pair(
  certificates: readonly StoredCertificate[],
  keys: readonly KeyReference[],
): TokenEntry[] {
  return certificates.flatMap((stored) => {
    const modulus = modulusOf(stored.certificate)
    const fitting = keys.filter((key) => {
      if (key.keyType !== keyTypeOf(stored.certificate)) return false
      if (key.modulus !== undefined && modulus !== undefined) return key.modulus.equals(modulus)
      return stored.id.length > 0 ? key.id.equals(stored.id) : key.label === stored.label
    })
    // of several copies of one key, the one that carries the certificate's own id
    const key = fitting.find(({ id }) => id.equals(stored.id)) ?? fitting[0]
    return key === undefined ? [] : [{ ...stored, key }]
  })
}

function keyTypeOf(certificate: Certificate): 'rsa' | 'ec' | undefined {
  try {
    const type = certificate.publicKey.asymmetricKeyType
    return type === 'rsa' || type === 'ec' ? type : undefined
  } catch {
    return undefined
  }
}

function modulusOf(certificate: Certificate): Buffer | undefined {
  if (keyTypeOf(certificate) !== 'rsa') return undefined
  const { n } = certificate.publicKey.export({ format: 'jwk' })
  return n === undefined ? undefined : withoutZeros(Buffer.from(n, 'base64url'))
}

function withoutZeros(number: Buffer): Buffer {
  const start = number.findIndex((octet) => octet !== 0)
  return start < 0 ? Buffer.alloc(0) : number.subarray(start)
}
