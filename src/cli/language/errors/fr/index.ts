/** The catalogue of errors in French: every code, and no other. */
import type { ErrorTexts } from '../types.js'
import { configuration } from './configuration.js'
import { encryption } from './encryption.js'
import { identifiers } from './identifiers.js'
import { insurers } from './insurers.js'
import { keys } from './keys.js'
import { mailboxes } from './mailboxes.js'
import { patient } from './patient.js'
import { signatures } from './signatures.js'
import { timestamps } from './timestamps.js'
import { transport } from './transport.js'

export const frenchErrors = {
  ...configuration,
  ...encryption,
  ...identifiers,
  ...insurers,
  ...keys,
  ...mailboxes,
  ...patient,
  ...signatures,
  ...timestamps,
  ...transport,
} satisfies ErrorTexts
