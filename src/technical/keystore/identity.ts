/** Who a certificate speaks for, read from the encoded subject (spec etee §1.4, §1.5). */
import { EHealthError } from '../../errors.js'
import type { Certificate } from '../pki/certificate.js'
import { attributeTypes } from '../pki/name.js'

/** An actor of the platform. */
export interface Identity {
  kind: 'person' | 'organisation'
  /** Identifier type as in certificates and at the ETK depot, for instance `SSIN`, `NIHII-HOSPITAL`, `CBE`. */
  type: string
  /** The number, digits as in the certificate. */
  value: string
  /** Application of the actor, for instance `APP-1`. */
  application?: string
  /** Name of the actor as written in the certificate. */
  name?: string
}

/** Types whose holder is a person; every other type names an organisation. */
const personTypes = new Set(['SSIN', 'NIHII', 'NIHII11'])

const platformUnits = new Set(['eHealth-platform Belgium', 'Federal Government'])

/**
 * Reads the actor: the common name `TYPE=NUMBER[, APPLICATION]`, which the organisational units must not contradict;
 * for an eID, the SSIN in the serialNumber attribute.
 *
 * Taking the application from the units, as the official connector does, mistakes an organisation that is called like
 * its application; texts of names are never parsed.
 *
 * @throws EHealthError `keystore.identity` when the subject names no actor, or names two
 *
 * @example
 * ```ts
 * import { identityOf } from 'ehealth-connectors/keystore'
 *
 * identityOf(certificate) // { kind: 'organisation', type: 'CBE', value: '0999990123', application: 'APP-1', name: … }
 * ```
 */
export function identityOf(certificate: Certificate): Identity {
  const { subject } = certificate
  const commonNames = subject.values(attributeTypes.commonName)
  if (commonNames.length > 1) throw refusal('the certificate has several common names')
  const match = /^([A-Z0-9_-]+)=([0-9]+)(?:, (.+))?$/.exec(commonNames[0] ?? '')
  if (match === null) return citizen(certificate)
  const [, type, value, application] = match as unknown as [string, string, string, string | undefined]
  const units = subject.values(attributeTypes.organizationalUnit)
  const numbered = units.filter((unit) => /^[A-Z0-9_-]+=[0-9]+$/.test(unit))
  if (numbered.some((unit) => unit !== `${type}=${value}`))
    throw refusal('the common name and the organisational units name different actors')
  const others = units.filter((unit) => !numbered.includes(unit) && !platformUnits.has(unit))
  if (application !== undefined && units.length > 0) {
    const at = others.indexOf(application)
    if (at < 0) throw refusal('the application of the common name stands in no organisational unit')
    others.splice(at, 1)
  }
  return {
    kind: personTypes.has(type) ? 'person' : 'organisation',
    type,
    value,
    ...(application === undefined ? {} : { application }),
    ...(others[0] === undefined ? {} : { name: others[0] }),
  }
}

/** The holder of an identity card. */
function citizen({ subject }: Certificate): Identity {
  const [ssin, ...more] = subject.values(attributeTypes.serialNumber)
  if (ssin === undefined || more.length > 0 || !/^[0-9]{11}$/.test(ssin))
    throw refusal('the certificate does not name an actor of the platform')
  const names = [attributeTypes.givenName, attributeTypes.surname].flatMap((type) => subject.values(type))
  return {
    kind: 'person',
    type: 'SSIN',
    value: ssin,
    ...(names.length === 0 ? {} : { name: names.join(' ') }),
  }
}

const refusal = (message: string): EHealthError => new EHealthError('keystore.identity', message)
