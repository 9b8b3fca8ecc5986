/**
 * A physician asks who insures a patient, bills by the answer, and is told of what cannot be answered. Runs on the embedded
 * simulator: no network, no certificate of one's own.
 */
import { connect } from 'ehealth-connectors'
import { physician } from 'ehealth-connectors/professions'
import { memberDataFaultPatients, memberStories, startSimulator } from 'ehealth-connectors/simulator'

await using simulator = await startSimulator()
const { ssin, nihii, keystore, password } = simulator.personas.physician

await using me = await connect({
  environment: simulator.environment,
  keystore: { bytes: keystore, password },
  as: physician({ ssin, nihii }),
  mycarenet: { licence: { username: 'sample', password: 'sample' } },
})

// Before billing: the insurability with approvals of payment, and who keeps the global medical file.
const answer = await me.memberData.get({
  patient: { ssin: memberStories.allRights },
  facets: [{ facet: 'insurability', requestType: 'invoicing' }, 'globalMedicalFile'],
})
if (answer.outcome !== 'complete') throw new Error(answer.outcome)
const [period] = answer.insurability.periods
console.log(`${answer.insurability.state}, codes ${period?.ct1}/${period?.ct2}`)
console.log(
  `higher rate: ${period?.increasedReimbursement}, approval of ${period?.paymentApproval?.length} characters`,
)
console.log(`global medical file: ${answer.globalMedicalFile?.lastName}`)

// Sealed for the broker of Wallonia, and the answer for the physician.
const sealed = await me.memberData.get(
  { patient: { ssin: memberStories.notInOrder } },
  { region: 'walcarenet', encrypt: true },
)
if (sealed.outcome === 'complete')
  console.log(`sealed by ${sealed.seal?.author?.application}: ${sealed.insurability.state}`)

// What cannot be answered is an outcome with the code of the platform.
const unknown = await me.memberData.get({ patient: { ssin: memberDataFaultPatients.UNKNOWN_NISS_ROUTING } })
if ('faults' in unknown) console.log(`${unknown.outcome}: ${unknown.faults[0]?.code}`)
