/** The platform behind a session. */
import type { Certificate } from '../../../technical/pki/index.js'
import type { Session } from '../../../technical/session/types.js'
import { checkCompleteness, getStamps } from '../../../technical/timestamp/consult.js'
import { stamp } from '../../../technical/timestamp/stamp.js'
import type { StampingPlatform } from './platform.js'

const statuses = { complete: 'OK', incomplete: 'INCOMPLETE', error: 'ERROR' } as const

export function sessionPlatform(
  session: Session,
  { hospital, trust }: { hospital: string | undefined; trust: readonly Certificate[] },
): StampingPlatform {
  const whose = hospital === undefined ? {} : { hospital }
  return {
    stamp: async (document, options) => {
      // Judged here, not there: a token that does not verify is kept. Repeated here, too: each attempt is noted before.
      const { response, token } = await stamp(
        session,
        { document, mimeType: 'text/xml' },
        { ...options, trust, verify: 'report', retry: { attempts: 1 } },
      )
      return { response, token }
    },
    fetch: async (stamps) => {
      const found = await getStamps(session, stamps, { ...whose, trust })
      return [...found.stamps, ...found.unexpected].map(({ document, response, token }) => ({
        bytes: document,
        response,
        token,
      }))
    },
    completeness: async (period) => {
      const { outcome, missing, error } = await checkCompleteness(session, { ...period, ...whose })
      return { status: statuses[outcome], missing, ...(error === undefined ? {} : { error }) }
    },
  }
}
