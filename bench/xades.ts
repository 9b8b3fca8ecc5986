/**
 * What signing and verifying a document costs, for 1 KiB, 100 KiB and 1 MiB: XAdES here, XML-DSig here, and XML-DSig with
 * xml-crypto, which knows nothing of properties, coverage and certificates. Contenders take turns; medians.
 * `BENCH_QUICK=1` does three rounds.
 *
 *     npx vitest run --config bench/vitest.config.ts bench/xades.ts
 */
import { createPrivateKey } from 'node:crypto'

import { it } from 'vitest'
import { SignedXml } from 'xml-crypto'

import { signXml, verifyXml, type SignXmlOptions } from '../src/technical/xades/index.js'
import { credential, text, trust } from '../test/technical/xades/vectors.js'
import { median, turns } from './turns.js'

const sizes = { '1 KiB': 1024, '100 KiB': 100 * 1024, '1 MiB': 1024 * 1024 }
const rounds = { '1 KiB': 200, '100 KiB': 60, '1 MiB': 9 }
const quick = process.env['BENCH_QUICK'] === '1'

const privateKey = createPrivateKey(text('pki/signer-rsa.key.pem'))
const signer = credential('signer-rsa')
const publicCert = signer.certificate.toPem()
const at = new Date()
const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'
const enveloped = 'http://www.w3.org/2000/09/xmldsig#enveloped-signature'

/** Records of some hundred octets, as messages of the platform are. */
function documentOf(size: number): string {
  const record =
    '<r:record xmlns:x="urn:x" kind="a"><r:id>1</r:id><x:text>words &amp; more words</x:text></r:record>\n'
  return `<r:all xmlns:r="urn:r" Id="_a1">${record.repeat(Math.ceil(size / record.length))}</r:all>`
}

function signWithXmlCrypto(document: string): string {
  const crypto = new SignedXml({ privateKey, publicCert })
  crypto.canonicalizationAlgorithm = exclusive
  crypto.signatureAlgorithm = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
  crypto.addReference({
    xpath: "//*[local-name()='all']",
    transforms: [enveloped, exclusive],
    digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
  })
  crypto.computeSignature(document)
  return crypto.getSignedXml()
}

function verifyWithXmlCrypto(signed: string): void {
  const crypto = new SignedXml({ publicCert })
  crypto.loadSignature(
    signed.slice(signed.lastIndexOf('<Signature xmlns'), signed.lastIndexOf('</Signature>') + 12),
  )
  if (!crypto.checkSignature(signed)) throw new Error('not valid')
}

const sign = (document: string, options: Partial<SignXmlOptions> = {}) =>
  signXml(document, { credential: signer, id: '_a1', place: 'enveloped', ...options })

async function verify(signed: string, level: 'xmldsig' | 'xades'): Promise<void> {
  const { valid } = await verifyXml(signed, { trust, at, level, mustCover: '_a1' })
  if (!valid) throw new Error('not valid')
}

it.each(Object.entries(sizes))('%s', async (name, size) => {
  const document = documentOf(size)
  const xades = (await sign(document)).xml
  const xmldsig = (await sign(document, { level: 'xmldsig' })).xml
  const other = signWithXmlCrypto(document)
  const measured = await turns(
    {
      'sign XAdES': () => sign(document),
      'sign XML-DSig': () => sign(document, { level: 'xmldsig' }),
      'sign with xml-crypto': () => signWithXmlCrypto(document),
      'verify XAdES': () => verify(xades, 'xades'),
      'verify XML-DSig': () => verify(xmldsig, 'xmldsig'),
      'verify with xml-crypto': () => verifyWithXmlCrypto(other),
    },
    quick ? 3 : rounds[name as keyof typeof rounds],
  )
  const lines = Object.entries(measured).map(([what, runs]) => {
    const clock = median(runs.map((run) => run.clock))
    return `  ${what.padEnd(24)} ${clock.toFixed(2)} ms`
  })
  console.log([name, ...lines].join('\n'))
})
