/** A token of SoftHSM with keys on it, plain or as a card in a reader (card.c). */
import { execFileSync, spawnSync } from 'node:child_process'
import type { KeyObject } from 'node:crypto'
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { der } from '../../src/technical/asn1/index.js'
import { readEntries } from '../../src/technical/keystore/entries.js'
import type { Certificate } from '../../src/technical/pki/index.js'

/** Where Debian, Fedora and Homebrew put it. */
const softHsm = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/lib64/softhsm/libsofthsm2.so',
  '/usr/lib/pkcs11/libsofthsm2.so',
  '/opt/homebrew/lib/softhsm/libsofthsm2.so',
].find(existsSync)

const require = createRequire(import.meta.url)

interface Addon {
  PKCS11: new (library: string) => Record<string, (...args: unknown[]) => unknown>
}

function loadAddon(): Addon | undefined {
  try {
    return require('pkcs11js') as Addon
  } catch {
    return undefined
  }
}

const addon = loadAddon()
const compiler = spawnSync('cc', ['--version']).status === 0

/** Why the tests cannot run here; `undefined` when they can. */
export const missing: string | undefined =
  softHsm === undefined || spawnSync('softhsm2-util', ['--version']).status !== 0
    ? 'no SoftHSM2 on this machine'
    : addon === undefined
      ? 'pkcs11js was not built on this machine'
      : compiler
        ? undefined
        : 'no C compiler on this machine'

/** What to put on a token. */
export interface TokenKey {
  label: string
  id: string
  certificate: Certificate
  privateKey: KeyObject
  /** CKA_ALWAYS_AUTHENTICATE. */
  alwaysAuthenticate?: boolean
  /** CKA_DECRYPT; true for RSA. */
  decrypt?: boolean
}

/** Everything in a keystore of the simulator, for a token. */
export async function keysOf({
  keystore,
  password,
}: {
  keystore: Uint8Array
  password: string
}): Promise<TokenKey[]> {
  const { keys } = await readEntries({ bytes: keystore }, password)
  return keys.map(({ alias, certificate, privateKey }, index) => ({
    label: alias,
    id: `a${index}`,
    certificate,
    privateKey,
  }))
}

/** A token with the PIN 123456. */
export interface SoftToken {
  library: string
  tokenLabel: string
  pin: string
  /** The card of {@link makeCard}: its reader is this directory. */
  reader: string
  /** Takes the card out, or puts it back. */
  pull(): void
  insert(): void
  /** Writes a steering file of card.c; nothing removes it. */
  steer(name: string, content?: string): void
  /** Keys on the token that show a private value: there must be none. */
  readableValues(): string[]
}

/** Directory of all tokens of a test file; SoftHSM's configuration points to it. */
export interface Reader {
  /** Library of SoftHSM itself, and as a card. */
  library: { plain: string; card: string }
  makeToken(
    tokenLabel: string,
    keys: readonly TokenKey[],
    options?: { card?: boolean; authorities?: readonly Certificate[] },
  ): SoftToken
  remove(): void
}

const pin = '123456'

export function makeReader(): Reader {
  const directory = mkdtempSync(join(tmpdir(), 'token-'))
  mkdirSync(join(directory, 'tokens'))
  mkdirSync(join(directory, 'reader'))
  const configuration = join(directory, 'softhsm2.conf')
  writeFileSync(
    configuration,
    `directories.tokendir = ${join(directory, 'tokens')}\nobjectstore.backend = file\nlog.level = ERROR\n`,
  )
  process.env['SOFTHSM2_CONF'] = configuration
  process.env['CARD_LIBRARY'] = softHsm!
  process.env['CARD_DIR'] = join(directory, 'reader')
  const card = join(directory, 'card.so')
  const headers = join(require.resolve('pkcs11js/package.json'), '..', 'includes', 'pkcs11')
  const source = fileURLToPath(new URL('card.c', import.meta.url))
  const pulls = { count: 0 }
  execFileSync('cc', ['-shared', '-fPIC', '-Wall', '-I', headers, '-o', card, source, '-ldl'])
  return {
    library: { plain: softHsm!, card },
    makeToken: (tokenLabel, keys, options = {}) => {
      const words = ['--init-token', '--free', '--label', tokenLabel, '--pin', pin, '--so-pin', '87654321']
      execFileSync('softhsm2-util', words)
      fill(tokenLabel, keys, options.authorities ?? [])
      return tokenOf(join(directory, 'reader'), options.card === true ? card : softHsm!, tokenLabel, pulls)
    },
    remove: () => rmSync(directory, { recursive: true }),
  }
}

function tokenOf(reader: string, library: string, tokenLabel: string, pulls: { count: number }): SoftToken {
  const steer = (name: string, content?: string): void => {
    if (content === undefined) rmSync(join(reader, name), { force: true })
    else writeFileSync(join(reader, name), content)
  }
  return {
    library,
    tokenLabel,
    pin,
    reader,
    steer,
    pull: () => {
      steer('out', '')
      steer('pulls', String((pulls.count += 1)))
    },
    insert: () => steer('out'),
    readableValues: () => inSession(tokenLabel, readableValues),
  }
}

