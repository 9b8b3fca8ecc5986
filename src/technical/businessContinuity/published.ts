/** Fetching the list (spec soap-security §6.6, §6.9). */
import { createHash } from 'node:crypto'

import { EHealthError } from '../../errors.js'
import type { HttpTransport } from '../soap/transport.js'

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

/**
 * The list as published, unless it is the one of that digest. The digest file proves nothing about who made the list; it
 * spares the download and shows a damaged one.
 *
 * @param known digest of the list in use
 * @returns `undefined` when nothing has changed
 * @throws EHealthError `transport.*`, `service-list.digest`
 */
export async function fetchList(
  transport: Pick<HttpTransport, 'get'>,
  url: string,
  options: { known: string | undefined; headers: Record<string, string>; signal?: AbortSignal },
): Promise<{ bytes: Uint8Array; digest: string } | undefined> {
  const get = async (ending: string): Promise<Uint8Array> => {
    const { status, body } = await transport.get({
      url: url + ending,
      headers: options.headers,
      ...(options.signal === undefined ? {} : { signal: options.signal }),
    })
    if (status !== 200)
      throw new EHealthError('transport.http', `the service list cannot be had: HTTP status ${status}`, {
        platform: { httpStatus: status },
      })
    return body
  }
  const announced = Buffer.from(await get('.sha2'))
    .toString('latin1')
    .trim()
    .toLowerCase()
  if (!/^[0-9a-f]{64}$/.test(announced))
    throw new EHealthError('service-list.digest', 'the digest file of the service list holds no digest')
  if (announced === options.known) return undefined
  const bytes = await get('.xml')
  const digest = digestOf(bytes)
  if (digest !== announced)
    throw new EHealthError('service-list.digest', 'the service list does not fit its digest file')
  return { bytes, digest }
}

/** The digest of a list that is at hand. */
export { digestOf }
