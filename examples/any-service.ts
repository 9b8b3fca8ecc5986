/**
 * Any service by its WSDL: one that has no connector here is called with the session's token, signature, endpoint and
 * faults, its messages written and read by their schema. Here the WSDLs come from the simulator; the platform's are files.
 */
import { connect } from 'ehealth-connectors'
import { hospital } from 'ehealth-connectors/professions'
import { openService } from 'ehealth-connectors/service'
import { startSimulator } from 'ehealth-connectors/simulator'

await using simulator = await startSimulator()
const { nihii, keystore, password } = simulator.personas.hospital
const { environment } = simulator

await using me = await connect({
  environment,
  keystore: { bytes: keystore, password },
  as: hospital({ nihii }),
})

// What is there, and what does it take?
const mailbox = await me.technical.service(`${simulator.url}/ehBoxConsultation/v3?wsdl`)
for (const { name, security } of mailbox.operations.slice(0, 2)) console.log(`${name} (${security})`)
console.log(mailbox.describe('getBoxInfo').input)

// Plain data there, plain data back.
interface BoxInfo {
  Status: { Code: string }
  BoxId: { Id: string; Quality: string }
}
const { value, meta } = await mailbox.call<BoxInfo>('getBoxInfo')
console.log(`status ${value.Status.Code}, box of a ${value.BoxId.Quality}, HTTP ${meta.httpStatus}`)

// What does not fit the schema is not sent.
await mailbox.call('getMessagesList', { Folder: 'INBOX' }).catch((error: Error) => console.log(error.message))

// The same service as a client of node-soap.
interface Mailbox {
  getMessagesListAsync(data: { Source: string }): Promise<[{ Status: { Code: string } }]>
}
const client = await mailbox.soap<Mailbox>()
const [list] = await client.getMessagesListAsync({ Source: 'INBOX' })
console.log(`node-soap: status ${list.Status.Code}`)

// A service that is open to everybody needs neither session nor keys.
using depot = await openService(`${simulator.url}/EtkDepot/v1?wsdl`, { environment })
const found = await depot.call<{ ETK: Uint8Array }>('GetEtk', {
  SearchCriteria: { Identifier: [{ Type: 'NIHII-HOSPITAL', Value: nihii }] },
})
console.log(`encryption token of ${found.value.ETK.length} octets`)
