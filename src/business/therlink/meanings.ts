/** Codes of the therapeutic link service (spec consent-therlink-hub §3.8): what they mean and what to do, as data. */
import type { CodeMeaning, CodeMeanings } from '../kmehr/index.js'

const correct = 'Correct the request; it will be refused again as it is.'
const readCard = 'Read the card of the patient again and give its number as it stands there.'
const later = 'Try again later.'
const desk = 'Ask the service desk of the platform.'

const all = (advice: string, meanings: Record<string, string>): Record<string, CodeMeaning> =>
  Object.fromEntries(Object.entries(meanings).map(([code, meaning]) => [code, { meaning, advice }]))

export const therlinkMeanings: CodeMeanings = {
  ...all('Only a provider of this category, the patient or his mandatary may do this.', {
    'TL.ACCESS.05': 'the author is not authorised for this operation',
    'TL.ACCESS.06': 'the category of the author is not that of the provider of the link',
    'TL.ACCESS.07': 'the patient who acts is not the patient of the link',
  }),
  ...all('Nothing: the patient decides, and may take the exclusion back.', {
    'TL.ACCESS.08': 'the provider is excluded by this patient',
  }),
  ...all('Declare a link with the card of the patient.', {
    'TL.ACCESS.09': 'there is no therapeutic link between author and patient',
    'TL.ACCESS.11': 'the link was not found',
  }),
  ...all('Nothing: the link is there.', { 'TL.ACCESS.10': 'a valid link exists already' }),
  ...all('Nothing: the link is over.', {
    'TL.ACCESS.12': 'the link is revoked already, or cannot be revoked',
  }),
  ...all(correct, { 'TL.ACCESS.14': 'only links between a patient and a professional are supported' }),
  ...all('Give the numbers of the session’s user as author, or none.', {
    'TL.ACCESS.15': 'the author is not the person of the token',
  }),
  ...all(later, {
    'TL.ACCESS.20': 'an authentic source failed while the author was validated',
    'TL.ACCESS.21': 'an authentic source failed while the author was looked up',
    'TL.ACCESS.22': 'an authentic source failed while the link was looked up',
  }),
  ...all(correct, {
    'TL.INPUT.05': 'the SSIN of the patient who acts is missing',
    'TL.INPUT.06': 'the SSIN of the patient who acts is not valid',
    'TL.INPUT.10': 'the identifier of the provider who acts is missing',
    'TL.INPUT.11': 'the SSIN of the provider who acts is not valid',
    'TL.INPUT.12': 'the NIHII number of the provider who acts is not valid',
    'TL.INPUT.13': 'NIHII number and SSIN of the provider who acts do not belong together',
    'TL.INPUT.14': 'the NIHII number of the provider who acts is not of that category',
    'TL.INPUT.15': 'the category of the provider who acts is not valid',
    'TL.INPUT.16': 'the identifier of the pharmacy is missing',
    'TL.INPUT.17': 'the NIHII number of the pharmacy is not valid',
    'TL.INPUT.18': 'the pharmacy is not recognised',
    'TL.INPUT.19': 'the identifier of the holder is missing',
    'TL.INPUT.20': 'the SSIN of the holder is not valid',
    'TL.INPUT.21': 'the NIHII number of the holder is not valid',
    'TL.INPUT.22': 'NIHII number and SSIN of the holder do not belong together',
    'TL.INPUT.23': 'the NIHII number of the holder is not of that category',
    'TL.INPUT.24': 'the holder is not the certified holder of this pharmacy',
    'TL.INPUT.25': 'the pharmacist is not known to the pharmacy',
    'TL.INPUT.26': 'the identifier of the organisation is missing',
    'TL.INPUT.27': 'the identifier of the organisation is not valid',
    'TL.INPUT.28': 'the organisation is not supported',
    'TL.INPUT.29': 'the professional of the organisation is missing',
    'TL.INPUT.30': 'the SSIN of the patient is missing',
    'TL.INPUT.31': 'the identifier of the patient is not valid',
    'TL.INPUT.31.01': 'the patient has more than one SSIN',
    'TL.INPUT.31.02': 'the SSIN of the patient is malformed',
    'TL.INPUT.31.03': 'the patient has more than one card number',
    'TL.INPUT.31.04': 'the SIS card number is malformed',
    'TL.INPUT.35': 'first name or family name of the patient is missing',
    'TL.INPUT.40': 'the SSIN of the provider is not valid',
    'TL.INPUT.41': 'the NIHII number of the provider is not valid',
    'TL.INPUT.42': 'NIHII number and SSIN of the provider do not belong together',
    'TL.INPUT.43': 'the category of the provider is missing',
    'TL.INPUT.44': 'the category of the provider is not valid',
    'TL.INPUT.44.1': 'the category of the provider is not supported',
    'TL.INPUT.45': 'the NIHII number of the provider is not of that category',
    'TL.INPUT.46': 'the pharmacist is not the holder',
    'TL.INPUT.47': 'the provider was not found',
    'TL.INPUT.50': 'the type of the link is not valid',
    'TL.INPUT.51': 'the type of the link is not allowed for this operation',
    'TL.INPUT.52': 'the global medical file is not declared here',
    'TL.INPUT.60': 'the period is not valid',
    'TL.INPUT.61': 'the start lies before the day of the declaration',
    'TL.INPUT.62': 'the start is not the day of the declaration',
    'TL.INPUT.63': 'the end lies before the start',
    'TL.INPUT.64': 'the end lies before today',
    'TL.INPUT.64.01': 'the end is not three months after the start',
    'TL.INPUT.64.02': 'the end is not six months after the start',
    'TL.INPUT.65': 'the period is not valid',
    'TL.INPUT.66': 'a search for the global medical file takes no period',
    'TL.INPUT.67': 'a search has both dates or none',
    'TL.INPUT.67.01': 'the end of the revocation lies outside of the link',
    'TL.INPUT.67.02': 'only a search of active links takes a period',
    'TL.INPUT.69': 'the patient is missing',
    'TL.OTHER.10': 'more rows are asked for than the platform gives',
    'TL.OTHER.15': 'the comment is longer than 256 characters',
  }),
  ...all(readCard, {
    'TL.INPUT.07': 'card and SSIN of the patient who acts do not belong together',
    'TL.INPUT.31.05': 'the eID card number is malformed',
    'TL.INPUT.32': 'the eID card number is missing',
    'TL.INPUT.33': 'the SIS card number is missing',
    'TL.INPUT.34': 'card and SSIN do not belong together',
  }),
  ...all('Read the card of the patient, or let him sign, and give that as proof.', {
    'TL.INPUT.70': 'the proof is missing',
    'TL.INPUT.71': 'the proof is not valid',
    'TL.INPUT.72': 'the type of the proof is not valid',
    'TL.INPUT.73': 'the proof is not sufficient for the operation',
    'TL.INPUT.74': 'the signature of the proof is missing',
    'TL.INPUT.75': 'the method of the proof is not valid',
    'TL.INPUT.76': 'the signature of the proof cannot be read',
    'TL.INPUT.77': 'the proof was not signed by the patient',
    'TL.INPUT.78': 'the certificate of the proof has ended',
    'TL.INPUT.79': 'the certificate of the proof is not valid',
    'TL.INPUT.80': 'the certificate of the proof is not meant for signing',
    'TL.INPUT.81': 'the certificate of the proof comes from nobody who is trusted',
    'TL.INPUT.82': 'the patient of the signed link is another one',
    'TL.INPUT.83': 'the provider of the signed link is another one',
    'TL.INPUT.84': 'reading a card takes no signature',
    'TL.INPUT.85': 'no proof is wanted here',
  }),
  ...all('Ask for fewer: one provider, one type.', {
    'TL.OTHER.5': 'there are more results than the platform gives',
  }),
  ...all(desk, { 'TL.OTHER.20': 'the licence is not valid', 'NIP.AUTH.license': 'the licence is not valid' }),
  ...all('Nothing where a list came along: the sickness funds added nothing to it.', {
    'NIP.META.TlServiceBean': 'the sickness funds: the link exists, or was not found',
    'NIP.GENERIC.TlProcessBean': 'the sickness funds: the link is revoked already',
    'NIP.INPUT.RequestValidation': 'the sickness funds: no proof is wanted',
  }),
}

/** Codes that are outcomes of their own; those of the sickness funds say the same. */
export const linkCodes = {
  excluded: ['TL.ACCESS.08'],
  noLink: ['TL.ACCESS.09', 'TL.ACCESS.11'],
  exists: ['TL.ACCESS.10'],
  notFound: ['TL.ACCESS.11'],
  over: ['TL.ACCESS.12', 'NIP.GENERIC.TlProcessBean'],
} as const
