/**
 * Signing a document as MyCareNet wants its blobs signed, and verifying what comes back: a detached XAdES signature, then
 * one inside of its document. The simulator stands for whoever handed out keystore and certificates.
 */
import { openKeystore } from 'ehealth-connectors/keystore'
import { Certificate } from 'ehealth-connectors/pki'
import { startSimulator } from 'ehealth-connectors/simulator'
import { blobTransforms, signXml, verifyXml } from 'ehealth-connectors/xml-signature'

await using simulator = await startSimulator()
const { hospital } = simulator.personas
const { authentication: credential } = await openKeystore(
  { bytes: hospital.keystore },
  { password: hospital.password },
)
const trust = simulator.environment.trust.signers!.flatMap((root) => Certificate.allFrom(root))

// The blob travels as it is, the signature beside it.
const content = Buffer.from('<record xmlns="urn:example"><of>nobody</of></record>').toString('base64')
const blob = `<Blob Id="_blob-1" ContentType="text/xml">${content}</Blob>`
const { xml: signature, signingTime } = await signXml(blob, {
  credential,
  id: '_blob-1',
  transforms: blobTransforms({ contentType: 'text/xml' }),
})
console.log(`signed ${signingTime === undefined ? 'at no time' : 'just now'}, to go as XadesT:`)
console.log(`  ${Buffer.from(signature).toString('base64').slice(0, 20)}…`)

// Whoever gets both says what he is going to read, and reads it from what was digested.
const report = await verifyXml(blob, { signature, trust, mustCover: '_blob-1' })
console.log(`valid: ${report.valid}, warnings: ${report.warnings.map(({ code }) => code).join()}`)
console.log(`covered: ${Buffer.from(report.covers[0]!.octets()).toString()}`)

const forged = await verifyXml(blob.replace(content, content.slice(4)), { signature, trust })
console.log(`forged: ${forged.errors.map(({ code, reason }) => `${code} (${reason})`).join()}`)

// Inside of the document, where a path says.
const request = '<request Id="_r1"><what>1</what><last/></request>'
const { xml } = await signXml(request, { credential, id: '_r1', place: { before: '/request/last' } })
const enveloped = await verifyXml(xml, { trust, mustCover: '_r1' })
console.log(`enveloped: ${enveloped.valid}, level ${enveloped.signatures[0]?.level}`)
