/** A keystore whose keys stay on a token: an identity card, a smart card, an HSM. */
import { EHealthError } from '../../../errors.js'
import { systemRuntime, type Runtime } from '../../environment/runtime.js'
import type { Certificate } from '../../pki/certificate.js'
import { assertValidAt, issuersOf } from '../../pki/path.js'
import { concealed } from '../concealed.js'
import type { Credential, DecryptionKey } from '../credential.js'
import { byNotBefore } from '../entries.js'
import { identityOf } from '../identity.js'
import type { Keystore } from '../open.js'
import { renewableFrom, stateAt } from '../validity.js'
import { authenticationEntry, entryOf, isEncryptionKey, type EntryChoice } from './choose.js'
import { takeLibrary } from './library.js'
import { pair, readCertificates, readKeys, type StoredCertificate, type TokenEntry } from './objects.js'
import type { Pin } from './pin.js'
import { refusalOf } from './refusals.js'
import { TokenSessions, type Conversation } from './sessions.js'
import { tokenSigner } from './sign.js'
import type { Pkcs11Token, TokenChoice } from './slots.js'
import { tokenUnwrapper } from './unwrap.js'

/** Options of {@link openPkcs11}. */
export interface Pkcs11Options extends TokenChoice {
  /** File of the PKCS#11 library that came with the reader, the card or the HSM. */
  library: string
  /**
   * The PIN, or a function that asks for it when the token wants it. Not needed where a pin pad or the driver's own window
   * asks. A fixed PIN is never tried twice, nor on the last attempt; it is kept until `close()`, what a function gives is
   * not kept.
   */
  pin?: Pin
  /** Entry to authenticate with. Default: the one named `authentication`, else the only one that may. */
  authentication?: EntryChoice
  /** More certificates for the chain of the authentication certificate, where the token does not hold them. */
  intermediates?: readonly Certificate[]
  /** Operations at a time; 1. Cards do one, an HSM does many. */
  sessions?: number
  /** Opens it although its authentication certificate is not valid, to read archives. Default false. */
  allowExpired?: boolean
  runtime?: Pick<Runtime, 'now' | 'randomBytes'>
}

/** What a token holds under one name. */
export interface Pkcs11Entry {
  label: string
  /** Hexadecimal digits of `CKA_ID`. */
  id: string
  certificate: Certificate
  /** Each signature asks for the PIN. */
  asksPinForEachSignature: boolean
}

/** A keystore on a token. Whoever opened it closes it; a session that it was given to does not. */
export interface Pkcs11Keystore extends Keystore {
  readonly token: Pkcs11Token
  /** Every key with its certificate. */
  readonly entries: readonly Pkcs11Entry[]
  /**
   * A credential for another key, for instance `Signature` of an identity card.
   *
   * @throws EHealthError `keystore.no-key`
   */
  credential(choice: EntryChoice): Credential
  /** Waits for running operations, logs the token out where nobody else uses it, forgets the PIN. */
  close(): Promise<void>
  [Symbol.asyncDispose](): Promise<void>
}

const optionNames: ReadonlySet<string> = new Set<keyof Pkcs11Options>([
  'library',
  'slot',
  'tokenLabel',
  'serialNumber',
  'pin',
  'authentication',
  'intermediates',
  'sessions',
  'allowExpired',
  'runtime',
])

/**
 * Opens a token through its PKCS#11 library. Needs the optional package `pkcs11js`.
 *
 * Certificates are read at once; the PIN is asked for when the token wants it: here where keys do not show themselves
 * before, else at the first signature. Signing and opening work in the thread pool, one operation at a time per session,
 * and a card that was pulled out and put back is found again.
 *
 * @throws EHealthError `configuration.invalid`, `keystore.addon`, `keystore.library`, `keystore.no-token`,
 * `keystore.ambiguous-token`, `keystore.pin`, `keystore.pin-locked`, `keystore.pin-expired`, `keystore.pin-required`,
 * `keystore.cancelled`, `keystore.removed`, `keystore.device`, `keystore.no-authentication`, `keystore.identity`,
 * `certificate.expired`, `certificate.not-yet-valid`. `sign` and `unwrapKey` throw those on PIN and token as well, and
 * `keystore.mechanism`, `keystore.no-key`, `keystore.mismatch`.
 *
 * @example
 * ```ts
 * import { connect } from 'ehealth-connectors'
 * import { openPkcs11 } from 'ehealth-connectors/pkcs11'
 * import { physician } from 'ehealth-connectors/professions'
 *
 * await using card = await openPkcs11({
 *   library: '/usr/lib/x86_64-linux-gnu/libbeidpkcs11.so.0',
 *   pin: ({ pinAttempts }) => askPin(pinAttempts === 'final' ? 'Last attempt! PIN:' : 'PIN:'),
 * })
 * await using me = await connect({
 *   environment: 'acceptance',
 *   keystore: { file: 'physician.acc-p12', password },
 *   identification: card.authentication,
 *   as: physician({ ssin, nihii }),
 * })
 * ```
 */
