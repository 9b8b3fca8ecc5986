import type { ErrorEntry } from './entry.js'

export const recordingErrors = {
  'recording.failed': {
    origin: 'client',
    meaning: 'An exchange could not be written into the recording; the call itself went on.',
    hint: 'Look at the disk space and the permissions of the directory; the recording has a hole.',
  },
  'recording.malformed': {
    origin: 'client',
    meaning: 'The directory is no recording, or a file of it is damaged.',
    hint: 'Give the directory that `record` wrote, whole.',
  },
  'recording.no-match': {
    origin: 'client',
    meaning: 'The recording holds no answer, or none that is left, to this request.',
    hint: 'Record the program again as it is now; docs/observability.md says what cannot be replayed.',
  },
} satisfies Record<string, ErrorEntry>
