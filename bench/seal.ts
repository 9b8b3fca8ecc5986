/**
 * How long sealing and unsealing take, against other ways to write the same three layers: the `openssl cms` command
 * (three processes, files in between) and node-forge (PKCS#1 v1.5, since its CMS has no RSASSA-PSS; sealing only).
 * Medians in milliseconds, and the ratio to this library.
 *
 *     npx vitest run --config bench/vitest.config.ts bench/seal.ts
 */
import { execFileSync, spawnSync } from 'node:child_process'
import { createPrivateKey, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import forge from 'node-forge'
import { it } from 'vitest'

import { softwareCredential, softwareDecryptionKey } from '../src/technical/keystore/index.js'
import { Certificate } from '../src/technical/pki/certificate.js'
import { seal, unseal } from '../src/technical/seal/index.js'

const sizes = { '1 KiB': 1024, '1 MiB': 1 << 20, '10 MiB': 10 << 20 }

it('sealing and unsealing', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'bench-'))
  try {
    await measureAll(directory)
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
})

async function measureAll(directory: string): Promise<void> {
  const signer = actor(directory, 'signer', 'digitalSignature')
  const reader = actor(directory, 'reader', 'keyEncipherment,dataEncipherment')
  const credential = softwareCredential(signer)
  const keys = [softwareDecryptionKey(reader)]
  const rows: Record<string, unknown>[] = []
  for (const [size, length] of Object.entries(sizes)) {
    const content = randomBytes(length)
    writeFileSync(join(directory, 'content.bin'), content)
    const sealed = await seal(content, { credential, recipients: [reader.certificate] })
    writeFileSync(join(directory, 'sealed.cms'), sealed)
    const runs = length > 5_000_000 ? 11 : 41
    const ours = {
      seal: await median(runs, () => seal(content, { credential, recipients: [reader.certificate] })),
      unseal: await median(runs, () => unseal(sealed, { keys, trust: [signer.certificate] })),
    }
    const few = 7
    const others = {
      'seal, openssl cms': await median(few, () => sealWithOpenssl(directory)),
      'unseal, openssl cms': await median(few, () => unsealWithOpenssl(directory)),
      ...(length > 5_000_000
        ? {}
        : { 'seal, node-forge': await median(few, () => sealWithForge(directory, content)) }),
    }
    for (const [operation, ms] of Object.entries(ours))
      rows.push({ size, operation, ms: ms.toFixed(2), ratio: '1' })
    for (const [operation, ms] of Object.entries(others)) {
      const own = operation.startsWith('seal') ? ours.seal : ours.unseal
      rows.push({ size, operation, ms: ms.toFixed(2), ratio: (ms / own).toFixed(1) })
    }
  }
  console.table(rows)
}

async function median(runs: number, run: () => unknown): Promise<number> {
  for (let i = 0; i < 3; i++) await run()
  const times: number[] = []
  for (let i = 0; i < runs; i++) {
    const start = performance.now()
    await run()
    times.push(performance.now() - start)
  }
  return times.sort((a, b) => a - b)[runs >> 1]!
}

function actor(directory: string, name: string, keyUsage: string) {
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
