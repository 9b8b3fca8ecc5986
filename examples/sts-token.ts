/**
 * Tokens without a session: one key and two, over both profiles, renewed, refused with the reason, and carried into a
 * browser.
 */
import { connect } from 'ehealth-connectors'
import { openKeystore } from 'ehealth-connectors/keystore'
import { Certificate } from 'ehealth-connectors/pki'
import { nurse, physician } from 'ehealth-connectors/professions'
import { startSimulator } from 'ehealth-connectors/simulator'
import { createTransport } from 'ehealth-connectors/soap'
import { issueToken, renewToken, ungrantedAttributes } from 'ehealth-connectors/sts'

await using simulator = await startSimulator()
const { environment, personas, runtime } = simulator
const { ssin, nihii, keystore, password } = personas.physician
const { authentication } = await openKeystore({ bytes: keystore }, { password })
const clinic = await openKeystore(
  { bytes: personas.hospital.keystore },
  { password: personas.hospital.password },
)

const transport = createTransport({ trust: environment.trust.tls ?? [] })
const { attributes, demanded } = physician({ ssin, nihii })
const common = {
  identification: authentication,
  endpoint: `${simulator.url}/IAM/SecurityTokenService/v1`,
  trust: { sts: environment.trust.sts!.map((pem) => Certificate.from(pem)) },
  context: { transport, runtime, emit: () => {} },
  runtime,
  attributes,
  demanded,
}

// the physician identifies himself and holds the key
const token = await issueToken({ ...common, holderOfKey: authentication, validity: 3_600_000 })
console.log(`WS-Trust: ${token.attributes.length} attributes, ${token.confirmation}`)

// the physician identifies himself, the clinic's key will sign the calls: it answers the challenge
const { signer } = await issueToken({ ...common, holderOfKey: clinic.authentication })
console.log(`two keys: signed by ${signer.subject.toRfc1779().slice(0, 4)}…`)

const saml = { profile: 'saml-1.1', endpoint: `${simulator.url}/IAM/Saml11TokenService/v1` } as const
const older = await issueToken({ ...common, ...saml, holderOfKey: clinic.authentication })
console.log(`SAML 1.1: ${older.attributes.length} attributes, ${older.confirmation}`)

const renewed = await renewToken({ ...common, holderOfKey: authentication, token })
console.log(
  `renewed: another token ${renewed.id !== token.id}, longer ${renewed.notOnOrAfter > token.notOnOrAfter}`,
)

// a physician who says that he is a nurse: the STS says success, and false
const wanted = nurse({ ssin })
try {
  await issueToken({
    ...common,
    holderOfKey: authentication,
    attributes: wanted.attributes,
    demanded: wanted.demanded,
  })
} catch (error) {
  for (const { name, state, advice } of ungrantedAttributes(error))
    console.log(`not granted: ${name} ${state}, ${advice}`)
}
transport.close()

await using me = await connect({
  environment,
  keystore: { bytes: keystore, password },
  as: physician({ ssin, nihii }),
})
const page = await me.technical.signOn('post', { target: 'https://www.example.test/?a=1&b=2' })
console.log(
  `page for the browser: ${page.html.includes('a=1&amp;b=2')}, form to ${new URL(page.action).pathname}`,
)
