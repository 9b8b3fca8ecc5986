/**
 * What sealing and unsealing cost, against three measures taken in the same run, turn by turn:
 *
 * - the primitives: the bare `node:crypto` calls that a message cannot do without (two SHA-256 passes, one AES-128-CBC
 *   pass, the RSA operations), without any structure around them;
 * - `openssl cms` doing the same three steps (three processes, files in between);
 * - node-forge (PKCS#1 v1.5, since its CMS has no RSASSA-PSS; sealing only, up to 1 MiB).
 *
 * Medians in milliseconds. Then peak memory, each case in a process of its own; and 2 GiB as a stream.
 *
 *     npx vitest run --config bench/vitest.config.ts bench/seal.ts
 *
 * `BENCH_QUICK=1` leaves out 100 MiB and the stream.
 */
import { execFileSync, spawnSync } from 'node:child_process'
import {
  constants,
  createCipheriv,
  createDecipheriv,
  createHash,
  createPrivateKey,
  privateDecrypt,
  publicEncrypt,
  randomBytes,
  sign,
  verify,
  type KeyObject,
} from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import forge from 'node-forge'
import { it } from 'vitest'

// The package as it is built: what a test runner does to sources costs as much as a small message.
import { softwareCredential, softwareDecryptionKey } from '../dist/technical/keystore/index.js'
import { Certificate } from '../dist/technical/pki/index.js'
import { seal, unseal } from '../dist/technical/seal/index.js'
import { actor as issuedActor, issueDer } from '../test/technical/pki/issue.js'

const quick = process.env['BENCH_QUICK'] === '1'
const sizes = {
  '1 KiB': 1024,
  '100 KiB': 100 * 1024,
  '1 MiB': 1 << 20,
  '10 MiB': 10 << 20,
  ...(quick ? {} : { '100 MiB': 100 << 20 }),
}

it('sealing and unsealing', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    await measureAll(directory)
    measureMemory(directory)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
})

async function measureAll(directory: string): Promise<void> {
  const signer = actor(directory, 'signer', 'digitalSignature')
  const reader = actor(directory, 'reader', 'keyEncipherment,dataEncipherment')
  const credential = softwareCredential(signer)
  const keys = [softwareDecryptionKey(reader)]
  const others = Array.from({ length: 19 }, (_, i) => alsoReading(reader, i))
  const rows: Record<string, unknown>[] = []
  for (const [size, length] of Object.entries(sizes))
    for (const count of [1, 20]) {
      const recipients = [reader.certificate, ...others].slice(0, count)
      const content = randomBytes(length)
      writeFileSync(join(directory, 'content.bin'), content)
      const sealed = await seal(content, { credential, recipients })
      writeFileSync(join(directory, 'sealed.cms'), sealed)
      const bare = primitives(signer.privateKey, reader, content, count)
      const ways: Record<string, () => unknown> = {
        'primitives of sealing': bare.seal,
        seal: () => seal(content, { credential, recipients }),
        'primitives of unsealing': bare.unseal,
        unseal: () => unseal(sealed, { keys, trust: [signer.certificate] }),
      }
      if (count === 1) {
        ways['seal, openssl cms'] = () => sealWithOpenssl(directory)
        ways['unseal, openssl cms'] = () => unsealWithOpenssl(directory)
        if (length <= 1 << 20) ways['seal, node-forge'] = () => sealWithForge(directory, content)
      }
      const found = await medians(
        length > 50_000_000 ? 9 : length > 5_000_000 ? 21 : length > 500_000 ? 61 : 401,
        ways,
      )
      for (const [way, ms] of Object.entries(found)) {
        const own = way.includes('unseal') ? 'unsealing' : 'sealing'
        const base = found[`primitives of ${own}`]!
        rows.push({
          size,
          recipients: count,
          way,
          ms: ms.toFixed(2),
          'of primitives': (ms / base).toFixed(2),
        })
      }
    }
  console.table(rows)
}

/**
 * Each way in turn, so that whatever else the machine does falls on all of them. Small messages first go round often enough
 * that the engine has compiled what it will compile, as in a process that has sealed its first few hundred messages.
 */
