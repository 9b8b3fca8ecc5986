/**
 * What the STS granted of what was demanded. A "success" says nothing about recognition: the STS answers `false`, or an
 * empty value, for what it does not know of somebody (spec sts-iam §1.5, §9).
 */
import { EHealthError, isEHealthError } from '../../errors.js'
import { isNihii, sameNihii } from '../identifiers/index.js'
import type { Token } from './token.js'

/** Why an attribute does not count as granted. */
export type UngrantedState =
  /** The token does not carry it. */
  | 'absent'
  /** It carries no value: the registers know nothing of that kind about the holder. */
  | 'empty'
  /** The registers know the holder, and that he is not this. */
  | 'false'
  /** The registers know the holder by another number than the one given. */
  | 'other-number'

/** What to do about it. */
export type UngrantedAdvice =
  /** See whether the name is spelt as the platform spells it, and asked for. */
  | 'check-name'
  /** See whether the holder is registered with that profession or quality, and under these numbers. */
  | 'check-registration'
  /** Have the recognition put right with the authority that grants it; until then this profession is not his. */
  | 'obtain-recognition'
  /** See whether the number given is the holder's. */
  | 'check-number'

/** An attribute that was demanded and not granted. Its value is never told. */
export interface UngrantedAttribute {
  name: string
  state: UngrantedState
  advice: UngrantedAdvice
}

const advices: Readonly<Record<UngrantedState, UngrantedAdvice>> = {
  absent: 'check-name',
  empty: 'check-registration',
  false: 'obtain-recognition',
  'other-number': 'check-number',
}

const hints: Readonly<Record<UngrantedAdvice, string>> = {
  'check-name': 'The STS did not answer it: check that the name is spelt as the platform spells it.',
  'check-registration':
    'The holder is not registered as such with the platform: check profession, quality and numbers.',
  'obtain-recognition':
    'The holder is not recognised as such: the authority that recognises this profession can put it right.',
  'check-number': 'The platform knows the holder by another NIHII number: check the one that you gave.',
}

/** What a token must say. */
export interface DemandedAttributes {
  /** Names of attributes that must be granted: neither absent nor empty nor `false`. */
  demanded?: readonly string[]
  /** NIHII number of the caller: what is demanded under a name that ends in `nihii11` must be it (its first 8 digits). */
  nihii?: string
}

/**
 * What a token does not grant of what is demanded; empty when it grants all.
 *
 * @example
 * ```ts
 * import { ungrantedIn } from 'ehealth-connectors/sts'
 *
 * for (const { name, state, advice } of ungrantedIn(issued, { demanded: ['urn:be:fgov:person:ssin:doctor:boolean'] }))
 *   console.log(name, state, advice)
 * ```
 */
export function ungrantedIn(
  token: Pick<Token, 'values' | 'grants'>,
  { demanded = [], nihii }: DemandedAttributes,
): UngrantedAttribute[] {
  return demanded.flatMap((name) => {
    const state = stateOf(token, name, nihii)
    return state === undefined ? [] : [{ name, state, advice: advices[state] }]
  })
}

function stateOf(
  token: Pick<Token, 'values' | 'grants'>,
  name: string,
  nihii: string | undefined,
): UngrantedState | undefined {
  const values = token.values(name)
  if (!token.grants(name))
    return values.length === 0 ? 'absent' : values.includes('false') ? 'false' : 'empty'
  // the qualification changes during a career, so 8 digits count (spec identifiers §3)
  const mine = (value: string): boolean => isNihii(value) && sameNihii(value, nihii!)
  return nihii !== undefined && name.endsWith('nihii11') && !values.every(mine) ? 'other-number' : undefined
}

/** @throws EHealthError `token.attribute`; {@link ungrantedAttributes} reads it */
export function assertGranted(token: Token, wanted: DemandedAttributes): void {
  const attributes = ungrantedIn(token, wanted)
  const [first] = attributes
  if (first === undefined) return
  const listed = attributes.map(({ name, state }) => `${name} (${state})`).join(', ')
  throw new EHealthError('token.attribute', `the STS did not grant ${listed}`, {
    details: { attribute: first.name, state: first.state, attributes },
    hint: [...new Set(attributes.map(({ advice }) => hints[advice]))].join(' '),
  })
}

/**
 * The attributes that an error is about: those that were demanded of a token and not granted. Empty for any other error.
 *
 * @example
 * ```ts
 * import { ungrantedAttributes } from 'ehealth-connectors/sts'
 *
 * try {
 *   await me.technical.token()
 * } catch (error) {
 *   for (const { name, state, advice } of ungrantedAttributes(error)) console.error(name, state, advice)
 * }
 * ```
 */
export function ungrantedAttributes(error: unknown): readonly UngrantedAttribute[] {
  return isEHealthError(error, 'token.attribute')
    ? ((error.details?.['attributes'] ?? []) as readonly UngrantedAttribute[])
    : []
}
