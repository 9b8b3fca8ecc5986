/**
 * A key that this program never holds: a signing service has it and answers over HTTP, as a cloud HSM or another process
 * does. Here the service runs beside, with the keystore of a persona of the simulator.
 */
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'

import { connect, isEHealthError } from 'ehealth-connectors'
import {
  callbackCredential,
  openKeystore,
  type Keystore,
  type SigningAlgorithm,
} from 'ehealth-connectors/keystore'
import { hospital } from 'ehealth-connectors/professions'
import { startSimulator } from 'ehealth-connectors/simulator'

await using simulator = await startSimulator()
const { keystore: bytes, password, nihii } = simulator.personas.hospital

// The signing service. It alone opens the keystore.
const vault = await openKeystore({ bytes }, { password })
let signatures = 0
const service = createServer((request, response) => {
  void (async () => {
    const algorithm = new URL(request.url ?? '/', 'http://localhost').pathname.slice(1) as SigningAlgorithm
    signatures += 1
    response.end(await vault.authentication.sign(algorithm, await buffer(request)))
  })()
})
service.listen(0, '127.0.0.1')
await once(service, 'listening')
const url = `http://127.0.0.1:${(service.address() as AddressInfo).port}`

// The program knows certificates, and where to ask for signatures.
const { certificate, chain } = vault.authentication
const authentication = callbackCredential({
  certificate,
  chain,
  timeout: 5000,
  sign: async ({ algorithm, data, signal }) => {
    const answer = await fetch(`${url}/${algorithm}`, { method: 'POST', body: new Uint8Array(data), signal })
    if (!answer.ok) throw new Error(`the signer answers ${answer.status}`)
    return new Uint8Array(await answer.arrayBuffer())
  },
})
const keystore: Keystore = { ...vault, authentication, decryptionKeys: [] }

await using me = await connect({ environment: simulator.environment, keystore, as: hospital({ nihii }) })
const { box } = await me.ehbox.info()
console.log(`box of a ${box.quality}, ${signatures} signatures by the service`)

// A service that is down is told as such: not as an error of the platform.
service.close()
service.closeAllConnections()
try {
  await authentication.sign('rsa-sha256', new Uint8Array([1]))
} catch (error) {
  if (!isEHealthError(error)) throw error
  console.log(`without the service: ${error.code}`)
}
