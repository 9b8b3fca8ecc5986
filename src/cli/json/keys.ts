/** What `ehealth keystore`, `token`, `identifier` and `kgss` print. */
import type { IdentifierDescription } from '../../technical/identifiers/index.js'
import type { Identity, KeystoreReport } from '../../technical/keystore/index.js'
import type { Pkcs11Token } from '../../technical/keystore/pkcs11/index.js'
import type { KeystoreState } from '../../technical/keystore/validity.js'
import type { Signer } from './common.js'

/** What a keystore holds; never a key. */
export type KeystoreInspect = KeystoreReport

/** The cards and HSMs that are there. */
export interface KeystoreTokens {
  tokens: Pkcs11Token[]
  /** Keys with a certificate of the one that was chosen by `--token-label` or `--slot`. */
  entries?: ShownTokenEntry[]
}

/** A key of a card or HSM. */
export interface ShownTokenEntry {
  label: string
  /** Hexadecimal digits. */
  id: string
  role: 'authentication' | 'encryption' | 'other'
  /** For instance `rsa 2048` or `ec 384`. */
  key: string
  /** Asserted usages; null when the certificate has no such extension. */
  keyUsage: string[] | null
  state: KeystoreState
  notAfter: string
  /** SHA-256 of the certificate, hexadecimal digits. */
  fingerprint: string
  asksPinForEachSignature: boolean
}

/** What a number may be. */
export interface IdentifierDocument extends IdentifierDescription {
  /** Whether it is anything. */
  valid: boolean
}

/** What a number may be. */
export type Identifier = IdentifierDocument

/** Who the caller is to the platform. */
export interface Token {
  /** Who asked: his number stands here, and in the attributes. */
  identity: Identity & { profession: string; quality: string }
  issuer: string
  /** Distinguished name of whoever signed the token. */
  signer: string
  notBefore: string
  notOnOrAfter: string
  /** Whole minutes until then. */
  minutesLeft: number
  /** The certificate whose key the token is for. */
  holder: Signer & { issuer: string; notAfter: string }
  attributes: {
    name: string
    namespace: string
    values: readonly string[]
    /** Whether the platform says yes: a value that is neither empty nor `false`. */
    granted: boolean
  }[]
}

/** A secret key, which is in the file and nowhere else. */
export interface SecretKey {
  /** Its identifier, base64. */
  id: string
  bits: number
  /** The file that holds it. */
  out: string
}

/** The key that was made. */
export type KgssNewKey = SecretKey

/** The key that was fetched. */
export type KgssGetKey = SecretKey
