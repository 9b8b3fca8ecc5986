/** Codes of the consent service (spec consent-therlink-hub §2.6): what they mean and what to do, as data. */
import type { CodeMeanings } from '../kmehr/index.js'

const correct = 'Correct the request; it will be refused again as it is.'
const readCard = 'Read the card of the patient again and give its number as it stands there.'

export const consentMeanings: CodeMeanings = {
  'CO.INPUT.25': { meaning: 'the signing date is missing', advice: correct },
  'CO.INPUT.26': { meaning: 'the revocation date is missing', advice: correct },
  'CO.INPUT.30': { meaning: 'the card number of the patient is missing', advice: readCard },
  'MH2.INPUT.2': {
    meaning: 'the author is not who the token says',
    advice: 'Give the numbers of the session’s user as author, or none.',
  },
  'MH2.INPUT.15': { meaning: 'the signing date is not valid', advice: correct },
  'MH2.INPUT.16': { meaning: 'the signing date is after today', advice: correct },
  'MH2.INPUT.17': { meaning: 'the revocation date is not valid', advice: correct },
  'MH2.INPUT.18': { meaning: 'the revocation date is after today', advice: correct },
  'MH2.INPUT.32': { meaning: 'the revocation date is not valid', advice: correct },
  'MH2.INPUT.33': { meaning: 'the revocation date is after today', advice: correct },
  'MH2.INPUT.19': {
    meaning: 'the identifier of the patient is not valid',
    advice: 'Check the SSIN with the national register; somebody may have died or have another number now.',
  },
  'MH2.INPUT.20': { meaning: 'the identifier of the provider is not valid', advice: correct },
  'MH2.INPUT.22': { meaning: 'the identifier of the transaction is not valid', advice: correct },
  'MH2.INPUT.24': { meaning: 'the type of consent is not valid', advice: correct },
  'MH2.INPUT.31': { meaning: 'card and SSIN do not belong together', advice: readCard },
  'MH2.ACCESS.8': { meaning: 'a consent exists already', advice: 'Nothing: the patient has consented.' },
  'MH2.ACCESS.9': {
    meaning: 'there is no active consent',
    advice: 'Ask the patient, and declare the consent with his card.',
  },
  'IDS2.ACCESS.15': {
    meaning: 'the legal context of the identification is missing',
    advice: 'Ask the service desk of the platform.',
  },
  'IDS2.ACCESS.16': {
    meaning: 'the legal context of the identification is not valid',
    advice: 'Ask the service desk of the platform.',
  },
  'IDS2.INPUT.37': { meaning: 'card and SSIN do not belong together', advice: readCard },
  'IDS2.INPUT.52': { meaning: 'the type of the card is not valid', advice: readCard },
  'IDS2.INPUT.53': { meaning: 'the card number has no valid form', advice: readCard },
  'IDS2.INPUT.54': { meaning: 'the check digits of the card number do not fit', advice: readCard },
}

/** Codes that are outcomes of their own. */
export const consentCodes = { exists: 'MH2.ACCESS.8', noneActive: 'MH2.ACCESS.9' } as const
