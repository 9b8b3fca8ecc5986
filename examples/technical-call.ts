/**
 * A service that has no connector here: describe its messages once, and call it with the session's token, signature,
 * endpoint and faults. This one asks how full an eHealthBox is.
 */
import { connect } from 'ehealth-connectors'
import { hospital } from 'ehealth-connectors/professions'
import { startSimulator } from 'ehealth-connectors/simulator'
import type { Operation } from 'ehealth-connectors/soap'
import { allowed, integer, many, namespace, optional, string, type Infer } from 'ehealth-connectors/xml'

const con = namespace('urn:be:fgov:ehealth:ehbox:consultation:protocol:v3', {
  prefix: 'con',
  qualified: false,
})

const BoxId = con.sequence({
  Id: string(),
  Type: string(),
  SubType: optional(string()),
  Quality: string(),
})
const Request = con.element('GetBoxInfoRequest', con.sequence({ BoxId: optional(BoxId) }))
const Response = con.element(
  'GetBoxInfoResponse',
  con.sequence(
    {
      Status: con.sequence({
        Code: string(),
        Message: many(con.simpleContent(string(), { Lang: allowed(string()) })),
      }),
      BoxId: optional(BoxId),
      NbrMessagesInStandBy: optional(integer()),
      CurrentSize: optional(integer()),
      MaxSize: optional(integer()),
    },
    { Id: allowed(string()) },
  ),
)

const getBoxInfo: Operation<Infer<typeof Request>, Infer<typeof Response>> = {
  service: 'ehboxConsultation',
  name: 'getBoxInfo',
  soapAction: 'urn:be:fgov:ehealth:ehbox:consultation:protocol:v3:getBoxInfo',
  request: Request,
  response: Response,
  security: 'saml-hok',
  idempotent: true,
}

await using simulator = await startSimulator()
const { nihii, keystore, password } = simulator.personas.hospital

await using me = await connect({
  environment: simulator.environment,
  keystore: { bytes: keystore, password },
  as: hospital({ nihii }),
})
const { value, meta } = await me.technical.call(getBoxInfo, {})
console.log(`status ${value.Status.Code}, ${value.CurrentSize} of ${value.MaxSize} bytes used`)
console.log(`${meta.operation} answered with HTTP ${meta.httpStatus}`)
