/** One exchange with everything that can be told of it; made when somebody asks, never while a caller waits. */
import type { Exchange, Simulator } from '../../simulator/index.js'
import { Certificate } from '../../technical/pki/certificate.js'
import { wsseNamespace } from '../../technical/soap/namespaces.js'
import { descendants, isElement, textOf } from '../../technical/xml/index.js'
import { explainedChecks, reasonOf } from './checks.js'
import type { ExchangeDetail, ExchangeLine } from './contract.js'
import { sealedIn } from './sealed.js'
import { tokensOf } from './tokens.js'
import { openWire, type OpenedWire } from './wire.js'

export async function detailOf(
  simulator: Simulator,
  { exchange, line }: { exchange: Exchange; line: ExchangeLine },
): Promise<ExchangeDetail> {
  const request = openWire(exchange.request)
  const response = openWire(exchange.response)
  const { refused, service } = exchange
  const certificate = exchange.caller?.certificate ?? claimedCertificate(request)
  const { soapAction } = exchange.request
  return {
    ...line,
    ...(soapAction === undefined ? {} : { soapAction }),
    request: request.view,
    response: response.view,
    explained: explainedChecks(exchange, request.view.parts.length),
    ...(refused === undefined
      ? {}
      : { refused: { code: refused.code, message: refused.message, ...reasonOf(refused) } }),
    ...(certificate === undefined ? {} : { certificate: shownCertificate(certificate) }),
    tokens: tokensOf(service, request, response),
    sealed: await sealedIn(simulator, { request, response }, readersOf(simulator, exchange)),
  }
}

/** Whoever did not write it: authors keep what they seal readable for themselves. */
const readersOf = (simulator: Simulator, { caller }: Exchange): string[] =>
  simulator.enrolled().flatMap(({ name }) => (name === caller?.actor?.name ? [] : [name]))

/** What a message that was refused says of its signer; nothing proves it. */
function claimedCertificate({ root }: OpenedWire): Certificate | undefined {
  const token =
    root && [...descendants(root)].find((one) => isElement(one, wsseNamespace, 'BinarySecurityToken'))
  if (token === undefined) return undefined
  try {
    return Certificate.from(Buffer.from(textOf(token), 'base64'))
  } catch {
    return undefined
  }
}

const shownCertificate = ({ subject, issuer, serialNumber, notBefore, notAfter }: Certificate) => ({
  subject: subject.toRfc2253(),
  issuer: issuer.toRfc2253(),
  serial: serialNumber.toString(16),
  notBefore: notBefore.toISOString(),
  notAfter: notAfter.toISOString(),
})
