import type { ErrorEntry } from './entry.js'

export const therlinkErrors = {
  'therlink.names-required': {
    origin: 'client',
    meaning: 'The platform takes no link without the names of the patient.',
    hint: 'Give first name and family name as the card shows them.',
  },
  'therlink.type': {
    origin: 'client',
    meaning: 'A link of this type cannot be declared or revoked here.',
    hint: 'The link of the global medical file is kept by the sickness funds; give another type.',
  },
  'therlink.period': {
    origin: 'client',
    meaning: 'The period of a link or of a search is impossible.',
    hint: 'The end lies behind the start; a search has both ends or none, and only for active links.',
  },
  'therlink.comment': {
    origin: 'client',
    meaning: 'The comment of a link is too long.',
    hint: 'Give 256 characters at most.',
  },
  'therlink.criteria': {
    origin: 'client',
    meaning: 'A search of links is not one that the platform answers.',
    hint: 'Name the patient, ask for 1 to 1000 rows, and give no period for the type gmd.',
  },
  'therlink.proof': {
    origin: 'client',
    meaning: 'A proof is not what its type demands.',
    hint: 'Reading a card takes no signature; signing takes the credential of the patient or what it signed.',
  },
  'therlink.bulk': {
    origin: 'client',
    meaning: 'There is no link to declare.',
    hint: 'Give at least one link.',
  },
} satisfies Record<string, ErrorEntry>
