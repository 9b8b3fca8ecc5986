/**
 * WS-Security before outside judges: xmlsec1 verifies what this library signs, and the recorded requests of another
 * connector are verified here.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'

import { describe, expect, it } from 'vitest'

import { Certificate } from '../src/technical/pki/index.js'
import { buildEnvelope, judgeEnvelope } from '../src/technical/soap/index.js'
import { Ask, heldRuntime } from '../test/technical/soap/messages.js'
import { wssCertificate, wssClock, wssCredential } from '../test/technical/soap/wssFixtures.js'
import { shared } from './support/shared.js'

const vectors = pathToFileURL(shared('vectors/peer-requests/'))
const hasVectors = existsSync(vectors)
const hasXmlsec = spawnSync('xmlsec1', ['--version']).status === 0
if (!hasVectors) console.warn('SKIPPED: the recorded requests are not beside this project')
if (!hasXmlsec) console.warn('SKIPPED: no xmlsec1 command on this machine')

describe('what this library signs', () => {
  it.runIf(hasXmlsec).each(['holder-rsa', 'holder-ec'] as const)(
    'is verified by xmlsec1 (%s)',
    async (name) => {
      const text = await buildEnvelope({
        security: { kind: 'x509', credential: wssCredential(name) },
        body: { declaration: Ask, value: { Id: 'a', Text: 'é & <\r\n>', Flags: [true] } },
        runtime: heldRuntime(wssClock),
      })
      const directory = mkdtempSync(join(tmpdir(), 'wss-'))
      try {
        const verdict = (envelope: string): number | null => {
          const [file, certificate] = [join(directory, 'x.xml'), join(directory, 'c.pem')]
          writeFileSync(file, envelope)
          writeFileSync(certificate, wssCertificate(name).toPem())
          const ids = ['Body', 'Timestamp', 'BinarySecurityToken'].flatMap((local) => ['--id-attr:Id', local])
          const key = ['--insecure', '--pubkey-cert-pem', certificate]
          return spawnSync('xmlsec1', ['--verify', ...key, ...ids, file]).status
        }
        expect(verdict(text)).toBe(0)
        expect(verdict(text.replace('é', 'e'))).not.toBe(0)
      } finally {
        rmSync(directory, { recursive: true })
      }
    },
  )
})

describe('recorded requests of another connector', () => {
  const files = !hasVectors
    ? []
    : ['business/', 'technical/'].flatMap((folder) =>
        readdirSync(new URL(folder, vectors))
          .filter((name) => name.endsWith('-request.http'))
          .map((name) => folder + name)
          .filter((name) => readFileSync(new URL(name, vectors)).includes(':Security ')),
      )
  it.runIf(hasVectors).each(files)('%s verifies at its own time', (name) => {
    const bytes = readFileSync(new URL(name, vectors))
    const text = bytes.toString('latin1')
    const created = /<wsu:Created>([^<]*)</.exec(text)![1]!
    const bst = /BinarySecurityToken[^>]*>([^<]*)</.exec(text)?.[1]?.replaceAll('&#13;', '')
    const judgement = judgeEnvelope(bytes, {
      at: new Date(created),
      sts: [wssCertificate('sts')],
      // the path of these certificates is another subject: the token itself is the anchor here
      trust: bst === undefined ? [] : [Certificate.fromDer(Buffer.from(bst, 'base64'))],
      ...(name.includes('genericasync') ? { require: ['timestamp'] as const } : {}),
    })
    expect(judgement.errors).toEqual([])
    expect(judgement.valid).toBe(true)
  })
})
