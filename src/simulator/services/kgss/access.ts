/** Who may read a key (spec etee §5.3): the semantics are inferred there, and stand here alone. */
import type { CredentialType } from '../../../technical/kgss/contract.js'
import type { CallerAttribute } from '../../service.js'
import type { StoredKey } from './store.js'

/** One allowed reader must match the token, and no excluded one: exclusion wins. */
export function mayRead(
  { allowed, excluded }: Pick<StoredKey, 'allowed' | 'excluded'>,
  attributes: readonly CallerAttribute[],
): boolean {
  const matches = (credential: CredentialType): boolean =>
    attributes.some((attribute) => fits(credential, attribute))
  return allowed.some(matches) && !excluded.some(matches)
}

/**
 * Namespace, name, and one of the values. Without Value, or with an empty one as some clients write it, any value will do that
 * grants something: an empty value and `false` are how the STS says no (spec sts-iam §1.5).
 */
function fits({ Namespace, Name, Value }: CredentialType, attribute: CallerAttribute): boolean {
  if (attribute.namespace !== Namespace || attribute.name !== Name) return false
  const any = Value.length === 0 || Value.includes('')
  return attribute.values.some((value) => (any && grants(value)) || (value !== '' && Value.includes(value)))
}

const grants = (value: string): boolean => value !== '' && value !== 'false'
