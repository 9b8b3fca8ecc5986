/** The numbers that a caller gives, checked at the door. */
import { EHealthError } from '../errors.js'
import type { NumberName, ProfessionData } from '../technical/actors/index.js'
import { parseCbe, parseEhp, parseNihii, parseSite, parseSsin } from '../technical/identifiers/index.js'

/** Numbers as a caller gives them. */
export type GivenNumbers = { readonly [Name in NumberName]?: string | undefined }

/** Numbers in the form of the token request: digits only. */
export type CheckedNumbers = { readonly [Name in NumberName]?: string }

const institution = (text: string): string => parseNihii(text).base8

const parsers: { readonly [Name in NumberName]: (text: string, kind: ProfessionData['kind']) => string } = {
  ssin: (text) => parseSsin(text).normalized,
  holder: (text) => parseSsin(text).normalized,
  // The certificate of an organisation has 8 digits, the register of persons 11 (spec identifiers §3.4).
  nihii: (text, kind) => (kind === 'person' ? parseNihii(text).normalized : institution(text)),
  pharmacy: institution,
  cbe: (text) => parseCbe(text).normalized,
  // The rule of its check digits is observed only (spec identifiers §5).
  ehp: (text) => parseEhp(text, { tolerant: true }).normalized,
  site: (text) => parseSite(text),
}

/**
 * Reads the numbers of a profession; one that is required and missing fails as an empty one would.
 *
 * @throws EHealthError `identifier.*` with the path of the option
 */
export function checkNumbers({ kind, numbers }: ProfessionData, given: GivenNumbers): CheckedNumbers {
  const checked: { [Name in NumberName]?: string } = {}
  for (const [key, rule] of Object.entries(numbers)) {
    const name = key as NumberName
    const text = given[name] ?? (rule === 'own-ssin' ? given.ssin : undefined)
    if (text === undefined && rule === 'optional') continue
    checked[name] = atPath(`as.${name}`, () => parsers[name](text ?? '', kind))
  }
  return checked
}

/** Runs a check of an identifier and tells which option failed. */
function atPath<T>(path: string, check: () => T): T {
  try {
    return check()
  } catch (error) {
    if (!(error instanceof EHealthError)) throw error
    throw new EHealthError(error.code, error.message, { path, hint: error.hint, cause: error })
  }
}
