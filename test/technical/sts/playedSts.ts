/** A server that answers with recorded messages, one per request, and keeps what it was asked. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** Plays answers. */
export interface PlayedServer extends AsyncDisposable {
  readonly url: string
  /** Bodies of the requests, in their order. */
  readonly requests: string[]
  /** Bodies of the answers that are still to be given. */
  readonly answers: Uint8Array[]
}

export async function playAnswers(answers: readonly Uint8Array[] = []): Promise<PlayedServer> {
  const pending = [...answers]
  const requests: string[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      requests.push(Buffer.concat(chunks).toString('utf8'))
      response.setHeader('Content-Type', 'text/xml; charset=utf-8')
      response.end(pending.shift())
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    answers: pending,
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
