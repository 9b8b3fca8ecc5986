import type { ErrorEntry } from './entry.js'

export const ehboxErrors = {
  'ehbox.no-recipient': {
    origin: 'client',
    meaning: 'A message needs at least one recipient.',
    hint: 'Name a recipient in `to`.',
  },
  'ehbox.too-large': {
    origin: 'client',
    meaning: 'The message is larger than the eHealthBox accepts.',
    hint: 'Make the annexes smaller or send several messages.',
  },
  'ehbox.all-encrypted': {
    origin: 'client',
    meaning: 'A message to ALL cannot be encrypted: nobody but the sender could read it.',
    hint: 'Send it clear, or name the recipients.',
  },
  'ehbox.clear-patient': {
    origin: 'client',
    meaning: 'A patient number may only travel in an encrypted message.',
    hint: 'Set `encrypt: true`.',
  },
  'ehbox.free-information': {
    origin: 'client',
    meaning: 'Free text and table exclude each other.',
    hint: 'Give one of the two.',
  },
  'ehbox.refused': {
    origin: 'platform',
    meaning: 'The eHealthBox refused the request with a status of its own.',
    hint: 'See the platform code in `platform.code`.',
  },
  'ehbox.digest': {
    origin: 'partner',
    meaning: 'The content received is not the content the sender declared.',
    hint: 'Do not use the content; ask the sender to send again.',
  },
  'ehbox.attachment-missing': {
    origin: 'platform',
    meaning: 'The message refers to an attachment that the answer does not contain.',
    hint: 'Read the message again; report it if it persists.',
  },
  'ehbox.move': {
    origin: 'client',
    meaning: 'Messages move only between a folder and its own bin.',
    hint: 'INBOX to BININBOX and SENTBOX to BINSENTBOX, and back.',
  },
  'ehbox.out-of-office': {
    origin: 'platform',
    meaning: 'A recipient is out of office; nothing was sent.',
    hint: 'Send to the substitutes or confirm with `outOfOffice: "deliver-anyway"`.',
  },
} satisfies Record<string, ErrorEntry>
