/**
 * The main job before outside judges: a recording of the demonstration is judged by `../shared/tools/judge`, and every
 * sealed field of a message on the wire is opened with OpenSSL alone.
 */
import { execFileSync, spawnSync, type SpawnSyncReturns } from 'node:child_process'
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { connect } from '../src/connect.js'
import { hospital, nurse, physician } from '../src/professions/index.js'
import { startSimulator, type Persona } from '../src/simulator/index.js'
import { shared } from './support/shared.js'

const root = fileURLToPath(new URL('..', import.meta.url))
const judge = shared('tools/judge')
const program = join(root, 'dist', 'cli', 'main.js')

const missing = [
  ...(existsSync(judge) ? [] : ['../shared/tools/judge']),
  ...['openssl', 'xmlsec1'].filter((tool) => spawnSync(tool, ['--version']).error !== undefined),
]
if (missing.length > 0)
  console.warn(`SKIPPED: the demonstration needs ${missing.join(', ')}; nothing was judged`)

const workplace = mkdtempSync(join(tmpdir(), 'demo-'))
afterAll(() => rmSync(workplace, { recursive: true }))

describe.runIf(missing.length === 0)('a recording of the demonstration', () => {
  const recording = join(workplace, 'recording')
  let run: SpawnSyncReturns<string>
  let verdict: SpawnSyncReturns<string>

  beforeAll(() => {
    if (!existsSync(program)) execFileSync('npm', ['run', '--silent', 'build'], { cwd: root })
    run = spawnSync(process.execPath, [program, 'demo', '--record', recording, '--json'], {
      encoding: 'utf8',
    })
    verdict = spawnSync(judge, [recording, '--verbose'], { encoding: 'utf8' })
  })

  it('is of a run in which every step was verified', () => {
    expect(run.status).toBe(0)
    const { ok, steps } = JSON.parse(run.stdout) as { ok: boolean; steps: { ok: boolean }[] }
    expect(ok).toBe(true)
    expect(steps.length).toBeGreaterThanOrEqual(10)
    expect(steps.every((step) => step.ok)).toBe(true)
  })

  it('holds every call of the job, byte for byte', () => {
    const names = readdirSync(recording).join('\n')
    for (const operation of [
      'sts-RequestSecurityToken',
      'etkdepot-GetEtk',
      'ehboxpublication-sendMessage',
      'ehboxconsultation-getMessagesList',
      'ehboxconsultation-getFullMessage',
      'ehboxconsultation-getMessageAcknowledgmentsStatus',
      'ehboxconsultation-moveMessage',
    ]) {
      expect(names).toContain(`${operation}-request.`)
      expect(names).toContain(`${operation}-response.`)
    }
  })

  it('passes the judge: nothing failed, no namespace is unknown, signatures and seals were looked at', () => {
    expect(verdict.stdout).toMatch(/\b0 failed$/m)
    expect(verdict.stdout).not.toContain('no schema for')
    expect(verdict.status).toBe(0)
    expect(Number(/(\d+) passed/.exec(verdict.stdout)?.[1])).toBeGreaterThan(80)
    for (const kind of ['schema', 'signature', 'sealed']) expect(verdict.stdout).toContain(kind)
  })

  it('fails the judge when one byte of a body is changed: the judge looks', () => {
    const name = readdirSync(recording).find((file) => /-getMessagesList-request\.xml$/.test(file))!
    const file = join(recording, name)
    const original = readFileSync(file, 'latin1')
    writeFileSync(file, original.replace('INBOX', 'INBOY'), 'latin1')
    const changed = spawnSync(judge, [recording], { encoding: 'utf8' })
    writeFileSync(file, original, 'latin1')
    expect(original).toContain('INBOX')
    expect(changed.status).not.toBe(0)
  })
})

