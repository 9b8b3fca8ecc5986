/** Whether what others seal for the user can be opened by him (spec sts-iam §2.1, start sequence). */
import { EHealthError } from '../../errors.js'
import { told } from '../observability/told.js'
import { invalidOption } from '../session/options.js'
import type { Session } from '../session/index.js'
import { etkDepot } from './lookup.js'
import type { VerifiedToken } from './types.js'

/** What to do about an own token that does not fit: refuse, tell, or not even look. */
export type OwnTokenPolicy = 'require' | 'warn' | 'off'

/** @throws EHealthError `configuration.invalid` */
export function assertOwnTokenPolicy(policy: OwnTokenPolicy): void {
  if (!['require', 'warn', 'off'].includes(policy))
    throw invalidOption('checkOwnToken', 'expected require, warn or off')
}

/**
 * The user's published encryption token, if one of his keys opens what is sealed for it. A renewed certificate whose token
 * was not published, or a keystore of before the last renewal, is found out here and not by the first letter that stays
 * closed. It needs no login.
 *
 * @throws EHealthError `etk.not-found` (nothing is published), `etk.ambiguous`, `etk.own-key` (published for another
 * key), and what the depot and `Session.keystore` throw
 *
 * @example
 * ```ts
 * import { checkOwnToken } from 'ehealth-connectors/etk'
 *
 * const { encryptionCertificate } = await checkOwnToken(session)
 * console.log(`letters to you can be read until ${encryptionCertificate.notAfter.toISOString()}`)
 * ```
 */
export async function checkOwnToken(session: Session): Promise<VerifiedToken> {
  const keys = await session.keys.all()
  const token = await etkDepot(session).own()
  const { serialNumber } = token.encryptionCertificate
  if (keys.some(({ certificate }) => certificate.equals(token.encryptionCertificate))) return token
  throw new EHealthError(
    'etk.own-key',
    'no key of the session opens what is sealed for its published token',
    {
      details: { published: serialNumber.toString(), keys: keys.length },
    },
  )
}

/** Checks as that option says. @throws EHealthError as {@link checkOwnToken}, where it is required @internal */
export async function applyOwnTokenPolicy(session: Session, policy: OwnTokenPolicy): Promise<void> {
  if (policy === 'off') return
  const checked = told(
    session,
    () => checkOwnToken(session),
    (timing) => ({ type: 'etk', ownerType: 'own', ...timing }),
  )
  await (policy === 'require' ? checked : checked.catch(() => undefined))
}
