/** Faults that the contract finds, told where the caller wrote the value and not where the request would hold it. */
import { EHealthError } from '../../errors.js'
import { assertValid } from '../../technical/xml/check.js'
import type { ElementDeclaration } from '../../technical/xml/index.js'

const content = String.raw`SendMessageRequest\.ContentContext\.Content`

/** Places of the request of `send`, and of its options. What is not here is nothing that a caller writes. */
const places: readonly (readonly [request: RegExp, option: string])[] = (
  [
    [String.raw`SendMessageRequest@PublicationId`, 'publicationId'],
    [String.raw`SendMessageRequest\.BoxId\b.*`, 'from'],
    [String.raw`SendMessageRequest\.DestinationContext(\[\d+\]).*`, 'to$1'],
    [String.raw`SendMessageRequest\.CopyMailTo(\[\d+\])?`, 'copyMailTo$1'],
    [String.raw`SendMessageRequest\.ContentContext\.CustomMeta(\[\d+\])?.*`, 'customMetas$1'],
    [String.raw`SendMessageRequest\.ContentContext\.ContentSpecification\.ApplicationName`, 'application'],
    [String.raw`SendMessageRequest\.ContentContext\.ContentSpecification\.ContentType`, 'type'],
    [String.raw`${content}\.Document\.Title`, 'title'],
    [String.raw`${content}\.Document\.DownloadFileName`, 'body.fileName'],
    [String.raw`${content}\.Document\.MimeType`, 'body.mimeType'],
    [String.raw`${content}\.Annex(\[\d+\])\.DownloadFileName`, 'annexes$1.fileName'],
    [String.raw`${content}\.Annex(\[\d+\])\.MimeType`, 'annexes$1.mimeType'],
    [String.raw`${content}\.Annex(\[\d+\])\.EncryptableTitle`, 'annexes$1.title'],
    [String.raw`${content}\.Annex(\[\d+\])\.Encryptable\w+Content`, 'annexes$1.content'],
    [String.raw`${content}\.FreeInformations\.Table@Title`, 'table.title'],
    [String.raw`${content}\.FreeInformations\.Table\.Row(\[\d+\])?.*`, 'table.rows$1'],
    [String.raw`${content}\.FreeInformations\.EncryptableFreeText`, 'freeText'],
  ] as const
).map(([request, option]) => [new RegExp(`^${request}$`), option])

/** @throws EHealthError `contract.invalid`, with paths of the options of `send` where they are the fault */
export function assertSendable<T>(declaration: ElementDeclaration<T>, request: T): void {
  try {
    assertValid(declaration, request)
  } catch (error) {
    if (!(error instanceof EHealthError)) throw error
    const { problems } = error.details as { problems: { path: string; problem: string }[] }
    const told = problems.map(({ path, problem }) => ({ path: callerPath(path), problem }))
    const first = told[0]!
    throw new EHealthError('contract.invalid', `${first.path}: ${first.problem}`, {
      path: first.path,
      details: { problems: told },
    })
  }
}

function callerPath(path: string): string {
  for (const [request, option] of places) if (request.test(path)) return path.replace(request, option)
  return path
}

const messageId = /^[a-zA-Z0-9]{13}$/

/** @throws EHealthError `contract.invalid` for what cannot be a MessageId; the platform gives 13 letters and digits */
export function checkMessageId(id: unknown, path: string): string {
  if (typeof id === 'string' && messageId.test(id)) return id
  throw new EHealthError('contract.invalid', `${path}: not a MessageId: 13 letters and digits are expected`, {
    path,
    hint: 'Give a listed message, or the id of one.',
  })
}
