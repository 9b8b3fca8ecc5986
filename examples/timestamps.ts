/**
 * A hospital has a bag of prescriptions stamped, keeps the proof, verifies it offline, finds it in the archive of the
 * platform and checks that the archive is complete. Runs on the embedded simulator: no network, no certificate of one's own.
 */
import { createHash } from 'node:crypto'

import { connect } from 'ehealth-connectors'
import { Certificate } from 'ehealth-connectors/pki'
import { hospital } from 'ehealth-connectors/professions'
import { startSimulator } from 'ehealth-connectors/simulator'
import {
  createTimestamping,
  readTimeStampBag,
  verifyTimestampToken,
  writeTimeStampBag,
} from 'ehealth-connectors/timestamp'

await using simulator = await startSimulator()
const { nihii, keystore, password } = simulator.personas.hospital
await using me = await connect({
  environment: simulator.environment,
  keystore: { bytes: keystore, password },
  as: hospital({ nihii }),
})
const timestamps = createTimestamping(me.session, { hospital: simulator.timestamps.hospitalOf('hospital') })
const began = simulator.clock.now()

const prescriptions = ['amoxicillin 500 mg', 'paracetamol 1 g']
const bag = writeTimeStampBag({
  sequenceNumber: 4711,
  entries: prescriptions.map((text, i) => ({
    hash: createHash('sha256').update(text).digest(),
    ref: 100231 + i,
  })),
})
const { serial, genTimeMs, token, stamped } = await timestamps.stamp({ document: bag, mimeType: 'text/xml' })
console.log(`stamped: ${stamped}, serial number of ${serial.length} digits`)

// Ten years later, without the platform: the bag, the token and the certificate of the authority are enough.
const trust = simulator.timestamps.certificates.map((one) => Certificate.from(one.toPem()))
const proof = await verifyTimestampToken(token, { data: bag, trust, at: simulator.clock.now() })
console.log(
  `proof: ${proof.checks.filter(({ result }) => result === 'passed').length} checks passed, valid ${proof.valid}`,
)
const forged = Buffer.from(Buffer.from(bag).toString().replace('100231', '100239'))
const refused = await verifyTimestampToken(token, { data: forged, trust })
console.log(`another bag: ${refused.errors.map(({ code }) => code).join()}`)

const { stamps } = await timestamps.get([{ serial, genTimeMs }])
const { sequenceNumber, entries } = readTimeStampBag(stamps[0]!.document)
console.log(`archive: bag ${sequenceNumber} with ${entries.length} entries`)

const period = { from: began, to: simulator.clock.now() }
const whole = await timestamps.checkCompleteness({ ...period, stamps })
const gap = await timestamps.checkCompleteness({ ...period, stamps: [] })
console.log(`complete: ${whole.outcome}; without it: ${gap.outcome}, ${gap.missing.length} missing`)
