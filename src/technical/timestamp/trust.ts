/** What tokens of the platform's authority are judged with. */
import { EHealthError } from '../../errors.js'
import type { Session } from '../session/types.js'
import type { VerifyTimestampOptions } from '../timestampToken/index.js'

/** How tokens are judged; what is omitted comes from the session. */
export type JudgeOptions = Pick<
  VerifyTimestampOptions,
  'certificates' | 'policies' | 'otherPolicy' | 'revocation' | 'clockSkew'
> &
  Partial<Pick<VerifyTimestampOptions, 'trust'>>

/**
 * Before anything is sent: whoever trusts nobody could not use the answer (spec timestamp, trap 14).
 *
 * @throws EHealthError `timestamp.no-trust`
 */
export function assertTrust(session: Session, { trust }: JudgeOptions): void {
  if ((trust ?? session.trust.timestampAuthority).length === 0)
    throw new EHealthError('timestamp.no-trust', 'no time stamp authority is trusted', { path: 'trust' })
}

/** Options of the verification. */
export function judging(session: Session, options: JudgeOptions): JudgeOptions & VerifyTimestampOptions {
  const { trust, certificates, policies, otherPolicy, revocation, clockSkew } = options
  return {
    trust: trust ?? session.trust.timestampAuthority,
    revocation: revocation ?? session.revocation,
    runtime: session.runtime,
    ...(certificates === undefined ? {} : { certificates }),
    ...(policies === undefined ? {} : { policies }),
    ...(otherPolicy === undefined ? {} : { otherPolicy }),
    ...(clockSkew === undefined ? {} : { clockSkew }),
  }
}
