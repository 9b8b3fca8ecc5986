/** Identity cards of the simulator: authentication and signature, as an eID has them (spec consent-therlink-hub §3.5). */
import { generateKeyPair } from 'node:crypto'
import { promisify } from 'node:util'

import { EHealthError } from '../../errors.js'
import {
  identityOf,
  softwareCredential,
  type Credential,
  type Keystore,
} from '../../technical/keystore/index.js'
import type { KeyUsage } from '../../technical/pki/certificate.js'
import type { World } from '../world.js'
import { randomSerial, signerOf, type Authorities } from './authorities.js'
import { encodeName, issueCertificate } from './issue.js'

/** Whose card it is. */
export interface CardHolder {
  readonly ssin: string
  readonly firstName: string
  readonly familyName: string
}

/** The keys of a card. EC keys, as those of newer cards. */
export interface PatientCard {
  /** The authentication key, ready for `connect()`. */
  readonly keystore: Keystore
  /** The non-repudiation key: signs what the holder agrees to. */
  readonly signature: Credential
}

const generate = promisify(generateKeyPair)
const day = 24 * 60 * 60 * 1000

/** Makes cards; each holder has one, however often it is asked for. */
export function createCards({
  world,
  authorities,
}: {
  world: World
  authorities: Authorities
}): (holder: string | CardHolder) => Promise<PatientCard> {
  const made = new Map<string, Promise<PatientCard>>()
  return (given) => {
    const holder = typeof given === 'string' ? world.patients.find(({ name }) => name === given) : given
    if (holder === undefined)
      return Promise.reject(
        new EHealthError('configuration.invalid', 'there is no such patient', { path: 'holder' }),
      )
    const card = made.get(holder.ssin) ?? makeCard(holder, world, authorities)
    made.set(holder.ssin, card)
    return card
  }
}

async function makeCard(holder: CardHolder, world: World, authorities: Authorities): Promise<PatientCard> {
  const [authentication, signature] = await Promise.all([
    certify(holder, 'Authentication', ['digitalSignature'], world, authorities),
    certify(holder, 'Signature', ['nonRepudiation'], world, authorities),
  ])
  const { certificate } = authentication
  return {
    keystore: {
      identity: identityOf(certificate),
      authentication,
      decryptionKeys: [],
      certificates: [certificate, ...authentication.chain],
      notAfter: certificate.notAfter,
      renewableFrom: certificate.notAfter,
      state: 'valid',
    },
    signature,
  }
}

async function certify(
  { ssin, firstName, familyName }: CardHolder,
  purpose: string,
  usages: readonly KeyUsage[],
  { runtime }: World,
  { issuing, root }: Authorities,
): Promise<Credential> {
  const { publicKey, privateKey } = await generate('ec', { namedCurve: 'P-256' })
  const from = runtime.now().getTime()
  const certificate = issueCertificate(
    {
      subject: encodeName([
        ['country', 'BE'],
        ['commonName', `${firstName} ${familyName} (${purpose})`],
        ['surname', familyName],
        ['givenName', firstName],
        ['serialNumber', ssin],
      ]),
      publicKey,
      serialNumber: randomSerial(runtime),
      notBefore: new Date(from - day),
      notAfter: new Date(from + 3650 * day),
      usages,
    },
    signerOf(issuing),
    issuing.certificate.subjectKeyIdentifier,
  )
  return softwareCredential({ certificate, chain: [issuing.certificate, root.certificate], privateKey })
}
