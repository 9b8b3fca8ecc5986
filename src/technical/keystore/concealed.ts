/** Credentials and keys as they show themselves to a careless `console.log`. */
import { inspect } from 'node:util'

import type { Certificate } from '../pki/certificate.js'

/** Frozen, and shown in logs by its certificate's fingerprint only. */
export function concealed<T extends { certificate: Certificate; keyType: string }>(
  name: string,
  value: T,
): Readonly<T> {
  const shown = (): Record<string, string> => ({
    kind: name,
    keyType: value.keyType,
    fingerprint: value.certificate.fingerprint,
  })
  Object.defineProperty(value, 'toJSON', { value: shown })
  Object.defineProperty(value, inspect.custom, {
    value: () => `${name} ${value.keyType} ${value.certificate.fingerprint}`,
  })
  return Object.freeze(value)
}
