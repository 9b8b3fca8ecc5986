/** What a pharmacy and its user ask for (spec sts-iam §3.3). */
import { asserted, organisational, personal, seen } from './attributes.js'
import type { AttributeData } from './types.js'

const number = `${organisational}pharmacy:nihii-number`

/** `named` is the number that names the pharmacy: its own, or the one that a pharmacist gives. */
export const pharmacyAttributes = (named: 'nihii' | 'pharmacy'): readonly AttributeData[] => {
  const sent = { sent: `with-${named}` } as const
  const demanded = { ...sent, demanded: 'always' } as const
  return [
    asserted(number, named, sent),
    asserted(`${personal}pharmacy-holder`, 'holder', sent),
    seen(`${number}:recognisedpharmacy:boolean`, ['REC'], demanded),
    // The number of the holder himself: nothing that the number of the pharmacy could be compared with.
    seen(`${personal}pharmacy-holder:certified:nihii11`, ['REC'], sent),
    seen(`${number}:person:ssin:ehealth:1.0:pharmacy-holder:boolean`, ['REC'], demanded),
    // MediPrima needs it (release notes of the official connector).
    seen(`${number}:recognisedpharmacy:nihii11`, ['C473'], sent),
  ]
}
