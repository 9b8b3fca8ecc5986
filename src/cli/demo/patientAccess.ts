/** The steps about a patient's data: consent and link are declared, and the answer to "may I read?" changes with them. */
import type { AccessDecision } from '../../business/access/index.js'
import type { Patient } from '../../business/consent/index.js'
import type { Connection } from '../../connect.js'
import type { Simulator } from '../../simulator/index.js'
import { english } from '../language/index.js'
import { verified } from './steps.js'

/** The adult of the simulator, with his eID. */
export function patientOf({ world }: Pick<Simulator, 'world'>): Patient {
  const found = world.patients.find(({ name }) => name === 'adult')
  verified(found?.cards[0] !== undefined, 'the simulator has a patient with a card')
  const { ssin, firstName, familyName, cards } = found
  return { ssin, firstName, familyName, eidCard: cards[0]!.number }
}

const reasonsOf = (answer: AccessDecision): string =>
  answer.decision === 'allow' ? '' : answer.reasons.map(({ code }) => code).join(', ')

export async function mayNotRead(me: Connection, { ssin }: Patient) {
  const value = await me.access.mayRead({ patient: { ssin } })
  verified(value.decision === 'deny', 'reading is denied without consent and link')
  verified(reasonsOf(value) === 'no-consent, no-link', 'both are missing')
  return { value, outcome: english`denied: ${reasonsOf(value)}` }
}

export async function declareConsent(me: Connection, patient: Patient) {
  const declared = await me.consent.declare({ patient })
  verified(declared.outcome === 'declared', 'the consent was declared')
  const value = await me.consent.status({ patient: { ssin: patient.ssin } })
  verified(value.outcome === 'known' && value.status === 'GIVEN', 'the register knows it')
  return { value, outcome: english`declared with the card of the patient, signed ${declared.signDate}` }
}

export async function declareLink(me: Connection, patient: Patient) {
  const declared = await me.therlink.declare({ patient, proof: 'eidreading' })
  verified(declared.outcome === 'declared', 'the link was declared')
  const found = await me.therlink.list({ patient: { ssin: patient.ssin } })
  verified(found.outcome === 'found' && found.links.length === 1, 'the register knows one link')
  const value = found.links[0]!
  verified(value.endDate !== undefined, 'the platform filled in its end')
  return { value, outcome: english`${value.type} declared by reading the eID, until before ${value.endDate}` }
}

export async function mayReadNow(me: Connection, { ssin }: Patient) {
  const value = await me.access.mayRead({ patient: { ssin } })
  verified(value.decision === 'allow' && value.via === 'link', 'reading is allowed by the link')
  return {
    value,
    outcome: english`allowed via ${value.via}; ${value.cautions.map(({ code }) => code).join(', ')}`,
  }
}
