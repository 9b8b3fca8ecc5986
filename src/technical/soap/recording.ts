/** Keeps the exact bytes of every exchange in a directory (design §9). */
import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Recorder } from './types.js'

/**
 * A recorder that writes `NNNN-<service>-<operation>-request.xml`, `…-response.xml` and `NNNN.json` (URL, headers,
 * status, milliseconds) per exchange; `.mime` instead of `.xml` for a multipart body, which is led by the Content-Type
 * header that names its boundary: a MIME entity that any mail parser opens. Numbers go on behind those that
 * the directory already holds, in the order in which exchanges end.
 *
 * The files hold patient data and are readable by their owner only.
 *
 * @example
 * ```ts
 * import { call, createRecorder } from 'ehealth-connectors/soap'
 *
 * const recorder = createRecorder('recording')
 * await call(operation, request, { endpoint, security, context: { transport, runtime, emit, recorder } })
 * ```
 */
export function createRecorder(directory: string): Recorder {
  let opened: Promise<{ last: number }> | undefined
  return {
    async record(exchange) {
      opened ??= openDirectory(directory)
      const count = await opened
      const { url, status, milliseconds, requestHeaders, responseHeaders, request, response } = exchange
      const about = { url, requestHeaders, status: status ?? null, responseHeaders, milliseconds }
      const write = (file: string, content: string | Uint8Array): Promise<void> =>
        writeFile(join(directory, file), content, { flag: 'wx', mode: 0o600 })
      const number = await claimNumber(count, (free) =>
        write(`${free}.json`, `${JSON.stringify(about, undefined, 2)}\n`),
      )
      const name = `${number}-${fileName(exchange.service.toLowerCase())}-${fileName(exchange.operation)}`
      await Promise.all([
        write(`${name}-request.${extensionOf(request)}`, recorded(request, requestHeaders)),
        response === undefined
          ? undefined
          : write(`${name}-response.${extensionOf(response)}`, recorded(response, responseHeaders)),
      ])
    },
  }
}

/** The file of a number is made by one recorder only, so that several may share a directory. */
async function claimNumber(
  count: { last: number },
  claim: (number: string) => Promise<void>,
): Promise<string> {
  for (;;) {
    const number = String((count.last += 1)).padStart(4, '0')
    try {
      await claim(number)
      return number
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    }
  }
}

async function openDirectory(directory: string): Promise<{ last: number }> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const numbers = (await readdir(directory)).map((name) => Number(/^(\d{4,})[-.]/.exec(name)?.[1] ?? 0))
  return { last: Math.max(0, ...numbers) }
}

/** Names come from contracts, but a recorder of a server is told them by strangers. */
function fileName(text: string): string {
  return text.replace(/[^A-Za-z0-9_]/g, '_').slice(0, 80)
}

function extensionOf(body: Uint8Array): 'xml' | 'mime' {
  return body[0] === 0x2d && body[1] === 0x2d ? 'mime' : 'xml'
}

/** A multipart body says nothing without its header; everything else is kept as it is. */
function recorded(body: Uint8Array, headers: Record<string, string> = {}): Uint8Array {
  const type = Object.entries(headers).find(([name]) => name.toLowerCase() === 'content-type')?.[1]
  if (extensionOf(body) === 'xml' || type === undefined) return body
  return Buffer.concat([Buffer.from(`Content-Type: ${type}\r\n\r\n`, 'latin1'), body])
}
