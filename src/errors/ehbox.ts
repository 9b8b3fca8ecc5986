import type { ErrorEntry } from './entry.js'

export const ehboxErrors = {
  'ehbox.no-recipient': {
    origin: 'client',
    meaning: 'A message needs at least one recipient.',
    hint: 'Name a recipient in `to`.',
  },
  'ehbox.recipient': {
    origin: 'client',
    meaning: 'A recipient or box is not named as the eHealthBox needs it.',
    hint: 'Give one number (ssin, nihii, cbe or ehp) and the quality, or { id, type, subType, quality }.',
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
  'ehbox.content': {
    origin: 'client',
    meaning: 'A file or stream that was to be sent cannot be read.',
    hint: 'Check that the file exists and may be read, and that the stream gives octets.',
  },
  'ehbox.sender-key': {
    origin: 'client',
    meaning:
      'The sender has no valid encryption key: he could not read his own copy of an encrypted message.',
    hint: 'Renew the encryption key of the keystore and publish its token.',
  },
  'ehbox.no-substitute': {
    origin: 'client',
    meaning: 'An absent recipient has no substitute and would not get the message at all.',
    hint: 'Send it anyway, or name somebody else.',
  },
  'ehbox.absence': {
    origin: 'client',
    meaning: 'The absence breaks a rule of the eHealthBox.',
    hint: 'A period lasts and ends within a year and has at most five substitutes; give days as YYYY-MM-DD.',
  },
  'ehbox.refused': {
    origin: 'platform',
    meaning: 'The eHealthBox refused the request with a status of its own.',
    hint: 'Read the text of the platform in `platform.messages`; quote `platform.code` and `platform.id` to its service desk.',
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
  'ehbox.unsealed-field': {
    origin: 'partner',
    meaning: 'A message that calls itself encrypted holds a field that is not sealed.',
    hint: 'Do not use the content; ask the sender to send again.',
  },
  'ehbox.mixed-authors': {
    origin: 'partner',
    meaning: 'The sealed parts of one message were not all sealed by the same party.',
    hint: 'Do not use the content: a part may have been exchanged. Ask the sender to send again.',
  },
  'ehbox.save': {
    origin: 'client',
    meaning: 'The files of a message cannot be written.',
    hint: 'Check that the directory can be written and has room. The message counts as read.',
  },
  'ehbox.cursor': {
    origin: 'client',
    meaning: 'What a mail loop remembers cannot be read or written.',
    hint: 'Check the file, its directory and the room on the disk. Without it, messages would be handed over a second time.',
  },
  'ehbox.cursor-locked': {
    origin: 'client',
    meaning: 'Another process runs a mail loop with the same cursor.',
    hint: 'End it first. If no such process exists, remove the file that ends in `.lock`.',
  },
  'ehbox.folder': {
    origin: 'client',
    meaning: 'The folder does not exist or a message cannot be read from it.',
    hint: 'Read from INBOX, SENTBOX or HISTORY; move a message out of its bin before reading it.',
  },
  'ehbox.move': {
    origin: 'client',
    meaning: 'Messages move only between a folder and its own bin.',
    hint: 'INBOX to BININBOX and SENTBOX to BINSENTBOX, and back.',
  },
} satisfies Record<string, ErrorEntry>
