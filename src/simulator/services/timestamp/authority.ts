/** The time stamp authority, version 2 (spec timestamp §4, §11). */
import { createHash } from 'node:crypto'

import { identityOf } from '../../../technical/keystore/index.js'
import {
  dssNamespace,
  resultMajor,
  resultMinor,
  timestampOperations,
  timestampProfiles,
  type SignRequest,
  type SignResponse,
} from '../../../technical/timestamp/contract.js'
import { childNamed, textOf, type XmlElement } from '../../../technical/xml/tree.js'
import { simulate, type Caller, type SimulatedCall, type SimulatedService } from '../../service.js'
import type { World } from '../../world.js'
import type { TokenMaker } from './maker.js'
import { digestOf, keep, nextSerial } from './store.js'
import type { TokenContent } from './token.js'

type Imprint = TokenContent['imprint']

/** What a request asks for, or why it is refused. */
interface Asked {
  imprint: Imprint
  /** Text of the base64 as it was sent; absent for a hash, which nobody archives. */
  base64?: string
}

/** The service. SOAPAction: the connector sends the action on one of its two ways only (trap 15). */
export const authorityService = (maker: TokenMaker): SimulatedService => ({
  service: 'timestampAuthority',
  anyAction: true,
  operations: [
    simulate(timestampOperations.stamp, { answer: async (call) => ({ value: await answer(call, maker) }) }),
  ],
})

async function answer(call: SimulatedCall<SignRequest>, maker: TokenMaker): Promise<SignResponse> {
  const { request, world, now, trouble, caller } = call
  const profile = request.Profile ?? timestampProfiles['v2.1-cert']
  const refusal = (major: string, minor?: string, why?: string): SignResponse => ({
    ...named(request, profile),
    Result: {
      ResultMajor: major,
      ...(minor === undefined ? {} : { ResultMinor: `${resultMinor}${minor}` }),
      ...(why === undefined ? {} : { ResultMessage: { value: why, lang: 'en' } }),
    },
  })
  if (trouble?.kind === 'stamp-result')
    return refusal(
      resultMajor[majorNames[trouble.major ?? 'ResponderError']],
      trouble.minor ?? 'GeneralError',
    )
  const asked = askedOf(call, profile)
  if ('minor' in asked) return refusal(resultMajor.requesterError, asked.minor, asked.why)
  const token = maker.make({
    imprint: asked.imprint,
    serialNumber: nextSerial(world),
    at: now,
    withCertificate: profile.endsWith('-cert'),
  })
  const flaw = trouble?.kind === 'stamp' ? trouble.flaw : undefined
  const kept = success(request, profile, token.der)
  if (asked.base64 !== undefined)
    await archive(world, {
      ...token.name,
      owner: ownerOf(caller),
      base64: asked.base64,
      token: token.der,
      profile,
      requestId: request.RequestID,
    })
  return flaw === undefined ? kept : maker.spoil(flaw, kept, { asked: asked.imprint, token, now })
}

const majorNames = {
  RequesterError: 'requesterError',
  ResponderError: 'responderError',
  InsufficientInformation: 'insufficientInformation',
} as const

/** @internal */
export const success = (
  { RequestID }: Pick<SignRequest, 'RequestID'>,
  profile: string,
  token: Uint8Array,
): SignResponse => ({
  ...named({ RequestID }, profile),
  Result: { ResultMajor: resultMajor.success },
  SignatureObject: { Timestamp: { RFC3161TimeStampToken: token } },
})

const named = ({ RequestID }: Pick<SignRequest, 'RequestID'>, profile: string) => ({
  Profile: profile,
  ...(RequestID === undefined ? {} : { RequestID }),
})

/** Who is to own the archive: the certificate decides (inferred). */
export function ownerOf({ certificate }: Caller): string {
  const { type, value } = identityOf(certificate!)
  return `${type}=${value}`
}

/** Keeps a document with its stamp. */
export async function archive(
  world: World,
  document: {
    serial: string
    genTimeMs: number
    owner: string
    base64: string
    token: Uint8Array
    profile: string
    requestId: string | undefined
  },
): Promise<void> {
  const { requestId, ...rest } = document
  await keep(world, {
    ...rest,
    sha256: digestOf(document.base64),
    ...(requestId === undefined ? {} : { requestId }),
  })
}

const digestAlgorithms: Readonly<Record<string, Imprint['algorithm']>> = {
  'http://www.w3.org/2001/04/xmlenc#sha256': 'sha256',
  'http://www.w3.org/2001/04/xmldsig-more#sha384': 'sha384',
  'http://www.w3.org/2001/04/xmlenc#sha512': 'sha512',
}

const knownProfiles: ReadonlySet<string> = new Set(Object.values(timestampProfiles))

/** Which values of ResultMinor the platform sends is not known: those of the standard stand here alone (inferred). */
function askedOf(
  { request, element }: SimulatedCall<SignRequest>,
  profile: string,
): Asked | { minor: string; why: string } {
  if (!knownProfiles.has(profile)) return { minor: 'NotSupported', why: 'Unknown profile' }
  const { Document = [], TransformedData = [], DocumentHash = [], Other = [] } = request.InputDocuments ?? {}
  const given = Document.length + TransformedData.length + DocumentHash.length + Other.length
  if (given === 0) return { minor: 'ReferencedDocumentNotPresent', why: 'Nothing to stamp' }
  if (given > 1) return { minor: 'NotSupported', why: 'More than one input document' }
  const [hash] = DocumentHash
  if (hash !== undefined) {
    const algorithm =
      digestAlgorithms[hash.DigestMethod?.Algorithm ?? 'http://www.w3.org/2001/04/xmlenc#sha256']
    if (algorithm === undefined) return { minor: 'NotSupported', why: 'Unknown digest algorithm' }
    if (hash.Transforms !== undefined) return { minor: 'NotSupported', why: 'Transforms are not supported' }
    if (hash.DigestValue.length !== createHash(algorithm).digest().length)
      return { minor: 'NotSupported', why: 'The digest has a wrong length' }
    return { imprint: { algorithm, digest: hash.DigestValue } }
  }
  const [document] = Document
  const base64 = document && base64Of(document, element)
  if (base64 === undefined)
    return { minor: 'NotSupported', why: 'Only base64 and escaped documents are stamped' }
  // The decoded octets are stamped (inferred; spec timestamp, trap 5).
  const digest = createHash('sha256').update(Buffer.from(base64, 'base64')).digest()
  return { imprint: { algorithm: 'sha256', digest }, base64 }
}

/** The text as it stands in the request; an escaped document has none, and gets one. */
function base64Of(
  document: NonNullable<SignRequest['InputDocuments']>['Document'][number],
  request: XmlElement,
): string | undefined {
  if (document.EscapedXML !== undefined) return Buffer.from(document.EscapedXML).toString('base64')
  const inside = [
    'InputDocuments',
    'Document',
    document.Base64Data === undefined ? 'Base64XML' : 'Base64Data',
  ]
  const element = inside.reduce<XmlElement | undefined>(
    (at, name) => at && childNamed(at, dssNamespace, name),
    request,
  )
  return element && textOf(element)
}
