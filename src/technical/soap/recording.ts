/** Keeps the exact bytes of every exchange in a directory (design §9). */
import { access, mkdir, readdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import { EHealthError } from '../../errors.js'
import { aboutFile, bodyFile, exchangeName, numberOf } from './recordedFiles.js'
import type { RecordedExchange, Recorder } from './types.js'

/**
 * A recorder that writes `NNNN-<service>-<operation>-request.xml`, `…-response.xml` and `NNNN.json` (URL, headers,
 * status, start, milliseconds) per exchange; `.mime` instead of `.xml` for a multipart body, which is led by the
 * Content-Type header that names its boundary: a MIME entity that any mail parser opens. Numbers go on behind those that
 * the directory already holds, in the order in which exchanges end; any number of recorders, processes and restarts may
 * share a directory.
 *
 * Every file appears whole or not at all, `NNNN.json` last: where it stands, the exchange is complete.
 *
 * The files hold patient data and tokens and are readable by their owner only; a directory that the recorder makes is, too.
 *
 * `record` throws `recording.failed` when something could not be written; a call tells that by an event and goes on.
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
  let opening: Promise<{ last: number }> | undefined
  return {
    async record(exchange) {
      try {
        // a directory that could not be made may be made the next time
        opening ??= openDirectory(directory).catch((error: unknown) => {
          opening = undefined
          throw error
        })
        await keep(directory, await opening, exchange)
      } catch (cause) {
        throw failed(cause)
      }
    },
  }
}

async function keep(directory: string, count: { last: number }, exchange: RecordedExchange): Promise<void> {
  const { number, claim } = await claimNumber(directory, count)
  const { request, requestHeaders, response, responseHeaders } = exchange
  const name = exchangeName(number, exchange)
  const files: [string, Uint8Array | string][] = [
    bodyFile(name, 'request', request, requestHeaders),
    ...(response === undefined ? [] : [bodyFile(name, 'response', response, responseHeaders)]),
    aboutFile(number, exchange),
  ]
  try {
    for (const [file, content] of files) await writeWhole(directory, file, content)
  } catch (error) {
    // an exchange without its end would stand in the way of whoever gets the number next
    await Promise.all(files.map(([file]) => rm(join(directory, file), { force: true })))
    throw error
  } finally {
    await rm(claim, { force: true })
  }
}

/**
 * A number is given to one exchange only: who makes its claim file has it until `NNNN.json` says that it is taken for
 * good. A process that dies in between leaves its claim, and the number unused.
 */
async function claimNumber(
  directory: string,
  count: { last: number },
): Promise<{ number: string; claim: string }> {
  for (;;) {
    const number = String((count.last += 1)).padStart(4, '0')
    const claim = join(directory, `.${number}.claim`)
    try {
      await writeFile(claim, '', { flag: 'wx', mode: 0o600 })
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue
      throw error
    }
    // somebody may have claimed, written and gone between our look into the directory and our claim
    if (!(await exists(join(directory, `${number}.json`)))) return { number, claim }
    await rm(claim, { force: true })
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  )

/** Under another name first: whoever reads while we write sees the whole file or none. */
async function writeWhole(directory: string, name: string, content: Uint8Array | string): Promise<void> {
  const unfinished = join(directory, `.${name}.part`)
  try {
    await writeFile(unfinished, content, { flag: 'wx', mode: 0o600 })
    await rename(unfinished, join(directory, name))
  } catch (error) {
    // what was there already is somebody else's
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') await rm(unfinished, { force: true })
    throw error
  }
}

async function openDirectory(directory: string): Promise<{ last: number }> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  return { last: Math.max(0, ...(await readdir(directory)).map((name) => numberOf(name) ?? 0)) }
}

/** The reason by its code only: the text of an error of the file system holds paths. */
function failed(cause: unknown): EHealthError {
  const { code } = cause as NodeJS.ErrnoException
  const reason = typeof code === 'string' ? code : 'unexpected'
  return new EHealthError('recording.failed', `an exchange could not be recorded (${reason})`, {
    cause,
    details: { reason },
  })
}
