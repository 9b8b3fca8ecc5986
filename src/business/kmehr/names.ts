/** Names of people and organisations (spec consent-therlink-hub §1.6): a pair, or one name, or none. */
import { EHealthError, type ErrorCode } from '../../errors.js'

/** Names in the caller's words. */
export interface Names {
  /** Goes with `familyName`. */
  firstName?: string | undefined
  /** Goes with `firstName`. */
  familyName?: string | undefined
  /** One name instead of the two: an organisation, or a person who has but one. */
  name?: string | undefined
}

/** Names as a message carries them. */
export type WrittenNames =
  | { firstname: string; familyname: string; name?: undefined }
  | { name: string; firstname?: undefined; familyname?: undefined }
  | { name?: undefined; firstname?: undefined; familyname?: undefined }

/** @throws EHealthError `code`, when one of a pair is missing or a name stands beside the pair */
export function namesOf({ firstName, familyName, name }: Names, path: string, code: ErrorCode): WrittenNames {
  for (const [key, value] of Object.entries({ firstName, familyName, name }))
    if (value !== undefined && (typeof value !== 'string' || value.trim() === ''))
      throw new EHealthError(code, 'a name is empty', { path: `${path}.${key}` })
  if (name !== undefined) {
    if (firstName !== undefined || familyName !== undefined)
      throw new EHealthError(code, 'give first name and family name, or one name', { path: `${path}.name` })
    return { name }
  }
  if (firstName === undefined && familyName === undefined) return {}
  if (firstName === undefined || familyName === undefined)
    throw new EHealthError(code, 'first name and family name go together', {
      path: `${path}.${firstName === undefined ? 'firstName' : 'familyName'}`,
      hint: 'Of somebody with a single name, give it as `name`.',
    })
  return { firstname: firstName, familyname: familyName }
}

/** Names that a message carries, in our words; what is not there is left out. */
export const readNames = ({ firstname, familyname, name }: WrittenNamesLike): Names => ({
  ...(firstname === undefined ? {} : { firstName: firstname }),
  ...(familyname === undefined ? {} : { familyName: familyname }),
  ...(name === undefined ? {} : { name }),
})

type WrittenNamesLike = {
  firstname?: string | undefined
  familyname?: string | undefined
  name?: string | undefined
}