async function medians(
  runs: number,
  ways: Readonly<Record<string, () => unknown>>,
): Promise<Record<string, number>> {
  const times = new Map<string, number[]>(Object.keys(ways).map((way) => [way, []]))
  for (let i = runs > 100 ? -1500 : -2; i < runs; i++)
    for (const [way, run] of Object.entries(ways)) {
      const slow = way.includes('openssl') || way.includes('forge')
      if (slow && (i < 0 || i >= 9)) continue
      const start = performance.now()
      await run()
      if (i >= 0) times.get(way)!.push(performance.now() - start)
    }
  return Object.fromEntries(
    [...times].map(([way, all]) => [way, all.sort((a, b) => a - b)[all.length >> 1]!]),
  )
}

/** The calls that no implementation can leave out, on content of the same size. */
function primitives(
  signing: KeyObject,
  reader: { certificate: Certificate; privateKey: KeyObject },
  content: Uint8Array,
  recipients: number,
): { seal: () => void; unseal: () => void } {
  const attributes = randomBytes(200)
  const iv = randomBytes(16)
  const pss = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: 32 }
  const signed = sign('sha256', attributes, { key: signing, ...pss })
  const contentKey = randomBytes(16)
  const wrapping = { key: reader.certificate.publicKey, padding: constants.RSA_PKCS1_PADDING }
  const wrapped = publicEncrypt(wrapping, contentKey)
  const cipher = createCipheriv('aes-128-cbc', contentKey, iv)
  const encrypted = Buffer.concat([cipher.update(content), cipher.final()])
  const signer = Certificate.from(readFileSync(join(lastDirectory, 'signer.pem'))).publicKey
  return {
    seal: () => {
      createHash('sha256').update(content).digest()
      sign('sha256', attributes, { key: signing, ...pss })
      const enciphering = createCipheriv('aes-128-cbc', contentKey, iv)
      const output = enciphering.update(content)
      enciphering.final()
      for (let i = 0; i < recipients; i++) publicEncrypt(wrapping, contentKey)
      createHash('sha256').update(output).digest()
      sign('sha256', attributes, { key: signing, ...pss })
    },
    unseal: () => {
      createHash('sha256').update(encrypted).digest()
      verify('sha256', attributes, { key: signer, ...pss }, signed)
      privateDecrypt({ key: reader.privateKey, padding: constants.RSA_NO_PADDING }, wrapped)
      const deciphering = createDecipheriv('aes-128-cbc', contentKey, iv)
      const output = deciphering.update(encrypted)
      deciphering.final()
      createHash('sha256').update(output).digest()
      verify('sha256', attributes, { key: signer, ...pss }, signed)
    },
  }
}

let lastDirectory = ''

/** Peak memory of a process that does one thing, less that of one that only loads the library. */
function measureMemory(directory: string): void {
  const rows: Record<string, unknown>[] = []
  const run = (what: string, size: number): { peak: number; seconds: number } =>
    JSON.parse(
      execFileSync(
        process.execPath,
        [new URL('memory.mjs', import.meta.url).pathname, what, String(size), directory],
        {
          encoding: 'utf8',
        },
      ),
    ) as { peak: number; seconds: number }
  const idle = run('nothing', 0).peak
  const mib = (octets: number): string => (octets / 2 ** 20).toFixed(0)
  for (const size of quick ? [10 << 20] : [10 << 20, 100 << 20])
    for (const what of ['seal', 'unseal']) {
      const { peak } = run(what, size)
      const own = peak - idle
      rows.push({
        what,
        'content MiB': mib(size),
        'peak MiB': mib(peak),
        'times content': (own / size).toFixed(2),
      })
    }
  if (!quick)
    for (const what of ['sealStream', 'unsealFile']) {
      const { peak, seconds } = run(what, 2 * 2 ** 30)
      rows.push({ what, 'content MiB': 2048, 'peak MiB': mib(peak), seconds: seconds.toFixed(1) })
    }
  console.log(`a process that only loads the library: ${mib(idle)} MiB`)
  console.table(rows)
}

