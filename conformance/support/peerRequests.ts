/** Requests recorded from the official connector (`../shared/vectors/peer-requests`). */
import { existsSync, readdirSync, readFileSync } from 'node:fs'

import { openBody, parseHttpDump, type HttpDump, type OpenedMessage } from '../../src/technical/soap/index.js'
import { shared } from './shared.js'

export const vectors = shared('vectors/')
export const available = existsSync(vectors)

/** The recorded request of this number: octets, and the parts of its message. */
export function peerRequest(number: string): { dump: HttpDump; message: OpenedMessage } {
  const folder = `${vectors}peer-requests/business/`
  const name = readdirSync(folder).find((entry) => entry.startsWith(`${number}-`))
  if (name === undefined) throw new Error(`no recorded request ${number}`)
  const dump = parseHttpDump(readFileSync(folder + name))
  return { dump, message: openBody(dump.headers['content-type'], dump.body) }
}