export async function openPkcs11(options: Pkcs11Options): Promise<Pkcs11Keystore> {
  checkOptions(options)
  const library = await takeLibrary(options.library)
  let sessions: TokenSessions | undefined
  try {
    const { slot, tokenLabel, serialNumber, pin, sessions: count = 1 } = options
    const choice = {
      ...(slot === undefined ? {} : { slot }),
      ...(tokenLabel === undefined ? {} : { tokenLabel }),
      ...(serialNumber === undefined ? {} : { serialNumber }),
    }
    sessions = new TokenSessions({ library, choice, pin, count })
    return assemble(sessions, await sessions.use(readContents), options)
  } catch (error) {
    if (sessions === undefined) library.release()
    else await sessions.close()
    throw refusalOf(error)
  }
}

interface Contents {
  certificates: StoredCertificate[]
  entries: TokenEntry[]
}

/** What the token shows; after a login where it shows no key before. */
async function readContents({ cryptoki, session, token, login }: Conversation): Promise<Contents> {
  const certificates = readCertificates(cryptoki, session)
  const read = (): Contents => ({ certificates, entries: pair(certificates, readKeys(cryptoki, session)) })
  const shown = read()
  if (shown.entries.length > 0 || !token.loginRequired) return shown
  await login()
  // certificates may be private as well
  if (certificates.length === 0) certificates.push(...readCertificates(cryptoki, session))
  return read()
}

function assemble(sessions: TokenSessions, contents: Contents, options: Pkcs11Options): Pkcs11Keystore {
  const { runtime = systemRuntime, intermediates = [] } = options
  const { entries } = contents
  const now = runtime.now()
  const certificates = distinct(contents.certificates.map(({ certificate }) => certificate))
  const own = authenticationEntry(entries, options.authentication, now)
  const { certificate } = own
  if (options.allowExpired !== true) assertValidAt(certificate, now)
  const pool = [...certificates, ...intermediates]
  const secret = runtime.randomBytes(32)
  const credentials = new Map<TokenEntry, Credential>()
  const credentialOf = (entry: TokenEntry): Credential => {
    const made = credentials.get(entry) ?? tokenCredential(sessions, entry, pool)
    credentials.set(entry, made)
    return made
  }
  const { handle: _, loginRequired: __, ...token } = sessions.token
  return Object.freeze({
    identity: identityOf(certificate),
    authentication: credentialOf(own),
    decryptionKeys: entries
      .filter((entry) => entry !== own && isEncryptionKey(entry))
      .sort(byNotBefore)
      .map((entry) => tokenDecryptionKey(sessions, entry, secret)),
    certificates,
    notAfter: certificate.notAfter,
    renewableFrom: renewableFrom(certificate),
    state: stateAt(certificate, now),
    token,
    entries: entries.map(({ label, id, certificate, key }) => ({
      label,
      id: id.toString('hex'),
      certificate,
      asksPinForEachSignature: key.alwaysAuthenticate,
    })),
    credential: (choice: EntryChoice) => {
      const entry = entryOf(entries, choice, runtime.now())
      if (entry === undefined)
        throw new EHealthError('keystore.no-key', 'the token holds no key with a certificate of that name')
      return credentialOf(entry)
    },
    close: () => sessions.close(),
    [Symbol.asyncDispose]: () => sessions.close(),
  })
}

const tokenCredential = (
  sessions: TokenSessions,
  { certificate, key }: TokenEntry,
  pool: readonly Certificate[],
): Credential =>
  concealed('Credential', {
    certificate,
    chain: Object.freeze(issuersOf(certificate, pool)),
    keyType: key.keyType,
    sign: tokenSigner(sessions, certificate, key),
  })

const tokenDecryptionKey = (
  sessions: TokenSessions,
  { certificate, key }: TokenEntry,
  secret: Uint8Array,
): DecryptionKey =>
  concealed('DecryptionKey', {
    certificate,
    keyType: key.keyType,
    unwrapKey: tokenUnwrapper(sessions, certificate, key, secret),
  })

function distinct(certificates: readonly Certificate[]): Certificate[] {
  const found: Certificate[] = []
  for (const certificate of certificates)
    if (!found.some((known) => known.equals(certificate))) found.push(certificate)
  return found
}

/** Options are judged at the door: no value of one is repeated, it may be a PIN in the wrong place. */
function checkOptions(options: Pkcs11Options): void {
  const refuse = (path: string, problem: string): EHealthError =>
    new EHealthError('configuration.invalid', `${path}: ${problem}`, { path })
  const unknown = Object.keys(options).find((name) => !optionNames.has(name))
  if (unknown !== undefined) throw refuse(unknown, 'there is no such option')
  const { library, slot, pin, sessions } = options
  if (typeof library !== 'string' || library === '')
    throw refuse('library', 'expected the file of a PKCS#11 library')
  if (slot !== undefined && !(Number.isInteger(slot) && slot >= 0))
    throw refuse('slot', 'expected the id of a slot')
  if (pin !== undefined && typeof pin !== 'function' && (typeof pin !== 'string' || pin === ''))
    throw refuse('pin', 'expected text or a function')
  if (sessions !== undefined && !(Number.isInteger(sessions) && sessions >= 1 && sessions <= 256))
    throw refuse('sessions', 'expected 1 to 256')
}