const number = { class: 0, token: 1, private: 2, label: 3, value: 0x11, keyType: 0x100, id: 0x102 }

type Session = { call: (name: string, ...args: unknown[]) => unknown }

/** Does something as the owner of the token, in a use of the library of its own. */
function inSession<T>(tokenLabel: string, work: (session: Session) => T): T {
  const library = new addon!.PKCS11(softHsm!)
  const call = (name: string, ...args: unknown[]): unknown => library[name]!(...args)
  let begun = true
  try {
    call('C_Initialize', { flags: 2 })
  } catch {
    begun = false
  }
  try {
    const slot = (call('C_GetSlotList', true) as Buffer[]).find(
      (one) => (call('C_GetTokenInfo', one) as { label: string }).label.trim() === tokenLabel,
    )
    const session = call('C_OpenSession', slot, 6)
    let loggedIn = true
    try {
      call('C_Login', session, 1, pin)
    } catch {
      loggedIn = false
    }
    try {
      return work({ call: (name, ...args) => call(name, session, ...args) })
    } finally {
      if (loggedIn) call('C_Logout', session)
      call('C_CloseSession', session)
    }
  } finally {
    if (begun) call('C_Finalize')
  }
}

/** Attributes that hold what must not be read (CKA_PRIVATE_EXPONENT … CKA_COEFFICIENT, CKA_VALUE). */
const secrets = [0x11, 0x123, 0x124, 0x125, 0x126, 0x127, 0x128]

function readableValues({ call }: Session): string[] {
  call('C_FindObjectsInit', [{ type: number.class, value: 3 }])
  const keys = call('C_FindObjects', 100) as Buffer[]
  call('C_FindObjectsFinal')
  return keys.flatMap((key) =>
    secrets.flatMap((type) => {
      try {
        const [found] = call('C_GetAttributeValue', key, [{ type }]) as { value: Buffer }[]
        return found!.value.length === 0 ? [] : [`0x${type.toString(16)}`]
      } catch {
        return []
      }
    }),
  )
}

function fill(tokenLabel: string, keys: readonly TokenKey[], authorities: readonly Certificate[]): void {
  inSession(tokenLabel, ({ call }) => {
    for (const certificate of authorities)
      call('C_CreateObject', certificateTemplate({ label: 'authority', id: '', certificate }))
    for (const key of keys) {
      call('C_CreateObject', certificateTemplate(key))
      call('C_CreateObject', privateKeyTemplate(key))
    }
  })
}

const certificateTemplate = ({ label, id, certificate }: Omit<TokenKey, 'privateKey'>): object[] => [
  { type: number.class, value: 1 },
  { type: number.token, value: true },
  { type: number.private, value: false },
  { type: 0x80, value: 0 },
  { type: 0x101, value: Buffer.from(certificate.subject.der) },
  { type: number.label, value: label },
  { type: number.id, value: Buffer.from(id, 'hex') },
  { type: number.value, value: Buffer.from(certificate.der) },
]

function privateKeyTemplate(key: TokenKey): object[] {
  const { n, e, d, p, q, dp, dq, qi, crv } = key.privateKey.export({ format: 'jwk' })
  const octets = (text: string | undefined): Buffer => Buffer.from(text!, 'base64url')
  const rsa = n !== undefined
  return [
    { type: number.class, value: 3 },
    { type: number.token, value: true },
    { type: number.private, value: true },
    { type: number.keyType, value: rsa ? 0 : 3 },
    { type: number.label, value: key.label },
    { type: number.id, value: Buffer.from(key.id, 'hex') },
    { type: 0x103, value: true }, // SENSITIVE
    { type: 0x162, value: false }, // EXTRACTABLE
    { type: 0x108, value: true }, // SIGN
    { type: 0x202, value: key.alwaysAuthenticate === true },
    ...(rsa
      ? [
          { type: 0x105, value: key.decrypt !== false },
          ...Object.entries({ 0x120: n, 0x122: e, 0x123: d, 0x124: p, 0x125: q }),
          ...Object.entries({ 0x126: dp, 0x127: dq, 0x128: qi }),
        ].map((one) => (Array.isArray(one) ? { type: Number(one[0]), value: octets(one[1]) } : one))
      : [
          { type: 0x180, value: Buffer.from(curves[crv!]!) },
          { type: number.value, value: octets(d) },
        ]),
  ]
}

/** EC_PARAMS. */
const curves: Readonly<Record<string, Uint8Array>> = {
  'P-256': der.objectIdentifier('1.2.840.10045.3.1.7'),
  'P-384': der.objectIdentifier('1.3.132.0.34'),
}