describe.runIf(missing.length === 0)('a sealed message on the wire', () => {
  const recording = join(workplace, 'sent')
  const text = 'Dear colleague, the report is attached.'
  const annex = Buffer.from(Array.from({ length: 20_000 }, (_, index) => (index * 31) % 256))
  const file = (name: string): string => join(workplace, name)
  const openssl = (...parameters: string[]): Buffer =>
    execFileSync('openssl', parameters, { cwd: workplace, stdio: ['ignore', 'pipe', 'pipe'] })
  /** What stands sealed in the recorded request. */
  let fields: Buffer[] = []
  let readers: Persona[] = []

  beforeAll(async () => {
    const directory = join(workplace, 'platform')
    await using simulator = await startSimulator({ dir: directory })
    const { personas, environment } = simulator
    readers = [personas.nurse, personas.hospital]
    writeFileSync(file('root.pem'), environment.trust.signers!.join(''))
    const open = ({ keystore, password }: Persona) => ({ bytes: keystore, password })
    const { ssin, nihii } = personas.physician
    await using me = await connect({
      environment,
      keystore: open(personas.physician),
      as: physician({ ssin, nihii }),
      record: recording,
    })
    await me.ehbox.send({
      to: [
        { ssin: personas.nurse.ssin, quality: 'NURSE' },
        { nihii: personas.hospital.nihii, quality: 'HOSPITAL' },
      ],
      title: 'Report',
      body: text,
      annexes: [
        { title: 'Inside', fileName: 'a.bin', mimeType: 'application/octet-stream', content: annex },
        {
          title: 'Beside',
          fileName: 'b.bin',
          mimeType: 'application/octet-stream',
          content: annex,
          as: 'inline',
        },
      ],
      encrypt: true,
    })
    const name = readdirSync(recording).find((entry) => /-sendMessage-request\./.test(entry))!
    fields = sealedFields(readFileSync(join(recording, name)))
    // Both recipients open it with this library, too: what OpenSSL sees is what they see.
    const { nurse: caretaker, hospital: clinic } = personas
    for (const reader of [
      { as: nurse({ ssin: caretaker.ssin, nihii: caretaker.nihii }), persona: caretaker },
      { as: hospital({ nihii: clinic.nihii }), persona: clinic },
    ]) {
      await using colleague = await connect({ environment, keystore: open(reader.persona), as: reader.as })
      for await (const listed of colleague.ehbox.messages({ folder: 'INBOX' })) {
        const message = await colleague.ehbox.read(listed)
        if (message.type !== 'DOCUMENT' || message.body.text !== text) throw new Error('read otherwise')
      }
    }
  })

  it('is sealed in every field: the text, both annexes and both of their titles', () => {
    expect(fields).toHaveLength(5)
  })

  it.each(['nurse', 'hospital'] as const)('opens with the keystore of the %s and OpenSSL alone', (name) => {
    const reader = readers.find((persona) => persona.name === name)!
    const keys = exportKeys(reader)
    const contents = fields.map((field) => openWith(keys, field))
    const found = contents.map((content) => (content.equals(annex) ? 'annex' : content.toString('utf8')))
    expect(found.sort()).toEqual(['Beside', text, 'Inside', 'annex', 'annex'])
  })

  it('opens with no key but theirs', () => {
    const stranger = openssl('genpkey', '-algorithm', 'RSA', '-pkeyopt', 'rsa_keygen_bits:2048')
    writeFileSync(file('stranger.key'), stranger)
    openssl(
      ...[
        'req',
        '-x509',
        '-key',
        'stranger.key',
        '-subj',
        '/CN=stranger',
        '-days',
        '10',
        '-out',
        'stranger.pem',
      ],
    )
    expect(() => openWith([{ key: 'stranger.key', certificate: 'stranger.pem' }], fields[0]!)).toThrow()
  })

  interface KeyFiles {
    key: string
    certificate: string
  }

  /** Encryption keys of a keystore with their certificates, as OpenSSL exports them. */
  function exportKeys({ name, file: store, password }: Persona): KeyFiles[] {
    const exported = (...selection: string[]): string[] => {
      const pem = execFileSync('openssl', ['pkcs12', '-in', store!, '-passin', 'env:P12', ...selection], {
        env: { ...process.env, P12: password },
        stdio: ['ignore', 'pipe', 'pipe'],
      })
      return pem.toString('latin1').match(/-----BEGIN [^]+?-----END [A-Z ]+-----\n/g) ?? []
    }
    const certificates = exported('-nokeys').map((pem) => new X509Certificate(pem))
    return exported('-nocerts', '-nodes').flatMap((pem, index) => {
      const own = certificates.find((certificate) => certificate.checkPrivateKey(createPrivateKey(pem)))
      if (own === undefined) return []
      const files = { key: `${name}-${index}.key`, certificate: `${name}-${index}.pem` }
      writeFileSync(file(files.key), pem, { mode: 0o600 })
      writeFileSync(file(files.certificate), own.toString())
      return [files]
    })
  }

  /** Outer signature verified, decrypted, inner signature verified. */
  function openWith(keys: readonly KeyFiles[], sealed: Buffer): Buffer {
    const verify = ['cms', '-verify', '-inform', 'DER', '-binary', '-purpose', 'any']
    writeFileSync(file('sealed.cms'), sealed)
    const outer = ['-in', 'sealed.cms', '-out', 'enveloped.cms', '-certsout', 'chain.pem']
    openssl(...verify, '-CAfile', 'root.pem', ...outer)
    const own = keys.find(({ key, certificate }) => {
      const options = ['-inform', 'DER', '-binary', '-in', 'enveloped.cms', '-out', 'inner.cms']
      const by = ['-inkey', key, '-recip', certificate]
      return spawnSync('openssl', ['cms', '-decrypt', ...options, ...by], { cwd: workplace }).status === 0
    })
    if (own === undefined) throw new Error('no key opens the message')
    // The inner message brings no certificates: those of the outer one lead from its signer to the root.
    const chain = readFileSync(file('chain.pem'), 'latin1')
    writeFileSync(file('anchors.pem'), readFileSync(file('root.pem'), 'latin1') + chain)
    const inner = ['-in', 'inner.cms', '-certfile', 'chain.pem', '-out', 'opened.bin']
    openssl(...verify, '-CAfile', 'anchors.pem', ...inner)
    return readFileSync(file('opened.bin'))
  }

  /** Base64 texts and MIME parts that are CMS signed data. */
  function sealedFields(message: Buffer): Buffer[] {
    const signedData = Buffer.from('06092a864886f70d010702', 'hex')
    const isSigned = (bytes: Buffer): boolean =>
      bytes[0] === 0x30 && bytes.subarray(0, 20).includes(signedData)
    const latin = message.toString('latin1')
    const texts = [...latin.matchAll(/>([A-Za-z0-9+/=\s]{500,})</g)].map(([, base64]) =>
      Buffer.from(base64!, 'base64'),
    )
    const boundary = /boundary="?([^";\r\n]+)/i.exec(latin)?.[1]
    const parts =
      boundary === undefined
        ? []
        : latin.split(`\r\n--${boundary}`).map((part) => {
            const start = part.indexOf('\r\n\r\n') + 4
            return Buffer.from(part.slice(start), 'latin1')
          })
    return [...texts, ...parts].filter(isSigned)
  }
})
