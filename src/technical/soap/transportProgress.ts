/** How far an exchange of the HTTP client has come. */
import type { Agent, ClientRequest } from 'node:http'
import type { Socket } from 'node:net'

import type { TransportMark } from '../observability/progress.js'

/** What Node.js calls of an agent for every request; its types do not name it. */
interface AgentInside {
  addRequest(request: ClientRequest, ...rest: unknown[]): void
}

/**
 * The same agent, for one request: tells `mark` of the connection, of the last octet sent and of the headers of the
 * answer. Connections and limits stay those of `agent`.
 */
export function watchedAgent<A extends Agent>(
  agent: A,
  secure: boolean,
  mark: (mark: TransportMark) => void,
): A {
  const inside = agent as unknown as AgentInside
  const addRequest: AgentInside['addRequest'] = (request, ...rest) => {
    mark('connecting')
    request.once('socket', (socket: Socket & { secureConnecting?: boolean }) => {
      // one that was kept has everything behind it
      const underWay = secure ? socket.secureConnecting === true : socket.connecting
      if (request.reusedSocket || !underWay) mark('connected')
      else socket.once(secure ? 'secureConnect' : 'connect', () => mark('connected'))
    })
    request.once('finish', () => mark('sent'))
    request.once('response', () => mark('answering'))
    inside.addRequest(request, ...rest)
  }
  return Object.create(agent, { addRequest: { value: addRequest } }) as A
}
