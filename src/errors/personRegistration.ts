import type { ErrorEntry } from './entry.js'

export const personRegistrationErrors = {
  'person-registration.declaration': {
    origin: 'client',
    meaning: 'What was declared of a person is not enough for a number, or cannot be sent.',
    hint: 'Give name, whole birth date, birth place and gender; or name, birth date and an address abroad or in Belgium.',
  },
  'person-registration.not-searched': {
    origin: 'client',
    meaning: 'A person is registered only after a search, by a decision about its result.',
    hint: 'Give what `searchBeforeRegistering` returned, with the decision that fits it.',
  },
  'person-registration.used': {
    origin: 'client',
    meaning: 'With the result of this search a registration was tried already.',
    hint: 'Search again: the person may have been registered by the first try.',
  },
  'person-registration.outcome-unknown': {
    origin: 'transport',
    meaning: 'The answer was lost: the person may have been registered, or not.',
    hint: 'Do not repeat it. Search again after some minutes; register only if nobody is found.',
  },
} satisfies Record<string, ErrorEntry>
