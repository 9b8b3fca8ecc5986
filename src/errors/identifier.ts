import type { ErrorEntry } from './entry.js'

export const identifierErrors = {
  'identifier.length': {
    origin: 'client',
    meaning: 'The identifier has the wrong number of digits.',
    hint: 'Give every digit, a leading zero too; blanks, dots and dashes do not count.',
  },
  'identifier.not-digits': {
    origin: 'client',
    meaning: 'The identifier holds something else than digits.',
    hint: 'Check the number.',
  },
  'identifier.check-digit': {
    origin: 'client',
    meaning: 'The check digits of the identifier do not fit.',
    hint: 'Check the number for a typing error.',
  },
  'identifier.month': {
    origin: 'client',
    meaning: 'The month inside the identifier does not exist.',
    hint: 'Check the number.',
  },
  'identifier.day': {
    origin: 'client',
    meaning: 'The day inside the identifier does not exist.',
    hint: 'Check the number.',
  },
  'identifier.sequence': {
    origin: 'client',
    meaning: 'The sequence number inside the identifier is never issued.',
    hint: 'Check the number.',
  },
  'identifier.future': {
    origin: 'client',
    meaning: 'The identifier names a birth date in the future.',
    hint: 'Check the number.',
  },
  'identifier.format': {
    origin: 'client',
    meaning: 'The value does not have the form of its kind.',
    hint: 'Check the value.',
  },
  'identifier.year': {
    origin: 'client',
    meaning: 'The year lies outside the range of its kind.',
    hint: 'Check the value.',
  },
  'identifier.day-without-month': {
    origin: 'client',
    meaning: 'An incomplete date has a day but no month.',
    hint: 'Give the month, or 00 for the day as well.',
  },
  'identifier.profession': {
    origin: 'client',
    meaning: 'The first digit of the NIHII number belongs to no profession.',
    hint: 'Check whether the number was padded with zeros on the left.',
  },
  'identifier.first-digit': {
    origin: 'client',
    meaning: 'No number of this kind starts with that digit.',
    hint: 'Check the number.',
  },
  'identifier.not-a-municipality': {
    origin: 'client',
    meaning: 'The NIS code names a province, an arrondissement or a region.',
    hint: 'Give the code of the municipality.',
  },
  'identifier.range': {
    origin: 'client',
    meaning: 'The code lies outside the range of its list.',
    hint: 'Check the code.',
  },
  'identifier.case': {
    origin: 'client',
    meaning: 'The code must be written in capitals.',
    hint: 'Write the code in capitals.',
  },
  'identifier.type': {
    origin: 'client',
    meaning: 'The platform knows no identifier type of this name.',
    hint: 'Use a name of the list of identifier types, for instance SSIN or NIHII-HOSPITAL.',
  },
} satisfies Record<string, ErrorEntry>
