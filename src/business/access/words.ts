/** What each reason means and what to do about it, as data: one place for programs, guides and the command. */
import type { CautionCode, DenialCode, UnknownCode } from './rules.js'

/** A reason in words. */
export interface Explained<Code extends string> {
  code: Code
  meaning: string
  advice: string
}

const denials: Readonly<Record<DenialCode, Omit<Explained<DenialCode>, 'code'>>> = {
  excluded: {
    meaning: 'The patient has excluded this provider or organisation.',
    advice: 'Nothing opens this, an emergency included; only the patient takes it back.',
  },
  'no-consent': {
    meaning: 'The patient has given no consent to the exchange of his data, or has taken it back.',
    advice: 'Ask the patient; declare the consent with his card (`consent.declare`).',
  },
  deceased: {
    meaning: 'The patient has died; access then follows other law.',
    advice: 'Ask the keeper of the file; nothing is read by way of this answer.',
  },
  'no-link': {
    meaning: 'There is no therapeutic link between the patient and the provider.',
    advice:
      'Declare one with the card of the patient (`therlink.declare`); in an emergency, break the glass with a reason.',
  },
  'not-in-matrix': {
    meaning: 'The access matrix gives this profession none of the types that were asked for.',
    advice: 'Ask for types that the profession may read.',
  },
}

const retry = 'Treat it as a refusal and ask again later.'
const correct = 'Treat it as a refusal; read the errors of the service and correct the question.'

const unknowns: Readonly<Record<UnknownCode, Omit<Explained<UnknownCode>, 'code'>>> = {
  'consent-unanswered': { meaning: 'The consent register did not answer.', advice: retry },
  'consent-refused': { meaning: 'The consent register refused the question.', advice: correct },
  'link-unanswered': { meaning: 'The register of therapeutic links did not answer.', advice: retry },
  'link-refused': { meaning: 'The register of therapeutic links refused the question.', advice: correct },
  'exclusion-unanswered': { meaning: 'The exclusions did not answer.', advice: retry },
  'exclusion-refused': { meaning: 'The exclusions refused the question.', advice: correct },
}

const cautions: Readonly<Record<CautionCode, Omit<Explained<CautionCode>, 'code'>>> = {
  'exclusion-not-checked': {
    meaning: 'Providers may not ask for exclusions.',
    advice: 'The hub decides; its refusal wins.',
  },
  'matrix-not-checked': {
    meaning: 'No access matrix was given.',
    advice: 'The hub leaves out what the profession may not read.',
  },
  'break-the-glass': {
    meaning: 'There is no therapeutic link: the glass is broken.',
    advice: 'Pass the same reason to every call of a hub; each use stands in the audit trail of the patient.',
  },
}

export const explainDenial = (code: DenialCode): Explained<DenialCode> => ({ code, ...denials[code] })
export const explainUnknown = (code: UnknownCode): Explained<UnknownCode> => ({ code, ...unknowns[code] })
export const explainCaution = (code: CautionCode): Explained<CautionCode> => ({ code, ...cautions[code] })
