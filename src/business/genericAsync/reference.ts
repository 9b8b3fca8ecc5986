/** References of posts (spec memberdata-mycarenet §3.5): letters and digits, for they end in lists and in URNs. */
import { EHealthError } from '../../errors.js'

/** @throws EHealthError `mycarenet.reference` */
export function checkedReference(reference: unknown): string {
  if (typeof reference === 'string' && /^[A-Za-z0-9]{14,36}$/.test(reference)) return reference
  throw new EHealthError('mycarenet.reference', 'inputReference: expected 14 to 36 letters and digits', {
    path: 'inputReference',
  })
}

/** The word in a new reference that tells what is posted. */
export const referenceWord = (messageName: string): string =>
  messageName.replace(/[^A-Za-z0-9]/g, '').slice(0, 8)
