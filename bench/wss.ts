/**
 * How long signing a message takes, against xml-crypto over the same envelope: medians in milliseconds, RSA 2048. Ours
 * includes validating and writing the message and signs three parts; theirs starts from the text and signs the Body.
 *
 *     npx vitest run --config bench/vitest.config.ts bench/wss.ts
 */
import { createPrivateKey } from 'node:crypto'

import { it } from 'vitest'
import { SignedXml } from 'xml-crypto'

import { systemRuntime } from '../src/technical/environment/runtime.js'
import { buildEnvelope } from '../src/technical/soap/envelope.js'
import { Ask } from '../test/technical/soap/messages.js'
import { wssCredential, wssFile } from '../test/technical/soap/wssFixtures.js'

const exclusive = 'http://www.w3.org/2001/10/xml-exc-c14n#'

it('signing a message', async () => {
  const rows: Record<string, unknown>[] = []
  for (const length of [1 << 10, 1 << 16, 1 << 20]) {
    const value = {
      Id: 'a',
      Text: 'x'.repeat(length),
      Flags: Array.from({ length: length >> 8 }, () => true),
    }
    const body = { declaration: Ask, value }
    const credential = wssCredential('holder-rsa')
    const security = { kind: 'x509', credential } as const
    const plain = await buildEnvelope({ security: { kind: 'none' }, body, runtime: systemRuntime })
    const privateKey = createPrivateKey(wssFile('keys/holder-rsa.key.pem'))
    const own = await median(() => buildEnvelope({ security, body, runtime: systemRuntime }))
    const other = await median(() => {
      const signer = new SignedXml({ privateKey })
      signer.canonicalizationAlgorithm = exclusive
      signer.signatureAlgorithm = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256'
      signer.addReference({
        xpath: "//*[local-name()='Body']",
        transforms: [exclusive],
        digestAlgorithm: 'http://www.w3.org/2001/04/xmlenc#sha256',
      })
      signer.computeSignature(plain, {
        location: { reference: "//*[local-name()='Header']", action: 'append' },
      })
    })
    rows.push({ octets: plain.length, 'this library': own, 'xml-crypto': other, ratio: other / own })
  }
  console.table(rows)
})

async function median(run: () => unknown): Promise<number> {
  const times: number[] = []
  for (let i = 0; i < 31; i++) {
    const start = performance.now()
    await run()
    times.push(performance.now() - start)
  }
  return Number(times.toSorted((a, b) => a - b)[15]!.toFixed(2))
}
