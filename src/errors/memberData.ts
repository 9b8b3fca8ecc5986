import type { ErrorEntry } from './entry.js'

export const memberDataErrors = {
  'member-data.patient': {
    origin: 'client',
    meaning: 'It cannot be told which patient is meant.',
    hint: 'Give ssin, or registrationNumber and mutuality, or ssin and mutuality.',
  },
  'member-data.period': {
    origin: 'client',
    meaning: 'The period of the question is none.',
    hint: 'Give on, or from and until, the first day that is no longer meant.',
  },
  'member-data.facet': {
    origin: 'client',
    meaning: 'A facet is asked for in a way that nobody answers.',
    hint: 'Give each facet once, with its particulars: see docs/member-data.md.',
  },
  'member-data.answer': {
    origin: 'platform',
    meaning: 'The answer of MemberData is unreadable.',
    hint: 'Report it with the reference of the question.',
  },
  'member-data.other-answer': {
    origin: 'platform',
    meaning: 'The answer belongs to another question, or is about another patient.',
    hint: 'Do not use it; ask again, and report it if it persists.',
  },
} satisfies Record<string, ErrorEntry>
