/** When a token is renewed, and who may ask for one. */
import type { Runtime } from '../environment/runtime.js'
import type { Token } from '../sts/index.js'

const minute = 60_000

/**
 * `on-demand`, the default: with the first call in the last part of the token's life. `background`: then, without waiting for
 * a call. `never`: the session ends with its token, as one must that stands in for a card (spec sts-iam §2.1).
 */
export type RenewalMode = 'on-demand' | 'background' | 'never'

export const renewalModes: readonly RenewalMode[] = ['on-demand', 'background', 'never']

/** Milliseconds by which the clocks here and at the platform may differ when nobody says otherwise. */
export const defaultClockSkew = 5 * minute

/** What the times of a token mean to a session. */
export interface RenewalRules {
  isValid(token: Token): boolean
  /** True from {@link dueAt} on. */
  isDue(token: Token): boolean
  dueAt(token: Token): number
  /** Whether the STS may be asked: `had` when the session had a token before. */
  mayAsk(had: boolean): boolean
}

/**
 * Due in the last tenth of the token's life, at least in its last five minutes (or what clocks may differ by); of a very short
 * life, in its second half. Up to a fifth earlier than that by chance, so that sessions that began together do not renew
 * together.
 */
export function renewalRules(options: {
  mode: RenewalMode
  /** False for a session that only lives on a token it was given. */
  mayLogIn: boolean
  clockSkew: number
  runtime: Pick<Runtime, 'now' | 'randomBytes'>
}): RenewalRules {
  const { mode, mayLogIn, clockSkew, runtime } = options
  let jitter: number | undefined
  const dueAt = (token: Token): number => {
    jitter ??= 1 + runtime.randomBytes(1)[0]! / 256 / 5
    const end = token.notOnOrAfter.getTime()
    const life = end - token.notBefore.getTime()
    return end - Math.min(Math.max(life / 10, clockSkew) * jitter, life / 2)
  }
  return {
    dueAt,
    isDue: (token) => mode !== 'never' && runtime.now().getTime() >= dueAt(token),
    isValid: (token) => runtime.now().getTime() < token.notOnOrAfter.getTime(),
    mayAsk: (had) => mayLogIn && (mode !== 'never' || !had),
  }
}
