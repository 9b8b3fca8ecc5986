/** The catalogue of errors in Dutch. */
import type { ErrorText } from '../index.js'

export const dutchErrors: Readonly<Record<string, ErrorText>> = {}
