/** HTTP headers of a request (spec soap-security §1.1, §1.3, §1.4). */
import type { MessageBody } from './attachments/swa.js'
import type { Operation, PipelineContext } from './types.js'

/** The quotes of SOAPAction are WS-I Basic Profile R1109 (spec soap-security §1.3). */
export function requestHeaders(
  { soapAction }: Pick<Operation<unknown, unknown>, 'soapAction'>,
  message: Pick<MessageBody, 'contentType'>,
  context: Pick<PipelineContext, 'userAgent'>,
): Record<string, string> {
  return {
    'Content-Type': message.contentType,
    SOAPAction: `"${soapAction}"`,
    Accept: 'text/xml, multipart/related',
    'User-Agent': context.userAgent ?? 'ehealth-connectors',
  }
}
