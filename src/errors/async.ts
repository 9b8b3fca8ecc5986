import type { ErrorEntry } from './entry.js'

export const asyncErrors = {
  'async.too-soon': {
    origin: 'platform',
    meaning: 'The mailbox was asked again too soon.',
    hint: 'Wait 30 seconds at least, and confirm what was received before asking again.',
    retryable: true,
  },
  'async.acknowledgement': {
    origin: 'partner',
    meaning: 'The acknowledgement of a post is about something else, or unreadable.',
    hint: 'Whether the post was taken is unknown: look for its acknowledgement in the mailbox before posting again.',
  },
  'async.nothing-to-confirm': {
    origin: 'client',
    meaning: 'A confirmation names no message and no acknowledgement.',
    hint: 'Confirm what was received; when nothing was, there is nothing to confirm.',
  },
  'async.store': {
    origin: 'client',
    meaning: 'The store of a runner cannot be read or written, or holds what is none of its own.',
    hint: 'Check the directory, its rights and the space on the disk; `cause` has the error of the system.',
  },
  'async.store-locked': {
    origin: 'client',
    meaning: 'Another process has the store.',
    hint: 'Let one runner have a store; stop the other one, or give this one a directory of its own.',
  },
  'async.conflict': {
    origin: 'client',
    meaning: 'A post of this name with another content is in the store already.',
    hint: 'Give what is to be posted a name of its own, or the very same content to go on with it.',
  },
} satisfies Record<string, ErrorEntry>
