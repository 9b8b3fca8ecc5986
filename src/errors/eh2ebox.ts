import type { ErrorEntry } from './entry.js'

export const eh2eboxErrors = {
  'ebox.forbidden': {
    origin: 'client',
    meaning: 'The eBox of citizens does not take this part of a message.',
    hint: 'Leave it out: a citizen is named by his number alone.',
  },
  'ebox.unknown': {
    origin: 'client',
    meaning: 'It is not known how the eBox of citizens takes this part of a message, so it is not sent.',
    hint: 'Leave it out, or call the operation yourself (`eh2eboxOperations`) if the cookbook of the eH2eBox tells you how.',
  },
  'ebox.refused': {
    origin: 'platform',
    meaning: 'The eH2eBox refused the publication with a status of its own.',
    hint: 'Read the text of the platform in `platform.messages`; quote `platform.code` and `platform.id` to its service desk.',
  },
} satisfies Record<string, ErrorEntry>
