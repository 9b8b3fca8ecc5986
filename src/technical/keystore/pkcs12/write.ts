/** Writing PKCS#12 stores as Java and OpenSSL do today: PBES2 with AES-256, MAC with SHA-256. */
import { createCipheriv, createHash, pbkdf2, type KeyObject } from 'node:crypto'
import { promisify } from 'node:util'

import { der } from '../../asn1/index.js'
import { systemRuntime, type Runtime } from '../../environment/runtime.js'
import type { Certificate } from '../../pki/certificate.js'
import { pkcs12Mac } from './mac.js'
import { oids } from './oids.js'
import { passwordForms, type Password } from './password.js'

/** A private key with its certificate, under a name. */
export interface Pkcs12Entry {
  /** `authentication`, or the decimal serial number of an encryption certificate. */
  alias: string
  certificate: Certificate
  /** Issuing authorities to store beside it, under their RFC 2253 names. */
  chain?: readonly Certificate[]
  /** Must be exportable. */
  privateKey: KeyObject
}

/** Options of {@link writePkcs12}. */
export interface WritePkcs12Options {
  /** Where salts and initialisation vectors come from. Default: the machine. */
  runtime?: Pick<Runtime, 'randomBytes'>
  /** Iterations of the key derivations. Default 10 000, as Java. */
  iterations?: number
}

const oid = {
  pbes2: '1.2.840.113549.1.5.13',
  pbkdf2: '1.2.840.113549.1.5.12',
  hmacWithSha256: '1.2.840.113549.2.9',
  aes256Cbc: '2.16.840.1.101.3.4.1.42',
  sha256: '2.16.840.1.101.3.4.2.1',
}

const derive = promisify(pbkdf2)

/**
 * Writes a store in the shape of the platform's: one key entry per alias, authorities as certificates.
 *
 * @example
 * ```ts
 * import { writeFile } from 'node:fs/promises'
 * import { writePkcs12 } from 'ehealth-connectors/keystore'
 *
 * const store = await writePkcs12([{ alias: 'authentication', certificate, chain, privateKey }], password)
 * await writeFile('SSIN=90010199794 20240506-120000.p12', store, { mode: 0o600 })
 * ```
 */
export async function writePkcs12(
  entries: readonly Pkcs12Entry[],
  password: string,
  options: WritePkcs12Options = {},
): Promise<Uint8Array> {
  const { runtime = systemRuntime, iterations = 10_000 } = options
  const form = passwordForms(password)[0]!
  const encrypt = (plain: Uint8Array): Promise<Encrypted> => encryptPbes2(plain, form, iterations, runtime)
  const keyBags = await Promise.all(
    entries.map(async (entry) => {
      const pkcs8 = entry.privateKey.export({ format: 'der', type: 'pkcs8' })
      const { algorithm, data } = await encrypt(pkcs8)
      pkcs8.fill(0)
      return bag(oids.shroudedKeyBag, der.sequence(algorithm, der.octetString(data)), entryNames(entry))
    }),
  )
  const certificates = await encrypt(der.sequence(...certificateBags(entries)))
  const authSafe = der.sequence(
    contentInfo(oids.data, der.octetString(der.sequence(...keyBags))),
    contentInfo(oids.encryptedData, encryptedData(certificates)),
  )
  const salt = runtime.randomBytes(20)
  const mac = pkcs12Mac('sha256', salt, iterations, authSafe, form)
  const digestInfo = der.sequence(algorithmIdentifier(oid.sha256, der.nullValue()), der.octetString(mac))
  return der.sequence(
    der.integer(3),
    contentInfo(oids.data, der.octetString(authSafe)),
    der.sequence(digestInfo, der.octetString(salt), der.integer(iterations)),
  )
}

function certificateBags(entries: readonly Pkcs12Entry[]): Uint8Array[] {
  const authorities: Certificate[] = []
  for (const authority of entries.flatMap((entry) => entry.chain ?? []))
    if (!authorities.some((known) => known.equals(authority))) authorities.push(authority)
  return [
    ...entries.map((entry) => certificateBag(entry.certificate, entryNames(entry))),
    ...authorities.map((authority) =>
      certificateBag(authority, [friendlyName(authority.subject.toRfc2253())]),
    ),
  ]
}

function certificateBag(certificate: Certificate, names: Uint8Array[]): Uint8Array {
  const value = der.sequence(
    der.objectIdentifier(oids.x509Certificate),
    der.explicit(0, der.octetString(certificate.der)),
  )
  return bag(oids.certBag, value, names)
}

function bag(type: string, value: Uint8Array, names: Uint8Array[]): Uint8Array {
  return der.sequence(der.objectIdentifier(type), der.explicit(0, value), der.setOf(...names))
}

function entryNames(entry: Pkcs12Entry): Uint8Array[] {
  const localKeyId = createHash('sha1').update(entry.certificate.der).digest()
  return [friendlyName(entry.alias), attribute(oids.localKeyId, der.octetString(localKeyId))]
}

const friendlyName = (name: string): Uint8Array => attribute(oids.friendlyName, der.bmpString(name))

const attribute = (type: string, value: Uint8Array): Uint8Array =>
  der.sequence(der.objectIdentifier(type), der.setOf(value))

const contentInfo = (type: string, content: Uint8Array): Uint8Array =>
  der.sequence(der.objectIdentifier(type), der.explicit(0, content))

const algorithmIdentifier = (type: string, ...parameters: Uint8Array[]): Uint8Array =>
  der.sequence(der.objectIdentifier(type), ...parameters)

interface Encrypted {
  algorithm: Uint8Array
  data: Uint8Array
}

const encryptedData = ({ algorithm, data }: Encrypted): Uint8Array =>
  der.sequence(
    der.integer(0),
    der.sequence(der.objectIdentifier(oids.data), algorithm, der.implicitPrimitive(0, data)),
  )

async function encryptPbes2(
  plain: Uint8Array,
  password: Password,
  iterations: number,
  runtime: Pick<Runtime, 'randomBytes'>,
): Promise<Encrypted> {
  const salt = runtime.randomBytes(20)
  const iv = runtime.randomBytes(16)
  const key = await derive(password.utf8, salt, iterations, 32, 'sha256')
  const cipher = createCipheriv('aes-256-cbc', key, iv)
  const data = Buffer.concat([cipher.update(plain), cipher.final()])
  const derivation = algorithmIdentifier(
    oid.pbkdf2,
    der.sequence(
      der.octetString(salt),
      der.integer(iterations),
      algorithmIdentifier(oid.hmacWithSha256, der.nullValue()),
    ),
  )
  const scheme = algorithmIdentifier(oid.aes256Cbc, der.octetString(iv))
  return { algorithm: algorithmIdentifier(oid.pbes2, der.sequence(derivation, scheme)), data }
}
