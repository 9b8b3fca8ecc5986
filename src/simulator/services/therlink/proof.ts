/** Judging proofs of links (spec consent-therlink-hub §3.4, §3.5). */
import type { Proof } from '../../../business/kmehr/contract.js'
import { SignedTherapeuticLink, type TherapeuticLinkElement } from '../../../business/therlink/contract.js'
import { proofTypes, type KnownProofType } from '../../../business/therlink/contract/types.js'
import { isEHealthError } from '../../../errors.js'
import { identityOf } from '../../../technical/keystore/index.js'
import { verifyPath, type Certificate } from '../../../technical/pki/index.js'
import { openSignedContent, type OpenedContent } from '../../../technical/seal/signContent.js'
import { parseXml, read, write } from '../../../technical/xml/index.js'
import type { FoundPatient } from '../hub/patient.js'
import { HubRefusal } from '../hub/refusal.js'

/** @throws HubRefusal TL.INPUT.70 to .84 */
export function judgeProofs(
  proofs: readonly Proof[],
  link: TherapeuticLinkElement,
  patient: FoundPatient,
  context: { anchors: readonly Certificate[]; now: Date },
): void {
  if (proofs.length === 0) throw new HubRefusal('TL.INPUT.70')
  for (const proof of proofs) {
    const { S, value } = proof.cd
    const type = Object.hasOwn(proofTypes, value) ? proofTypes[value as KnownProofType] : undefined
    if (S !== 'CD-PROOFTYPE' || type?.given !== true) throw new HubRefusal('TL.INPUT.72')
    if (type.binary === 'forbidden' && proof.binaryproof !== undefined) throw new HubRefusal('TL.INPUT.84')
    if (type.binary === 'required') judgeSignature(proof, link, patient, context)
    else if (value === 'isireading') assertCard('ISI-CARDNO', patient, 'TL.INPUT.33')
    else assertCard('EID-CARDNO', patient, 'TL.INPUT.32')
  }
}

/** A card that was read, or typed, has a number. Of the ISI+ card no code is known: that of its predecessor (inferred). */
function assertCard(scheme: string, { card }: FoundPatient, code: string): void {
  if (card?.S !== scheme) throw new HubRefusal(code)
}

function judgeSignature(
  { binaryproof }: Proof,
  link: TherapeuticLinkElement,
  patient: FoundPatient,
  { anchors, now }: { anchors: readonly Certificate[]; now: Date },
): void {
  if (binaryproof === undefined) throw new HubRefusal('TL.INPUT.74')
  const opened = openedProof(binaryproof.Base64EncryptedValue.value)
  judgeCertificate(opened, anchors, now)
  if (ssinOf(opened.signer) !== patient.registered.ssin) throw new HubRefusal('TL.INPUT.77')
  const signed = signedLink(opened.content)
  const differs = (part: 'patient' | 'hcparty'): boolean =>
    write(SignedTherapeuticLink, { ...signed, [part]: link[part] }).xml !==
    write(SignedTherapeuticLink, signed).xml
  if (differs('patient')) throw new HubRefusal('TL.INPUT.82')
  if (differs('hcparty')) throw new HubRefusal('TL.INPUT.83')
}

function openedProof(cms: Uint8Array): OpenedContent {
  try {
    return openSignedContent(cms)
  } catch {
    throw new HubRefusal('TL.INPUT.76')
  }
}

function judgeCertificate(
  { signer, certificates }: OpenedContent,
  anchors: readonly Certificate[],
  now: Date,
): void {
  try {
    verifyPath(signer, { intermediates: certificates, anchors, at: now, keyUsage: ['nonRepudiation'] })
  } catch (error) {
    if (isEHealthError(error, 'certificate.expired')) throw new HubRefusal('TL.INPUT.78')
    if (isEHealthError(error, 'certificate.key-usage')) throw new HubRefusal('TL.INPUT.80')
    throw new HubRefusal(isEHealthError(error, 'certificate.untrusted') ? 'TL.INPUT.81' : 'TL.INPUT.79')
  }
}

function ssinOf(signer: Certificate): string | undefined {
  try {
    const { type, value } = identityOf(signer)
    return type === 'SSIN' ? value : undefined
  } catch {
    return undefined
  }
}

function signedLink(content: Uint8Array): TherapeuticLinkElement {
  try {
    return read(SignedTherapeuticLink, parseXml(content).root, { strict: true })
  } catch {
    throw new HubRefusal('TL.INPUT.76')
  }
}
