/** The patient that a message concerns: sealed like the content (spec ehealthbox §2.1, §9.26). */
import { isSsin } from '../../technical/identifiers/index.js'
import type { Session } from '../../technical/session/types.js'
import { decodeText } from './decodeText.js'
import type { ListedMessage } from './listed.js'
import { clearFields, sealedFields } from './unsealing.js'

/** The patient of a message. */
export interface Patient {
  /** As the sender wrote it. */
  ssin: string
  /** Whether its form and check digits fit. */
  valid: boolean
}

/** Opens the patient's number of a listed message. See {@link Ehbox.patientOf}. */
export async function patientOf(
  session: Session,
  { patient }: Pick<ListedMessage, 'patient'>,
): Promise<Patient | undefined> {
  if (patient === undefined) return undefined
  const opener = patient.sealed ? await sealedFields(session) : clearFields()
  return patientFrom(await opener.open(patient.bytes, 'patient'), session.runtime.now())
}

/** Reads the opened field. */
export function patientFrom(bytes: Uint8Array, now: Date): Patient {
  const ssin = (decodeText(bytes) ?? '').trim()
  return { ssin, valid: isSsin(ssin, { asOf: now }) }
}
