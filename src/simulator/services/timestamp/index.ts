/** Time stamp authority, archive, and the handles with which a test moves them (spec timestamp §11). */
import { createHash } from 'node:crypto'

import { EHealthError } from '../../../errors.js'
import type { Certificate } from '../../../technical/pki/certificate.js'
import { timestampProfiles } from '../../../technical/timestamp/contract.js'
import { personaActors, type AnyPersonaName } from '../../actors.js'
import type { Authorities } from '../../pki/authorities.js'
import type { SimulatedService } from '../../service.js'
import type { World } from '../../world.js'
import { archive, authorityService } from './authority.js'
import { consultService, hospitalOf } from './consult.js'
import { createTokenMaker } from './maker.js'
import type { TimestampServiceOptions } from './options.js'
import { documentsOf, lose, nextSerial, type ArchivedDocument } from './store.js'

export type { TimestampServiceOptions } from './options.js'
export type { ArchivedDocument } from './store.js'

/** The time stamps of a simulator, for tests. */
export interface SimulatedTimestamps {
  /** Everything that is archived, oldest first. */
  readonly documents: readonly ArchivedDocument[]
  /** Certificates that have signed time stamps, newest first: what a trust store must hold to verify all of them. */
  readonly certificates: readonly Certificate[]
  /** The identifier of a hospital in the consultation. */
  hospitalOf(who: AnyPersonaName): string
  /**
   * The platform loses a document.
   *
   * @throws EHealthError `configuration.invalid` where there is none of this serial number
   */
  lose(serial: string): Promise<void>
  /** Somebody else stamps a document with the certificate of `who`, or of this type and number: a foreign bag. */
  stampFor(
    who: AnyPersonaName | { readonly type: string; readonly value: string },
    document: Uint8Array,
    options?: { at?: Date },
  ): Promise<ArchivedDocument>
  /**
   * Changes key and certificate of the authority: the environment of the simulator trusts the first one alone, as stores
   * that were not completed in time do.
   *
   * @example
   * ```ts
   * const certificate = await simulator.timestamps.rotate()
   * console.log(certificate.subject.toRfc2253())
   * ```
   */
  rotate(): Promise<Certificate>
}

export function createTimestamps({
  world,
  authorities,
  ...options
}: TimestampServiceOptions & { world: World; authorities: Authorities }): {
  services: readonly SimulatedService[]
  control: SimulatedTimestamps
} {
  const maker = createTokenMaker(world, authorities, options)
  const certificates = [maker.current().certificate]
  const ownerOf = (who: AnyPersonaName): string => {
    const { certificateType, certificateValue } = personaActors[who]
    return `${certificateType}=${certificateValue}`
  }
  return {
    services: [authorityService(maker), consultService(options)],
    control: {
      get documents() {
        return [...documentsOf(world)]
      },
      get certificates() {
        return [...certificates]
      },
      hospitalOf: (who) => {
        const owner = ownerOf(who)
        const configured = Object.entries(options.hospitals ?? {}).find(
          ([, { type, value }]) => `${type}=${value}` === owner,
        )
        return configured?.[0] ?? hospitalOf(owner, world)
      },
      lose: async (serial) => {
        if (!(await lose(world, serial)))
          throw new EHealthError('configuration.invalid', 'there is no such stamp', { path: 'serial' })
      },
      stampFor: async (who, document, { at = world.runtime.now() } = {}) => {
        const { der, name } = maker.make({
          imprint: { algorithm: 'sha256', digest: createHash('sha256').update(document).digest() },
          serialNumber: nextSerial(world),
          at,
          withCertificate: true,
        })
        await archive(world, {
          ...name,
          owner: typeof who === 'string' ? ownerOf(who) : `${who.type}=${who.value}`,
          base64: Buffer.from(document).toString('base64'),
          token: der,
          profile: timestampProfiles['v2.1-cert'],
          requestId: undefined,
        })
        return documentsOf(world).at(-1)!
      },
      rotate: async () => {
        const { certificate } = await maker.rotate()
        certificates.unshift(certificate)
        return certificate
      },
    },
  }
}
