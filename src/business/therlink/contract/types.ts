/**
 * Types of links and of proofs, and how long links last (spec consent-therlink-hub §3.4): data, each fact with where it
 * comes from. The official tables were not found, so that a wrong guess must be one line to change.
 */

/** Where the knowledge of a value comes from: seen in a working client or an answer, or concluded. */
export type Evidence = 'confirmed' | 'inferred'

/** A type of link. */
export interface LinkType {
  readonly evidence: Evidence
  readonly remark: string
  /** False: kept by an authentic source, neither declared nor revoked here. */
  readonly declarable: boolean
}

const type = (evidence: Evidence, remark: string, declarable = true): LinkType => ({
  evidence,
  remark,
  declarable,
})
const old = 'list of 2011; whether it is accepted today is not known'

/** Values of CD-THERAPEUTICLINKTYPE; the platform may know more, and other texts are sent as they are. */
export const linkTypes = {
  gpconsultation: type('confirmed', 'general practitioner'),
  consultation: type('inferred', 'the usual type of every other profession'),
  specialistconsultation: type('inferred', old),
  hospitalstay: type('inferred', old),
  hospitalambulatory: type('inferred', old),
  hospitalurgency: type('inferred', old),
  carepath: type('inferred', old),
  medicalhouse: type('inferred', old),
  gmd: type('confirmed', 'global medical file, from the sickness funds', false),
} as const satisfies Record<string, LinkType>

export type KnownLinkType = keyof typeof linkTypes

/** Type that a provider declares unless he says otherwise, by role. */
export const usualLinkType = (role: string): KnownLinkType =>
  role === 'persphysician' ? 'gpconsultation' : 'consultation'

/** A type of proof. */
export interface ProofType {
  readonly evidence: Evidence
  readonly remark: string
  /** Whether a signature goes along. */
  readonly binary: 'required' | 'forbidden'
  /** False: set by the platform itself, found in answers only. */
  readonly given: boolean
}

const proof = (
  evidence: Evidence,
  remark: string,
  binary: ProofType['binary'] = 'forbidden',
  given = true,
): ProofType => ({ evidence, remark, binary, given })

/** Values of CD-PROOFTYPE. */
export const proofTypes = {
  eidreading: proof('confirmed', 'the eID of the patient was read'),
  isireading: proof('confirmed', 'the ISI+ card of the patient was read'),
  eidsigning: proof('confirmed', 'the patient signed with his eID', 'required'),
  eidencoding_housecall: proof('inferred', 'the card number was typed, on a house call'),
  eidencoding_nocard: proof('inferred', 'the card number was typed, the card being absent'),
  eidencoding_techproblem: proof('inferred', 'the card number was typed, the reader being out of order'),
  patientmanagement: proof('inferred', 'link made by the patient', 'forbidden', false),
  authenticsource: proof('inferred', 'link of an authentic source', 'forbidden', false),
} as const satisfies Record<string, ProofType>

export type KnownProofType = keyof typeof proofTypes

/** How long links last when no end is given; the platform fills the end in. */
export const linkDurations = {
  /** Non-referral, card read or typed; start today. */
  usual: { months: 15, evidence: 'confirmed' },
  /** Made by the patient. */
  patientmanagement: { months: 15, evidence: 'confirmed' },
} as const satisfies Record<string, { months: number; evidence: Evidence }>

/** Most characters of a comment (TL.OTHER.15). */
export const longestComment = 256

/** Most rows that an answer may be asked to have (TL.OTHER.10). */
export const mostRows = 1000
