import type { ErrorEntry } from './entry.js'

export const prescriptionArchiveErrors = {
  'prescription-archive.driver': {
    origin: 'client',
    meaning:
      'There is no SQLite in this process: Node.js has none built in, and the package `libsql` is not installed.',
    hint: 'Use Node.js 22.13 or later, or run npm install libsql (binaries, nothing is compiled).',
  },
  'prescription-archive.storage': {
    origin: 'client',
    meaning: 'The file of the archive could not be read or written; nothing was taken in.',
    hint: 'Check space and rights of the disk, then hand the prescription over again: one that is known keeps its number.',
    retryable: true,
  },
  'prescription-archive.file': {
    origin: 'client',
    meaning: 'The file is no archive of prescriptions, or one of a later version.',
    hint: 'Name the file that the archive was begun with; update this library where the file is newer.',
  },
  'prescription-archive.busy': {
    origin: 'client',
    meaning: 'More prescriptions wait to be written than the queue may hold; this one was not taken in.',
    hint: 'Hand it over again after a pause.',
    retryable: true,
  },
  'prescription-archive.too-large': {
    origin: 'client',
    meaning: 'The prescription is larger than the limit.',
    hint: 'Raise `maxBytes` if that is intended.',
  },
  'prescription-archive.leased': {
    origin: 'client',
    meaning: 'Another process seals and sends the bags of this archive.',
    hint: 'Let one process do it; it is taken over by itself when that one ends.',
    retryable: true,
  },
  'prescription-archive.closed': {
    origin: 'client',
    meaning: 'The archive has been closed.',
    hint: 'Open it again; what was acknowledged is there.',
  },
  'prescription-archive.watch': {
    origin: 'client',
    meaning: 'A watched directory, or a file in it, cannot be read or moved.',
    hint: 'Check that the directories exist and may be written, and that `done` is on the same file system.',
  },
} satisfies Record<string, ErrorEntry>
