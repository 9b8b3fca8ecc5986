/** The OCSP responder of the simulator's authorities (RFC 6960 §4.2). */
import { createHash, generateKeyPairSync, sign } from 'node:crypto'

import {
  Asn1Error,
  der,
  integer,
  objectIdentifier,
  octets,
  readAsn1,
  type Asn1Node,
} from '../../technical/asn1/index.js'
import type { Runtime } from '../../technical/environment/runtime.js'
import { signatureOids } from '../../technical/pki/algorithms.js'
import { keyHash, nonceExtension } from '../../technical/pki/revocation/ocspRequest.js'
import { digestName } from '../../technical/pki/verifyBytes.js'
import { randomSerial, signerOf, type Authorities, type Authority } from './authorities.js'
import { encodeName, issueCertificate } from './issue.js'
import { publishingRoles, type PublishingRole } from './publication.js'
import type { RevocationRegister } from './revoked.js'
import { authorityNames } from './subjects.js'
import { reasonCode } from './writeCrl.js'

const oid = {
  basicResponse: '1.3.6.1.5.5.7.48.1.1',
  ocspSigning: '1.3.6.1.5.5.7.3.9',
}

/** Milliseconds that an answer counts: whoever is revoked in a test is so at once. */
const validity = 60_000

const day = 24 * 60 * 60 * 1000

/** Answers an OCSPRequest. */
export type Responder = (request: Uint8Array) => Uint8Array

/** What the responder works with. */
export interface ResponderOptions {
  readonly authorities: Authorities
  readonly register: RevocationRegister
  readonly runtime: Runtime
}

/**
 * Certificates of the issuing authority are answered for by a responder with its mandate, whose certificate goes along;
 * those of the root by the root itself.
 */
export function createResponder(options: ResponderOptions): Responder {
  const { authorities } = options
  const delegate = delegateOf(options)
  return (bytes) => {
    try {
      const { ids, nonce } = readRequest(bytes)
      const issuers = ids.map((id) => publishingRoles.find((role) => isBy(id, authorities[role])))
      const issuer = issuers.find((role) => role !== undefined)
      if (issuer === undefined) return refusal(6)
      const answers = ids.map((id, i) => answerTo(id, issuers[i], issuer, options))
      return respond(
        issuer === 'issuing' ? delegate : authorities.root,
        answers,
        nonce,
        options.runtime.now(),
      )
    } catch (error) {
      if (error instanceof Asn1Error) return refusal(1)
      throw error
    }
  }
}

/** A responder's certificate, made anew at each start: nobody keeps it. */
function delegateOf({ authorities, runtime }: ResponderOptions): Authority {
  const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const { issuing } = authorities
  const certificate = issueCertificate(
    {
      subject: encodeName(authorityNames.ocsp),
      publicKey,
      serialNumber: randomSerial(runtime),
      notBefore: new Date(issuing.certificate.notBefore.getTime() + day),
      notAfter: new Date(issuing.certificate.notAfter.getTime() - day),
      usages: ['digitalSignature'],
      extendedUsages: [oid.ocspSigning],
      noRevocationCheck: true,
    },
    { ...signerOf(issuing), publication: undefined },
    issuing.certificate.subjectKeyIdentifier,
  )
  return { certificate, key: privateKey }
}

function readRequest(bytes: Uint8Array): { ids: Asn1Node[]; nonce: Uint8Array | undefined } {
  const fields = readAsn1(bytes)
    .at(0)
    .children.filter((node) => !node.isContext(0) && !node.isContext(1))
  const ids = fields[0]?.children.map((request) => request.at(0)) ?? []
  if (ids.length === 0) throw new Asn1Error('nothing is asked')
  const extensions = fields.find((node) => node.isContext(2))?.at(0).children ?? []
  const nonce = extensions.find((extension) => objectIdentifier(extension.at(0)) === nonceExtension)
  return { ids, nonce: nonce && octets(nonce.at(nonce.children.length - 1)) }
}

/** True when a CertID names this issuer. */
function isBy(id: Asn1Node, { certificate }: Authority): boolean {
  const digest = digestName(objectIdentifier(id.at(0).at(0)))
  if (digest === undefined) return false
  const name = createHash(digest).update(certificate.subject.der).digest()
  return (
    Buffer.compare(octets(id.at(1)), name) === 0 &&
    Buffer.compare(octets(id.at(2)), keyHash(digest, certificate)) === 0
  )
}

function answerTo(
  id: Asn1Node,
  issuer: PublishingRole | undefined,
  answering: PublishingRole,
  { register, runtime }: ResponderOptions,
): Uint8Array {
  const now = runtime.now()
  const revoked = register.entries.find(
    (entry) => entry.issuer === issuer && entry.serialNumber === integer(id.at(3)),
  )
  const status =
    issuer !== answering
      ? der.implicitPrimitive(2, new Uint8Array())
      : revoked === undefined
        ? der.implicitPrimitive(0, new Uint8Array())
        : der.implicitConstructed(
            1,
            der.generalizedTime(revoked.at),
            der.explicit(0, reasonCode(revoked.reason)),
          )
  const nextUpdate = der.explicit(0, der.generalizedTime(new Date(now.getTime() + validity)))
  return der.sequence(id.raw, status, der.generalizedTime(now), nextUpdate)
}

function respond(
  { certificate, key }: Authority,
  answers: readonly Uint8Array[],
  nonce: Uint8Array | undefined,
  now: Date,
): Uint8Array {
  const extension = nonce && der.sequence(der.objectIdentifier(nonceExtension), der.octetString(nonce))
  const data = der.sequence(
    der.explicit(1, certificate.subject.der),
    der.generalizedTime(now),
    der.sequence(...answers),
    ...(extension === undefined ? [] : [der.explicit(1, der.sequence(extension))]),
  )
  const basic = der.sequence(
    data,
    der.sequence(der.objectIdentifier(signatureOids.sha256WithRsa), der.nullValue()),
    der.bitString(sign('sha256', data, key)),
    der.explicit(0, der.sequence(certificate.der)),
  )
  const bytes = der.sequence(der.objectIdentifier(oid.basicResponse), der.octetString(basic))
  return der.sequence(der.tlv(10, Uint8Array.of(0)), der.explicit(0, bytes))
}

/** An OCSPResponse without answer: 1 malformedRequest, 6 unauthorized. */
const refusal = (status: 1 | 6): Uint8Array => der.sequence(der.tlv(10, Uint8Array.of(status)))
