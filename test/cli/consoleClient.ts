/** A browser without any mercy: requests to the console with whatever headers a test wants. */
import { request, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'

export interface ConsoleAnswer {
  status: number
  headers: IncomingHttpHeaders
  text: string
  json: <T>() => T
}

export interface ConsoleCall {
  method?: string
  /** Below the token, or the whole path where it starts with a slash. */
  path?: string
  headers?: Record<string, string>
  body?: string
}

/** Sends one request to a console. */
export function asking(url: string): (call?: ConsoleCall) => Promise<ConsoleAnswer> {
  const { port, pathname } = new URL(url)
  return ({ method = 'GET', path = '', headers = {}, body } = {}) =>
    new Promise((resolve, reject) => {
      const outgoing = request(
        {
          host: '127.0.0.1',
          port,
          method,
          path: path.startsWith('/') ? path : pathname + path,
          agent: false,
          headers: { Host: `127.0.0.1:${port}`, ...headers },
        },
        (incoming) => {
          let text = ''
          incoming.setEncoding('utf8').on('data', (chunk: string) => (text += chunk))
          incoming.on('error', reject)
          incoming.on('end', () =>
            resolve({
              status: incoming.statusCode!,
              headers: incoming.headers,
              text,
              json: <T>() => JSON.parse(text) as T,
            }),
          )
        },
      )
      outgoing.on('error', reject)
      outgoing.end(body)
    })
}

/** What the page sends along with a change. */
export const fromThePage = (url: string): Record<string, string> => ({
  Origin: new URL(url).origin,
  'Content-Type': 'application/json',
})

/** Reads a stream of events. */
export function watching(url: string, headers: Record<string, string> = {}) {
  const events: { event: string; data: Record<string, unknown> }[] = []
  const incoming = new Promise<IncomingMessage>((resolve, reject) => {
    request(`${url}api/events`, { agent: false, headers }, resolve).on('error', reject).end()
  })
  const ended = incoming.then(
    (stream) =>
      new Promise<void>((resolve) => {
        let text = ''
        stream.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk
          const whole = text.split('\n\n')
          text = whole.pop()!
          for (const block of whole) {
            const event = /^event: (.*)$/m.exec(block)?.[1]
            const data = /^data: (.*)$/m.exec(block)?.[1]
            if (event !== undefined && data !== undefined)
              events.push({ event, data: JSON.parse(data) as Record<string, unknown> })
          }
        })
        stream.on('error', () => resolve())
        stream.on('close', () => resolve())
      }),
  )
  return {
    events,
    ended,
    headers: async () => (await incoming).headers,
    close: async () => (await incoming).destroy(),
    /** Waits for an event that fits. */
    async until(fits: (event: (typeof events)[number]) => boolean) {
      const deadline = performance.now() + 10_000
      for (;;) {
        const found = events.find(fits)
        if (found !== undefined) return found
        if (performance.now() > deadline) throw new Error('no such event')
        await new Promise((resolve) => setTimeout(resolve, 10))
      }
    },
  }
}
