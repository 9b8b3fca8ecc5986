/**
 * Publication to the eBox of citizens (spec ehealthbox §6.2): the publication of the eHealthBox at another address. The
 * platform opens it to projects that have asked for it. There is no consultation: a citizen reads in his eBox.
 *
 * @module
 */
import type { Session } from '../../technical/session/types.js'
import type { Sent } from '../ehbox/index.js'
import { publish, type CitizenMessage } from './publish.js'

export { eh2eboxOperations } from './contract.js'
export type { Citizen, CitizenMessage } from './publish.js'

/**
 * The eH2eBox of a session's user.
 *
 * Nothing is encrypted: no way of sealing for a citizen is known. What is known of citizens' messages is little, and what
 * is not known is refused with `ebox.unknown` (encryption, patient, news, absence, all citizens at once); the
 * vocabulary of recipients is (inferred), and `{ id, type, quality }` names them otherwise.
 */
export interface Eh2ebox {
  /**
   * Publishes a message to citizens. Lengths, check digits and the size are checked before anything is sent, as by
   * `ehbox.send`.
   *
   * @throws EHealthError `ebox.forbidden` (user or mandate with a recipient), `ebox.unknown`, `ebox.refused`;
   * `ehbox.no-recipient`, `ehbox.recipient`, `ehbox.too-large`, `ehbox.free-information`, `identifier.*`,
   * `contract.invalid`, each with the path
   *
   * @example
   * ```ts
   * await me.eh2ebox.publish({
   *   to: { ssin: patientSsin },
   *   title: 'Certificate of care',
   *   body: { content: pdf, mimeType: 'application/pdf', fileName: 'certificate.pdf' },
   * })
   * ```
   */
  publish(message: CitizenMessage): Promise<Sent>
}

/**
 * Opens the eH2eBox for a session. Nothing is called until a message is published.
 *
 * @example
 * ```ts
 * import { createEh2ebox } from 'ehealth-connectors/eh2ebox'
 *
 * const eh2ebox = createEh2ebox(session)
 * const { id } = await eh2ebox.publish({ to: { ssin: patientSsin }, title: 'Certificate', body: pdf.toString() })
 * ```
 */
export function createEh2ebox(session: Session): Eh2ebox {
  return { publish: (message) => publish(session, message) }
}
