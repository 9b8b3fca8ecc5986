import type { ErrorEntry } from '../src/errors/entry.js'

/** The page docs/errors.md for a catalogue of error codes. */
export function renderErrorsPage(catalogue: Readonly<Record<string, ErrorEntry>>): string
