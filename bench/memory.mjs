/**
 * Does one thing to content of one size and prints the peak memory of this process: `node memory.mjs WHAT SIZE DIR`.
 * The directory keeps key, certificate and sealed file between two runs. Needs `npm run build`.
 */
import { createPrivateKey, randomFillSync } from 'node:crypto'
import { createReadStream, createWriteStream, existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'

import { softwareCredential, softwareDecryptionKey } from '../dist/technical/keystore/index.js'
import { Certificate } from '../dist/technical/pki/index.js'
import { seal, sealStream, unseal, unsealFile } from '../dist/technical/seal/index.js'

const [what, size, directory] = [process.argv[2], Number(process.argv[3]), process.argv[4]]
const read = (name) => readFileSync(join(directory, name))
const actor = (name) => ({
  certificate: Certificate.from(read(`${name}.pem`)),
  privateKey: createPrivateKey(read(`${name}.key`)),
})
const [signer, reader] = ['signer', 'reader'].map(actor)
const options = { credential: softwareCredential(signer), recipients: [reader.certificate] }
const opening = { keys: [softwareDecryptionKey(reader)], trust: [signer.certificate] }
const file = join(directory, `memory-${size}.cms`)

/** Content that nobody holds in memory. */
async function* content() {
  const piece = randomFillSync(Buffer.alloc(64 * 1024))
  for (let left = size; left > 0; left -= piece.length) yield piece.subarray(0, left)
}

const started = performance.now()
const doing = {
  nothing: () => undefined,
  seal: async () => {
    const sealed = await seal(randomFillSync(Buffer.allocUnsafeSlow(size)), options)
    // Peak memory is that of sealing: the file is written afterwards.
    report()
    writeFileSync(file, sealed)
    process.exit()
  },
  unseal: async () => unseal(readFileSync(file), opening),
  sealStream: () =>
    pipeline(sealStream(content(), { ...options, contentLength: size }), createWriteStream(file)),
  unsealFile: async () => {
    if (!existsSync(file)) throw new Error('seal first')
    await unsealFile(createReadStream(file), join(directory, 'opened.bin'), opening)
  },
}
await doing[what]()
report()

function report() {
  // Not resourceUsage(): its maximum is inherited from the process that started this one.
  const peak = Number(/^VmHWM:\s*(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8'))[1]) * 1024
  console.log(JSON.stringify({ peak, seconds: (performance.now() - started) / 1000 }))
}
