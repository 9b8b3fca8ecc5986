/** Trouble that shows in the envelope of an answer. */
import type { LayoutName } from '../technical/soap/attachments/layouts.js'
import { xopInclude } from '../technical/soap/attachments/xop.js'
import { wsseNamespace, wsuNamespace } from '../technical/soap/namespaces.js'
import type { Attachment } from '../technical/soap/types.js'
import type { Trouble } from './faults.js'
import { soaRefusal } from './refusal.js'

const twoHours = 2 * 60 * 60 * 1000

/** The envelope as the trouble leaves it. @throws Refusal where there is no signature to spoil */
export function disturbed(envelope: string, trouble: Trouble | undefined, now: Date): string {
  switch (trouble?.kind) {
    case 'doctype':
      return `<!DOCTYPE S:Envelope [<!ENTITY a "a">]>${envelope}`
    case 'foreign-element':
      return envelope.replace(/<S:Body[^>]*>.*<\/S:Body>/s, '<S:Body><Foreign xmlns="urn:foreign"/></S:Body>')
    case 'timestamp':
      return envelope.replace(
        '</S:Header>',
        `${oldTimestamp(now, trouble.milliseconds ?? twoHours)}</S:Header>`,
      )
    case 'signature':
      return spoiledSignature(envelope)
    default:
      return envelope
  }
}

/** Some services of the platform put a lone, unsigned Timestamp into their answers (spec soap-security §3). */
function oldTimestamp(now: Date, milliseconds: number): string {
  const expires = now.getTime() - milliseconds
  const instant = (at: number): string => new Date(at).toISOString()
  return (
    `<wsse:Security xmlns:wsse="${wsseNamespace}" xmlns:wsu="${wsuNamespace}" S:mustUnderstand="1">` +
    `<wsu:Timestamp><wsu:Created>${instant(expires - 60_000)}</wsu:Created>` +
    `<wsu:Expires>${instant(expires)}</wsu:Expires></wsu:Timestamp></wsse:Security>`
  )
}

function spoiledSignature(envelope: string): string {
  const match = /<(?:\w+:)?SignatureValue[^>]*>\s*/.exec(envelope)
  if (match === null) throw soaRefusal('SOA-01001')
  const at = match.index + match[0].length
  return envelope.slice(0, at) + (envelope[at] === 'A' ? 'B' : 'A') + envelope.slice(at + 1)
}

/** Attachments and their references in another dialect. */
export function inDialect(
  envelope: string,
  attachments: readonly Attachment[],
  trouble: Trouble | undefined,
): { envelope: string; attachments: readonly Attachment[]; layout?: LayoutName } {
  if (trouble?.kind !== 'dialect') return { envelope, attachments }
  const references = (change: (id: string) => string): string =>
    attachments.reduce((text, { contentId }) => text.replace(`cid:${contentId}`, change(contentId)), envelope)
  switch (trouble.form) {
    case 'bare':
      return { envelope, attachments, layout: 'swaRequest' }
    case 'encoded':
      return { envelope: references((id) => `cid:${encodeURIComponent(id)}`), attachments }
    case 'unprefixed':
      return { envelope: references((id) => id), attachments }
    case 'bracketed':
      return { envelope: references((id) => `&lt;cid:${id}&gt;`), attachments }
    case 'xop':
      return asXop(envelope, attachments)
  }
}

function asXop(
  envelope: string,
  attachments: readonly Attachment[],
): { envelope: string; attachments: readonly Attachment[]; layout: LayoutName } {
  const parts = [...attachments]
  const text = envelope.replace(
    /(<EncryptableTextContent>)([^<]+)(<\/EncryptableTextContent>)/g,
    (_, open: string, base64: string, close: string) => {
      const contentId = `inline-${parts.length}@ehealth.fgov.be`
      parts.push({
        contentId,
        contentType: 'application/octet-stream',
        content: Buffer.from(base64, 'base64'),
      })
      return `${open}${xopInclude(contentId)}${close}`
    },
  )
  return { envelope: text, attachments: parts, layout: 'xop' }
}
