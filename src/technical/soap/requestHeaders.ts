/** HTTP headers of a request (spec soap-security §1.1, §1.3, §1.4). */
import { EHealthError } from '../../errors.js'
import type { MessageBody } from './attachments/swa.js'
import type { PipelineContext } from './types.js'
import { libraryVersion } from './version.js'

/**
 * The quotes of SOAPAction are WS-I Basic Profile R1109 (spec soap-security §1.3).
 *
 * @param operation its `soapAction` is `false` where the header is left out: the official connector sends none to some services
 * @throws EHealthError `configuration.invalid`
 */
export function requestHeaders(
  { soapAction }: { soapAction: string | false },
  message: Pick<MessageBody, 'contentType'>,
  context: Pick<PipelineContext, 'userAgent' | 'from'>,
): Record<string, string> {
  return {
    'Content-Type': message.contentType,
    ...(soapAction === false ? {} : { SOAPAction: `"${checkedAction(soapAction)}"` }),
    Accept: 'text/xml, multipart/related',
    ...tracingHeaders(context),
  }
}

/** A quote or a line break in it would write headers of its own. */
function checkedAction(action: string): string {
  if (/^[ !#-~]{0,1000}$/.test(action)) return action
  throw new EHealthError('configuration.invalid', 'soapAction: expected a URI in ASCII, without quotes', {
    path: 'soapAction',
  })
}

const product = `eHealthConnectors/${libraryVersion}`

/** Who calls, for the logs of the platform: the caller's own products, then this library. */
export function tracingHeaders({ userAgent, from }: Pick<PipelineContext, 'userAgent' | 'from'>): {
  'User-Agent': string
  From?: string
} {
  return {
    'User-Agent': userAgent === undefined ? product : `${userAgent} ${product}`,
    ...(from === undefined ? {} : { From: from }),
  }
}

/** As the official connector checks it; written so that no part can be empty. */
const productPart = /^[a-zA-Z0-9]+\/[0-9a-zA-Z_.-]+$/

/** As an e-mail address, lower case only; the platform's own expression is not published. */
const address = /^[a-z0-9._%+-]+@[a-z0-9-]+(\.[a-z0-9-]+)+$/

/**
 * Checks what becomes a header: a line break in it would write headers of its own. The official connector leaves out
 * what does not fit and goes on; a caller who wrote it wants to know.
 *
 * @throws EHealthError `configuration.invalid` with path `userAgent` or `from`
 */
export function assertTracing({ userAgent, from }: Pick<PipelineContext, 'userAgent' | 'from'>): void {
  const refuse = (path: string, problem: string, hint: string): never => {
    throw new EHealthError('configuration.invalid', `${path}: ${problem}`, { path, hint })
  }
  if (
    userAgent !== undefined &&
    (userAgent.length > 200 || !userAgent.split(' ').every((part) => productPart.test(part)))
  )
    refuse(
      'userAgent',
      'expected products as name/version, separated by blanks',
      'For instance Sample/1.0: letters and digits, a slash, then letters, digits, dots, hyphens, underscores.',
    )
  if (from !== undefined && (from.length > 254 || !address.test(from)))
    refuse('from', 'expected an e-mail address in lower case', 'For instance support@sample.example.')
}
