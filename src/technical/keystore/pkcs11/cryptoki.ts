/**
 * What of PKCS#11 is used here, in the shape that `pkcs11js` gives it, and its numbers (OASIS PKCS#11 2.40).
 *
 * Typed by hand: the addon is optional, so neither our build nor our declarations may need its own types.
 */

/** A slot, session or object: `CK_ULONG` of the machine in its own octet order. */
export type Handle = Buffer

export interface Attribute {
  type: number
  value?: number | boolean | string | Buffer
}

export interface Mechanism {
  mechanism: number
  parameter?: Buffer | { type: number; hashAlg: number; mgf: number; saltLen: number }
}

/** `CK_TOKEN_INFO`; texts are padded with spaces. */
export interface RawTokenInfo {
  label: string
  manufacturerID: string
  model: string
  serialNumber: string
  flags: number
}

/** The functions of a library. Those that work in the thread pool are `…Async`; all others block. */
export interface Cryptoki {
  C_Initialize(options: { flags: number }): void
  C_Finalize(): void
  C_GetSlotList(tokenPresent: boolean): Handle[]
  C_GetTokenInfo(slot: Handle): RawTokenInfo
  C_GetMechanismList(slot: Handle): number[]
  C_GetMechanismInfo(slot: Handle, mechanism: number): { flags: number }
  C_OpenSession(slot: Handle, flags: number): Handle
  C_CloseSession(session: Handle): void
  C_Login(session: Handle, userType: number, pin: string): void
  C_FindObjectsInit(session: Handle, template: Attribute[]): void
  C_FindObjects(session: Handle, maximum: number): Handle[]
  C_FindObjectsFinal(session: Handle): void
  C_GetAttributeValue(session: Handle, object: Handle, template: { type: number }[]): { value: Buffer }[]
  C_SignInit(session: Handle, mechanism: Mechanism, key: Handle): void
  C_SignAsync(session: Handle, data: Buffer, signature: Buffer): Promise<Buffer>
  C_DecryptInit(session: Handle, mechanism: Mechanism, key: Handle): void
  C_DecryptAsync(session: Handle, data: Buffer, decrypted: Buffer): Promise<Buffer>
}

/** What `pkcs11js` exports, as far as it is used. */
export interface CryptokiModule {
  PKCS11: new (library: string) => Cryptoki
}

export const ckf = {
  /** Of C_Initialize: calls come from several threads. */
  osLocking: 2,
  /** Of C_OpenSession. */
  serialSession: 4,
  /** Of a mechanism. */
  decrypt: 0x200,
  // of a token
  loginRequired: 4,
  protectedAuthenticationPath: 0x100,
  tokenInitialized: 0x400,
  pinCountLow: 0x10000,
  pinFinalTry: 0x20000,
  pinLocked: 0x40000,
} as const

export const cku = { user: 1, contextSpecific: 2 } as const

export const cko = { certificate: 1, privateKey: 3 } as const

export const ckk = { rsa: 0, ec: 3 } as const

/** Attributes that are read. None of them is a private value (`CKA_PRIVATE_EXPONENT` and the like). */
export const cka = {
  class: 0,
  label: 3,
  value: 0x11,
  certificateType: 0x80,
  keyType: 0x100,
  id: 0x102,
  decrypt: 0x105,
  sign: 0x108,
  modulus: 0x120,
  alwaysAuthenticate: 0x202,
} as const

export const ckm = {
  rsaPkcs: 1,
  rsaX509: 3,
  sha1RsaPkcs: 6,
  rsaPkcsPss: 0xd,
  sha256RsaPkcs: 0x40,
  sha384RsaPkcs: 0x41,
  sha512RsaPkcs: 0x42,
  sha256RsaPkcsPss: 0x43,
  sha256: 0x250,
  ecdsa: 0x1041,
  ecdsaSha256: 0x1044,
  ecdsaSha384: 0x1045,
  ecdsaSha512: 0x1046,
} as const

/** `CKG_MGF1_SHA256`, and `CK_PARAMS_RSA_PSS` of the addon. */
export const mgf1Sha256 = 2
export const pssParameters = 5

/** Number of a `CK_ULONG`, such as the id of a slot. */
export function numberOf(value: Buffer): number {
  if (value.length === 8) return Number(value.readBigUInt64LE())
  return value.length === 4 ? value.readUInt32LE() : NaN
}
