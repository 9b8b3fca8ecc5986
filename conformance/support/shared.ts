/** Where the platform's contracts, the vectors and the judge are: `EHEALTH_SHARED`, by default `../shared`. */
import { fileURLToPath } from 'node:url'

const folder = process.env['EHEALTH_SHARED'] ?? fileURLToPath(new URL('../../../shared', import.meta.url))

/** Path of a file or folder below it. */
export const shared = (path: string): string => `${folder}/${path}`
