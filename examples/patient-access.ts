/**
 * A physician asks whether she may read a patient's data, declares consent and therapeutic link with his card, asks again,
 * and breaks the glass for another patient in an emergency. Runs on the embedded simulator: no network, no certificate
 * of one's own.
 */
import { connect } from 'ehealth-connectors'
import { physician } from 'ehealth-connectors/professions'
import { startSimulator } from 'ehealth-connectors/simulator'

await using simulator = await startSimulator()
const { ssin, nihii, keystore, password } = simulator.personas.physician
await using me = await connect({
  environment: simulator.environment,
  keystore: { bytes: keystore, password },
  as: physician({ ssin, nihii }),
})

// as the card reader gives it
const [adult, , foreigner] = simulator.world.patients
if (adult === undefined || foreigner === undefined) throw new Error('the simulator has no patients')
const patient = {
  ssin: adult.ssin,
  firstName: adult.firstName,
  familyName: adult.familyName,
  eidCard: adult.cards[0]?.number ?? '',
}

const before = await me.access.mayRead({ patient: { ssin: patient.ssin } })
if (before.decision === 'deny') console.log(`before: ${before.reasons.map(({ code }) => code).join(', ')}`)

const consent = await me.consent.ensureDeclared({ patient })
if (consent.outcome === 'refused') throw new Error(consent.errors.map(({ text }) => text).join())
const link = await me.therlink.ensureLink({ patient, proof: 'eidreading' })
console.log(`consent: ${consent.outcome}, link: ${link.outcome}`)

const after = await me.access.mayRead({ patient: { ssin: patient.ssin }, documents: ['sumehr'] })
if (after.decision === 'allow') console.log(`after: allowed via ${after.via}`)

// The patient signs a link himself: with his eID, over the very link that is sent.
const card = await simulator.card('adult')
const signed = await me.therlink.declare({
  patient,
  type: 'consultation',
  proof: { type: 'eidsigning', credential: card.signature },
})
console.log(`signed by the patient: ${signed.outcome}`)

// Somebody whom she does not treat, brought in unconscious: his consent is there, a link is not.
const other = {
  ssin: foreigner.ssin,
  firstName: foreigner.firstName,
  familyName: foreigner.familyName,
  eidCard: foreigner.cards[0]?.number ?? '',
}
await me.consent.declare({ patient: other })
const audit: string[] = []
const emergency = await me.access.mayRead({
  patient: { ssin: other.ssin },
  emergency: {
    reason: 'unconscious, brought in by ambulance',
    record: ({ at, reason }) => void audit.push(`${at.toISOString()} ${reason}`),
  },
})
if (emergency.decision === 'allow') console.log(`emergency: ${emergency.via}, recorded ${audit.length} time`)