/** Another certificate for the same key: all that a further recipient costs. */
function alsoReading({ certificate, privateKey }: ReturnType<typeof actor>, i: number): Certificate {
  const subject = issuedActor(`reader ${i}`, { publicKey: certificate.publicKey, privateKey })
  return Certificate.fromDer(issueDer({ subject, issuer: subject, usage: 0x30, serial: BigInt(i + 1) }))
}

function actor(directory: string, name: string, keyUsage: string) {
  lastDirectory = directory
  if (spawnSync('openssl', ['version']).status !== 0)
    throw new Error('this measurement needs the openssl command')
  openssl(
    directory,
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    `${name}.key`,
    '-out',
    `${name}.pem`,
    '-days',
    '3000',
    '-subj',
    `/CN=${name}`,
    '-addext',
    `keyUsage=${keyUsage}`,
  )
  return {
    certificate: Certificate.from(readFileSync(join(directory, `${name}.pem`))),
    privateKey: createPrivateKey(readFileSync(join(directory, `${name}.key`))),
  }
}

function openssl(directory: string, ...parameters: string[]): void {
  execFileSync('openssl', parameters, { cwd: directory, stdio: 'ignore' })
}

function sealWithOpenssl(directory: string): void {
  const sign = [
    'cms',
    '-sign',
    '-binary',
    '-nodetach',
    '-outform',
    'DER',
    '-md',
    'sha256',
    '-signer',
    'signer.pem',
    '-inkey',
    'signer.key',
    '-keyopt',
    'rsa_padding_mode:pss',
    '-keyopt',
    'rsa_pss_saltlen:32',
  ]
  openssl(directory, ...sign, '-in', 'content.bin', '-out', 'a.cms')
  openssl(
    directory,
    'cms',
    '-encrypt',
    '-binary',
    '-outform',
    'DER',
    '-aes-128-cbc',
    '-in',
    'a.cms',
    '-out',
    'b.cms',
    'reader.pem',
  )
  openssl(directory, ...sign, '-in', 'b.cms', '-out', 'c.cms')
}

function unsealWithOpenssl(directory: string): void {
  const verify = [
    'cms',
    '-verify',
    '-inform',
    'DER',
    '-binary',
    '-purpose',
    'any',
    '-CAfile',
    'signer.pem',
    '-certfile',
    'signer.pem',
  ]
  openssl(directory, ...verify, '-in', 'sealed.cms', '-out', 'd.cms')
  openssl(
    directory,
    'cms',
    '-decrypt',
    '-inform',
    'DER',
    '-binary',
    '-in',
    'd.cms',
    '-inkey',
    'reader.key',
    '-recip',
    'reader.pem',
    '-out',
    'e.cms',
  )
  openssl(directory, ...verify, '-in', 'e.cms', '-out', 'f.bin')
}

function sealWithForge(directory: string, content: Uint8Array): string {
  const pem = (name: string): string => readFileSync(join(directory, name), 'utf8')
  const certificate = forge.pki.certificateFromPem(pem('signer.pem'))
  const sign = (bytes: string): string => {
    const message = forge.pkcs7.createSignedData()
    message.content = forge.util.createBuffer(bytes)
    message.addCertificate(certificate)
    message.addSigner({
      key: forge.pki.privateKeyFromPem(pem('signer.key')),
      certificate,
      digestAlgorithm: forge.pki.oids.sha256!,
      authenticatedAttributes: [
        { type: forge.pki.oids.contentType!, value: forge.pki.oids.data! },
        { type: forge.pki.oids.messageDigest! },
      ],
    })
    message.sign()
    return forge.asn1.toDer(message.toAsn1()).getBytes()
  }
  const envelope = forge.pkcs7.createEnvelopedData()
  envelope.addRecipient(forge.pki.certificateFromPem(pem('reader.pem')))
  envelope.content = forge.util.createBuffer(sign(Buffer.from(content).toString('latin1')))
  envelope.encrypt(undefined, forge.pki.oids['aes128-CBC'])
  return sign(forge.asn1.toDer(envelope.toAsn1()).getBytes())
}
