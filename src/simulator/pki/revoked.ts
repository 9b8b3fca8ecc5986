/** Which certificates the simulator's authorities have revoked. */
import { EHealthError } from '../../errors.js'
import { revocationReasons, type RevocationReason } from '../../technical/pki/revocation/types.js'
import type { Certificate } from '../../technical/pki/certificate.js'
import type { SlotCodec, World } from '../world.js'
import type { Authorities } from './authorities.js'
import { publishingRoles, type PublishingRole } from './publication.js'

/** A certificate taken back. */
export interface RevokedCertificate {
  readonly issuer: PublishingRole
  readonly serialNumber: bigint
  readonly at: Date
  readonly reason: RevocationReason
}

/** What was revoked, and the number that the next list has. */
export interface RevocationRegister {
  readonly entries: readonly RevokedCertificate[]
  readonly number: number
  /**
   * @throws EHealthError `configuration.invalid` for a certificate of somebody else
   */
  revoke(certificate: Certificate, at: Date, reason: RevocationReason): Promise<void>
}

const slot = 'revocations'

/** The register of a world; kept where the world is kept. */
export function revocationRegister(world: World, authorities: Authorities): RevocationRegister {
  const entries = world.slot<RevokedCertificate[]>(slot, () => [], codec)
  return {
    entries,
    get number() {
      return entries.length + 1
    },
    revoke: async (certificate, at, reason) => {
      const issuer = publishingRoles.find((role) => certificate.isSignedBy(authorities[role].certificate))
      if (issuer === undefined || certificate.equals(authorities.root.certificate))
        throw new EHealthError('configuration.invalid', 'the certificate is not one of this simulator', {
          path: 'certificate',
        })
      if (!revocationReasons.includes(reason) || Number.isNaN(at.getTime()))
        throw new EHealthError('configuration.invalid', 'revoke: impossible reason or instant', {
          path: 'reason',
        })
      const { serialNumber } = certificate
      const known = entries.findIndex((one) => one.issuer === issuer && one.serialNumber === serialNumber)
      if (known >= 0) entries.splice(known, 1)
      entries.push({ issuer, serialNumber, at, reason })
      await world.save(slot)
    },
  }
}

interface KeptEntry {
  issuer: PublishingRole
  serialNumber: string
  at: string
  reason: RevocationReason
}

const codec: SlotCodec<RevokedCertificate[]> = {
  toJson: (entries) =>
    entries.map(({ serialNumber, at, ...rest }) => ({
      ...rest,
      serialNumber: serialNumber.toString(),
      at: at.toISOString(),
    })),
  fromJson: (json) =>
    (json as KeptEntry[]).map(({ serialNumber, at, ...rest }) => ({
      ...rest,
      serialNumber: BigInt(serialNumber),
      at: new Date(at),
    })),
}
