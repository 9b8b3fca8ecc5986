/** The catalogue of errors in French. */
import type { ErrorText } from '../index.js'

export const frenchErrors: Readonly<Record<string, ErrorText>> = {}
