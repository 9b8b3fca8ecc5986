/** The authority that makes tokens, sound ones and, where a test wants them, others. */
import { createHash } from 'node:crypto'

import { platformTimestampPolicy } from '../../../technical/timestampToken/index.js'
import type { SignResponse } from '../../../technical/timestamp/contract.js'
import { contentTypes } from '../../../technical/seal/cms/identifiers.js'
import type { StampFlaw } from '../../faults.js'
import {
  certifiedBy,
  randomSerial,
  signerOf,
  timestampTemplate,
  type Authorities,
  type Authority,
} from '../../pki/authorities.js'
import { encodeName, extendedUsage, issueCertificate, type CertificateTemplate } from '../../pki/issue.js'
import { timestampAuthorityName } from '../../pki/subjects.js'
import type { World } from '../../world.js'
import type { TimestampServiceOptions } from './options.js'
import { makeResponse, makeToken, type TokenContent } from './token.js'

/** A token and what it is called. */
export interface MadeToken {
  readonly der: Uint8Array
  readonly name: { readonly serial: string; readonly genTimeMs: number }
  readonly content: TokenContent
}

export interface TokenMaker {
  /** The authority that signs now. */
  readonly current: () => Authority
  make(content: Pick<TokenContent, 'imprint' | 'serialNumber' | 'at' | 'withCertificate'>): MadeToken
  /** The answer with a flaw. */
  spoil(
    flaw: StampFlaw,
    answer: SignResponse,
    made: { asked: TokenContent['imprint']; token: MadeToken; now: Date },
  ): SignResponse
  /** Changes key and certificate, as the platform does every few years. */
  rotate(): Promise<Authority>
}

const year = 365 * 24 * 60 * 60 * 1000

export function createTokenMaker(
  world: World,
  authorities: Authorities,
  { signingCertificate = 'v1' }: Pick<TimestampServiceOptions, 'signingCertificate'>,
): TokenMaker {
  const { issuing, root } = authorities
  let signer = authorities.timestampAuthority
  let rotations = 1

  const make: TokenMaker['make'] = (content) => {
    const whole: TokenContent = {
      ...content,
      policy: platformTimestampPolicy,
      signer,
      issuer: issuing.certificate,
      signingCertificate,
    }
    return {
      der: makeToken(whole),
      name: { serial: content.serialNumber.toString(), genTimeMs: content.at.getTime() },
      content: whole,
    }
  }

  /** The same key under another certificate. */
  const recertified = (template: Partial<CertificateTemplate>, issuer: Authority = issuing): Authority => ({
    key: signer.key,
    certificate: issueCertificate(
      {
        ...timestampTemplate(signer.certificate.subject.der),
        publicKey: signer.certificate.publicKey,
        serialNumber: randomSerial(world.runtime),
        notBefore: issuer.certificate.notBefore,
        notAfter: issuer.certificate.notAfter,
        ...template,
      },
      signerOf(issuer),
      issuer.certificate.subjectKeyIdentifier,
    ),
  })

  /** An authority of its own, which nobody trusts. */
  const stranger = (): Authority => {
    const subject = encodeName([['commonName', 'Unknown authority']])
    const certificate = issueCertificate(
      {
        ...timestampTemplate(subject),
        publicKey: signer.certificate.publicKey,
        serialNumber: randomSerial(world.runtime),
        notBefore: signer.certificate.notBefore,
        notAfter: signer.certificate.notAfter,
      },
      { name: subject, key: signer.key },
    )
    return { certificate, key: signer.key }
  }

  const otherToken = (flaw: StampFlaw, content: TokenContent, now: Date): Uint8Array | undefined => {
    const but = (change: Partial<TokenContent>): Uint8Array => makeToken({ ...content, ...change })
    const digested = (algorithm: 'sha1' | 'sha256', text: string) => ({
      algorithm,
      digest: createHash(algorithm).update(text).digest(),
    })
    switch (flaw) {
      case 'no-certificate':
        return but({ withCertificate: false })
      case 'other-data':
        return but({ imprint: digested('sha256', 'other data') })
      case 'sha1':
        return but({ imprint: digested('sha1', 'data of before') })
      case 'unknown-authority':
        return but({ signer: stranger(), withCertificate: true })
      case 'expired-authority':
        return but({
          signer: recertified({
            notBefore: new Date(now.getTime() - 2 * year),
            notAfter: new Date(now.getTime() - year),
          }),
          withCertificate: true,
        })
      case 'no-purpose':
        return but({
          signer: recertified({
            extendedUsages: [extendedUsage.emailProtection],
            onlyExtendedUsages: false,
          }),
          withCertificate: true,
        })
      case 'wrong-signer':
        return but({ named: root.certificate })
      case 'future':
        return but({ at: new Date(now.getTime() + year) })
      case 'other-policy':
        return but({ policy: '1.2.3.4.1' })
      case 'no-timestamp':
        return but({ contentType: contentTypes.data })
      case 'altered':
        return altered(makeToken(content), content)
      case 'signature':
        return flipped(makeToken(content))
      default:
        return undefined
    }
  }

  return {
    current: () => signer,
    make,
    spoil: (flaw, answer, { token, now }) => {
      const { SignatureObject: _, ...bare } = answer
      const answered = (octets: Uint8Array): SignResponse => ({
        ...bare,
        SignatureObject: { Timestamp: { RFC3161TimeStampToken: octets } },
      })
      const twice = (octets: Uint8Array): Uint8Array => Buffer.from(Buffer.from(octets).toString('base64'))
      switch (flaw) {
        case 'missing':
          return bare
        case 'other-kind':
          return {
            ...bare,
            SignatureObject: {
              Timestamp: {
                Other: { xml: '<dss:Other xmlns:dss="urn:oasis:names:tc:dss:1.0:core:schema"/>' },
              },
            },
          }
        case 'other-request':
          return { ...answer, RequestID: `_${world.runtime.uuid()}` }
        case 'base64-twice':
          return answered(twice(token.der))
        case 'response':
          return answered(makeResponse(token.der))
        case 'response-base64-twice':
          return answered(twice(makeResponse(token.der)))
        case 'rejected':
          return answered(makeResponse())
        default:
          return answered(otherToken(flaw, token.content, now)!)
      }
    },
    rotate: async () => {
      rotations += 1
      const subject = encodeName(timestampAuthorityName(rotations))
      signer = await certifiedBy(issuing, world.runtime, timestampTemplate(subject))
      return signer
    },
  }
}

/** One bit of the signature, at the end of the token, is wrong. */
function flipped(token: Uint8Array): Uint8Array {
  const spoilt = Buffer.from(token)
  spoilt[spoilt.length - 1]! ^= 1
  return spoilt
}

/** The last digit of the year of the stamp is another one. */
function altered(token: Uint8Array, { at }: TokenContent): Uint8Array {
  const spoilt = Buffer.from(token)
  const day = at.toISOString().slice(0, 10).replaceAll('-', '')
  const place = spoilt.indexOf(day, 0, 'latin1')
  spoilt[place + 3] = spoilt[place + 3]! === 0x30 ? 0x31 : spoilt[place + 3]! - 1
  return spoilt
}
