/** Comparing distinguished names that two writers may have encoded differently (RFC 5280 §7.1). */
import { Asn1Error } from '../asn1/index.js'
import { attributeTypes, DistinguishedName } from '../pki/name.js'

/** True when both encodings give the same name: attribute by attribute, without regard to string type, case and blanks. */
export function sameName(a: Uint8Array, b: Uint8Array): boolean {
  if (Buffer.compare(a, b) === 0) return true
  try {
    return normalForm(DistinguishedName.fromDer(a)) === normalForm(DistinguishedName.fromDer(b))
  } catch (error) {
    if (error instanceof Asn1Error) return false
    throw error
  }
}

function normalForm(name: DistinguishedName): string {
  return JSON.stringify(
    name.rdns.map((rdn) =>
      rdn
        .map(
          ({ type, value }) => `${type}=${value.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase()}`,
        )
        .sort(),
    ),
  )
}

/**
 * True when two certificates are about the same actor (spec etee §4.1, 11b): the serial number of the name decides
 * (eID: the national number), without one the whole name.
 */
export function sameActor(a: DistinguishedName, b: DistinguishedName): boolean {
  const [one, other] = [a, b].map((name) => name.values(attributeTypes.serialNumber).join('\n'))
  if (one === '' && other === '') return sameName(a.der, b.der)
  return one === other
}
