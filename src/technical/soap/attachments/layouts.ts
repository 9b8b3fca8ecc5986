/** How multipart messages are laid out, as data (spec soap-security §4.1, §4.2 and §9). */

/** Headers of one kind of multipart message. */
export interface MultipartLayout {
  /** Value of the HTTP header `Content-Type`. */
  contentType(boundary: string): string
  /** Header lines of the part with the envelope. */
  readonly root: readonly string[]
  /** Header lines of an attachment. */
  attachment(contentType: string, contentId: string): readonly string[]
}

/** Content-ID of the envelope where it has one. */
export const rootId = 'root.message@ehealth.fgov.be'

/** Layouts by name. */
export const layouts = {
  /** A request as the official connector writes it: no `start`, Content-ID without angle brackets (measured). */
  swaRequest: {
    contentType: (boundary) => `multipart/related; boundary="${boundary}"; type="text/xml"`,
    root: ['Content-Type: text/xml; charset=utf-8'],
    attachment: (contentType, contentId) => [`Content-Type: ${contentType}`, `Content-ID: ${contentId}`],
  },
  /** A MTOM/XOP request as the official connector writes it: no `start` (measured). */
  xop: {
    contentType: (boundary) =>
      `Multipart/Related; boundary="${boundary}"; type="application/xop+xml"; start-info="text/xml"`,
    root: [
      'Content-Type: application/xop+xml; charset=utf-8; type="text/xml"',
      `Content-ID: <${rootId}>`,
      'Content-Transfer-Encoding: 8bit',
    ],
    attachment: (contentType, contentId) => [
      `Content-Type: ${contentType}`,
      'Content-Transfer-Encoding: binary',
      `Content-ID: <${contentId}>`,
    ],
  },
  /** An answer of the platform: by the letter of RFC 2387 and RFC 2392. */
  swaAnswer: {
    contentType: (boundary) =>
      `multipart/related; boundary="${boundary}"; type="text/xml"; start="<${rootId}>"`,
    root: [
      'Content-Type: text/xml; charset=utf-8',
      'Content-Transfer-Encoding: 8bit',
      `Content-ID: <${rootId}>`,
    ],
    attachment: (contentType, contentId) => [
      `Content-Type: ${contentType}`,
      'Content-Transfer-Encoding: binary',
      `Content-ID: <${contentId}>`,
    ],
  },
} as const satisfies Record<string, MultipartLayout>

/** Name of a layout. */
export type LayoutName = keyof typeof layouts
