/** Proofs that the patient wants the link (spec consent-therlink-hub §3.4, §3.5). */
import { EHealthError } from '../../errors.js'
import { belgianDay } from '../../technical/environment/belgianCalendar.js'
import type { Runtime } from '../../technical/environment/runtime.js'
import { identityOf, type Credential } from '../../technical/keystore/index.js'
import { openSignedContent, signContent } from '../../technical/seal/signContent.js'
import { refuseUnknownOptions } from '../../technical/session/options.js'
import { parseXml, read, write } from '../../technical/xml/index.js'
import type { Proof as ProofElement } from '../kmehr/index.js'
import { SignedTherapeuticLink, type TherapeuticLinkElement } from './contract.js'
import { codes, searchCodes } from './link.js'
import { proofTypes, type KnownProofType } from './contract/types.js'

/**
 * What shows that the patient was there: a card that was read, by the name of the proof; or the link signed with the
 * eID of the patient, who has entered his PIN, here or elsewhere.
 */
export type Proof =
  | Exclude<KnownProofType, 'eidsigning'>
  | { type: 'eidsigning'; credential: Credential }
  | { type: 'eidsigning'; cms: Uint8Array }

/** Minutes that the signed link holds; as a date it is today, or tomorrow just before midnight. */
const signedMinutes = 5

/**
 * The document that the patient signs, in UTF-8. Patient and provider are those of the link; type and dates are not
 * compared, so that the type is written as the official connector writes it.
 */
export function contentToSign(link: TherapeuticLinkElement, now: Date): Uint8Array {
  const { xml } = write(SignedTherapeuticLink, {
    patient: link.patient,
    hcparty: link.hcparty,
    cd: searchCodes.code('CD-THERAPEUTICLINKTYPE', 'ignored'),
    startdate: belgianDay(now),
    enddate: belgianDay(new Date(now.getTime() + signedMinutes * 60_000)),
  })
  return Buffer.from(xml, 'utf8')
}

/**
 * The proof of a link, signed where it must be.
 *
 * @throws EHealthError `therlink.proof`; `certificate.*` and `seal.unsupported-key` of the credential
 */
export async function proofElement(
  proof: Proof,
  link: TherapeuticLinkElement,
  path: string,
  runtime: Pick<Runtime, 'now'>,
): Promise<ProofElement> {
  if (typeof proof === 'string') return { cd: codes.code('CD-PROOFTYPE', plainProof(proof, path)) }
  refuseUnknownOptions(proof, ['type', 'credential', 'cms'], path)
  if (proof.type !== 'eidsigning' || 'credential' in proof === 'cms' in proof)
    throw new EHealthError('therlink.proof', 'a signed proof is eidsigning with credential or cms', { path })
  const cms =
    'cms' in proof
      ? ofThisLink(proof.cms, link, `${path}.cms`)
      : await signedBy(proof.credential, link, `${path}.credential`, runtime)
  return {
    cd: codes.code('CD-PROOFTYPE', 'eidsigning'),
    binaryproof: {
      cd: codes.code('CD-ENCRYPTION-METHOD', 'CMS'),
      Base64EncryptedValue: { encoding: 'CMS', value: cms },
    },
  }
}

function plainProof(proof: string, path: string): string {
  const known = Object.hasOwn(proofTypes, proof) ? proofTypes[proof as KnownProofType] : undefined
  if (known?.binary === 'forbidden' && known.given) return proof
  throw new EHealthError('therlink.proof', 'this is no proof that is given without a signature', { path })
}

function signedBy(
  credential: Credential,
  link: TherapeuticLinkElement,
  path: string,
  runtime: Pick<Runtime, 'now'>,
): Promise<Uint8Array> {
  assertPatient(credential.certificate, link, path)
  return signContent(contentToSign(link, runtime.now()), credential, runtime, path)
}

/** What was signed elsewhere must be this very link: the platform refuses another patient or provider. */
function ofThisLink(cms: Uint8Array, link: TherapeuticLinkElement, path: string): Uint8Array {
  const { content, signer } = opened(cms, path)
  assertPatient(signer, link, path)
  const signed = readable(content, path)
  for (const part of ['patient', 'hcparty'] as const)
    if (written({ ...signed, [part]: link[part] }) !== written(signed))
      throw new EHealthError('therlink.proof', `the ${part} in the signature is another one`, { path })
  return cms
}

const written = (link: TherapeuticLinkElement): string => write(SignedTherapeuticLink, link).xml

function opened(cms: Uint8Array, path: string): ReturnType<typeof openSignedContent> {
  try {
    return openSignedContent(cms)
  } catch (error) {
    throw new EHealthError('therlink.proof', 'the signature of the patient cannot be verified', {
      path,
      cause: error,
    })
  }
}

function readable(content: Uint8Array, path: string): TherapeuticLinkElement {
  try {
    return read(SignedTherapeuticLink, parseXml(content).root)
  } catch (error) {
    throw new EHealthError('therlink.proof', 'what was signed is no therapeutic link', { path, cause: error })
  }
}

function assertPatient(
  certificate: Credential['certificate'],
  { patient }: TherapeuticLinkElement,
  path: string,
): void {
  const { type, value } = identityOf(certificate)
  if (type !== 'SSIN' || !patient.id.some(({ S, value: ssin }) => S === 'INSS' && ssin === value))
    throw new EHealthError('therlink.proof', 'the signature is not that of the patient', { path })
}
