/** What an answer of the KGSS says of itself (spec etee §5.2). */
import { EHealthError, type PlatformDetail } from '../../errors.js'
import type { GetKeyResponse, GetNewKeyResponse } from './contract.js'

const successes: ReadonlySet<string> = new Set(['100', '200'])

/** Unknown identifier, or reader not in the access list: the KGSS does not tell which. */
export const noKeyFound = 'NO_KEY_FOUND'

/**
 * Passes an answer that says success: status 100 or 200, and no Error whatever the status.
 *
 * @throws EHealthError `kgss.key-not-found`, `kgss.refused`, with the platform's code and texts
 */
export function assertSuccess(
  answer: Pick<GetNewKeyResponse | GetKeyResponse, 'Status' | 'Error' | 'Id'>,
): void {
  const { Status, Error: errors, Id } = answer
  const ticket: PlatformDetail = Id === undefined ? {} : { id: Id }
  const [error] = errors
  if (error !== undefined) {
    const platform: PlatformDetail = {
      ...ticket,
      code: error.Code,
      messages: error.Message.map(({ value, Lang }) => ({
        text: value,
        ...(Lang === undefined ? {} : { language: Lang }),
      })),
    }
    if (error.Code === noKeyFound)
      throw new EHealthError('kgss.key-not-found', 'there is no such key, or it is not for the caller', {
        platform,
      })
    throw new EHealthError('kgss.refused', `the KGSS refused the request: ${printable(error.Code)}`, {
      platform,
    })
  }
  if (successes.has(Status.Code)) return
  throw new EHealthError('kgss.refused', `the KGSS answered status ${printable(Status.Code)}`, {
    platform: { ...ticket, code: Status.Code, messages: [{ text: Status.Message }] },
  })
}

/** A code is short and plain; anything else stays in `platform.code` only. */
const printable = (code: string): string => (/^[\w.-]{1,40}$/.test(code) ? code : 'of unusual form')

/** An answer without what its contract lets it leave out and we cannot do without. */
export const unreadable = (path: string): EHealthError =>
  new EHealthError('contract.unreadable', `${path}: missing`, { path })
