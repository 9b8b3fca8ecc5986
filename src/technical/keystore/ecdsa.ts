/** The two forms of an ECDSA signature: r‖s (IEEE P1363) and `ECDSA-Sig-Value` in DER (RFC 3279 §2.2.3). */
import { der } from '../asn1/index.js'

/** DER of r‖s. */
export function derOfEcdsa(raw: Uint8Array): Uint8Array {
  const half = raw.length / 2
  const number = (octets: Uint8Array): Uint8Array =>
    der.integer(BigInt(`0x0${Buffer.from(octets).toString('hex')}`))
  return der.sequence(number(raw.subarray(0, half)), number(raw.subarray(half)))
}
