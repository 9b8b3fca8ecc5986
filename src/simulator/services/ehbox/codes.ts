/** Status codes of the eHealthBox and their texts (spec ehealthbox §2.5). */

/** Codes that the chapter names, and those that it leaves open: the latter are (inferred) and stand only here. */
export const ehboxCodes = {
  success: '100',
  tooLarge: '801',
  recipientInvalid: '802',
  qualityUnknown: '803',
  typeUnknown: '804',
  subTypeUnknown: '805',
  boxInvalid: '810',
  publicationForbidden: '814',
  digest: '816',
  outOfOffice: '826',
  /** (inferred) */ publicationIdUsed: '817',
  /** (inferred) */ messageUnknown: '820',
  /** (inferred) */ moveForbidden: '821',
  /** (inferred) */ absenceInvalid: '822',
  /** (inferred) */ absenceUnknown: '823',
} as const

export type EhboxCode = (typeof ehboxCodes)[keyof typeof ehboxCodes]

export const texts: Readonly<Record<EhboxCode, string>> = {
  '100': 'SUCCESS',
  '801': 'The message is larger than the authorised maximum',
  '802': 'The identifier of the recipient is not valid',
  '803': 'The quality is not known',
  '804': 'The type is not known',
  '805': 'The subtype is not known',
  '810': 'The box is not valid or not accessible',
  '814': 'Publication to this quality is not allowed',
  '816': 'The digest differs from the received content',
  '817': 'The publication identifier has been used before',
  '820': 'The message was not found',
  '821': 'The messages cannot be moved between these folders',
  '822': 'The absence is not acceptable',
  '823': 'The absence was not found',
  '826': 'At least one recipient is out of office',
}
