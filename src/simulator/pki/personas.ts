/** Keystores and encryption tokens of actors, as the registration services of the platform give them (spec etee §1). */
import type { Runtime } from '../../technical/environment/runtime.js'
import { writePkcs12, type Pkcs12Entry } from '../../technical/keystore/pkcs12/write.js'
import type { Certificate } from '../../technical/pki/certificate.js'
import type { DepotToken } from '../world.js'
import {
  randomSerial,
  rsaKeys,
  signerOf,
  type Authorities,
  type Authority,
  type KeyPair,
} from './authorities.js'
import { makeEncryptionToken } from './encryptionToken.js'
import { encodeName, extendedUsage, issueCertificate } from './issue.js'
import { actorName } from './subjects.js'

/** What to make. */
export interface EnrolmentOptions {
  readonly actor: {
    readonly certificateType: string
    readonly certificateValue: string
    readonly displayName: string
    readonly application?: string
  }
  readonly password: string
  readonly authorities: Authorities
  readonly runtime: Runtime
  /** The certificates start a day before. */
  readonly from: Date
  /** Also a key of before, whose token the depot no longer serves. */
  readonly olderKey?: boolean
}

/** A keystore with the tokens that belong to it, the served one last. */
export interface Enrolment {
  readonly keystore: Uint8Array
  readonly tokens: readonly DepotToken[]
}

const day = 24 * 60 * 60 * 1000

/** Makes the keys, the authentication certificate, the encryption certificates and their tokens. */
export async function enrol(options: EnrolmentOptions): Promise<Enrolment> {
  const { actor, authorities, runtime, from } = options
  const [authenticationKeys, ...encryptionKeys] = await Promise.all(
    Array.from({ length: options.olderKey === true ? 3 : 2 }, () => rsaKeys()),
  )
  const subject = encodeName(actorName(actor))
  const validity = after(from, -1, 3 * 365)
  const authentication: Authority = {
    key: authenticationKeys!.privateKey,
    certificate: issueCertificate(
      {
        ...validity,
        subject,
        publicKey: authenticationKeys!.publicKey,
        serialNumber: randomSerial(runtime),
        usages: ['digitalSignature', 'nonRepudiation', 'keyEncipherment', 'dataEncipherment'],
        extendedUsages: [extendedUsage.clientAuth, extendedUsage.emailProtection],
      },
      signerOf(authorities.issuing),
      authorities.issuing.certificate.subjectKeyIdentifier,
    ),
  }
  const chain = [authorities.issuing.certificate, authorities.root.certificate]
  const encryption = encryptionKeys.map((pair, i) => {
    const current = i === encryptionKeys.length - 1
    const dates = current ? validity : after(from, -1200, -30)
    return { pair, current, certificate: encryptionCertificate(pair, authentication, runtime, dates) }
  })
  const entries: Pkcs12Entry[] = [
    {
      alias: 'authentication',
      certificate: authentication.certificate,
      chain,
      privateKey: authentication.key,
    },
    ...encryption.map(({ pair, certificate }) => ({
      alias: certificate.serialNumber.toString(),
      certificate,
      privateKey: pair.privateKey,
    })),
  ]
  const tokens = encryption.map(({ certificate, current }): DepotToken => ({
    type: actor.certificateType,
    value: actor.certificateValue,
    ...(actor.application === undefined ? {} : { application: actor.application }),
    etk: makeEncryptionToken({
      encryptionCertificate: certificate,
      authenticationCertificate: authentication.certificate,
      chain,
      registrationAuthority: authorities.registrationAuthority,
      at: certificate.notBefore,
    }),
    ...(current ? {} : { replaced: true }),
  }))
  return { keystore: await writePkcs12(entries, options.password, { runtime }), tokens }
}

/** Issued by the authentication key in the actor's own name: issuer = subject, yet not self-signed. */
function encryptionCertificate(
  pair: KeyPair,
  authentication: Authority,
  runtime: Runtime,
  dates: { notBefore: Date; notAfter: Date },
): Certificate {
  return issueCertificate(
    {
      ...dates,
      subject: authentication.certificate.subject.der,
      publicKey: pair.publicKey,
      serialNumber: randomSerial(runtime),
      usages: ['keyEncipherment', 'dataEncipherment'],
      bare: true,
    },
    signerOf(authentication),
  )
}

const after = (from: Date, firstDay: number, lastDay: number): { notBefore: Date; notAfter: Date } => ({
  notBefore: new Date(from.getTime() + firstDay * day),
  notAfter: new Date(from.getTime() + lastDay * day),
})
