/** What is to be stamped, checked and put into the words of the request (spec timestamp §4.1). */
import { createHash } from 'node:crypto'

import { EHealthError } from '../../errors.js'
import { refuseUnknownOptions } from '../session/options.js'
import type { TimestampDigest, TimestampImprint } from '../timestampToken/index.js'
import type { SignRequest } from './contract.js'

/** A whole document. */
export interface DocumentToStamp {
  readonly document: Uint8Array
  /** For instance `text/xml`; tells the archive what it keeps. */
  readonly mimeType?: string
  /**
   * How it travels; `Base64Data`. The others are for XML in UTF-8 and say so: what is stamped is the octets of the
   * document in each case (inferred).
   */
  readonly form?: 'Base64Data' | 'Base64XML' | 'EscapedXML'
  /**
   * Whether the platform keeps it with its stamp, true by default: a document that is sent is archived, a hash is not
   * (inferred). With false only its SHA-256 leaves this machine.
   */
  readonly archived?: boolean
}

/** A document, or the digest of one. */
export type StampInput = DocumentToStamp | TimestampImprint

/** Digest algorithms by their URI in the request. */
export const digestUris: Readonly<Record<TimestampDigest, string>> = {
  sha256: 'http://www.w3.org/2001/04/xmlenc#sha256',
  sha384: 'http://www.w3.org/2001/04/xmldsig-more#sha384',
  sha512: 'http://www.w3.org/2001/04/xmlenc#sha512',
}

/** Octets of each digest. */
export const digestLengths: Readonly<Record<TimestampDigest, number>> = { sha256: 32, sha384: 48, sha512: 64 }

/** What goes into the request, and what the token must be about. */
export interface Stampable {
  readonly inputDocuments: NonNullable<SignRequest['InputDocuments']>
  readonly about: { readonly document: Uint8Array } | { readonly imprint: TimestampImprint }
}

const none = { Document: [], TransformedData: [], DocumentHash: [], Other: [] }

/** @throws EHealthError `timestamp.input`, `configuration.invalid` */
export function stampable(input: StampInput): Stampable {
  if ('document' in input) return ofDocument(input)
  refuseUnknownOptions(input, ['digest', 'algorithm'], 'input')
  return ofImprint(input)
}

function ofDocument(input: DocumentToStamp): Stampable {
  refuseUnknownOptions(input, ['document', 'mimeType', 'form', 'archived'], 'input')
  const { document, mimeType, form = 'Base64Data', archived = true } = input
  if (!(document instanceof Uint8Array) || document.length === 0)
    throw invalidInput('document', 'expected octets, at least one')
  if (!archived)
    return ofImprint({ algorithm: 'sha256', digest: createHash('sha256').update(document).digest() })
  const one = (content: NonNullable<SignRequest['InputDocuments']>['Document'][number]): Stampable => ({
    inputDocuments: { ...none, Document: [content] },
    about: { document },
  })
  switch (form) {
    case 'Base64Data':
      return one({
        Base64Data: { value: document, ...(mimeType === undefined ? {} : { MimeType: mimeType }) },
      })
    case 'Base64XML':
      return one({ Base64XML: document })
    case 'EscapedXML':
      return one({ EscapedXML: asText(document) })
    default:
      throw invalidInput('form', 'expected Base64Data, Base64XML or EscapedXML')
  }
}

/** Text that an XML message gives back octet for octet: line ends other than LF would not come through. */
function asText(document: Uint8Array): string {
  const text = Buffer.from(document).toString('utf8')
  if (text.includes('\r') || Buffer.compare(Buffer.from(text), document) !== 0)
    throw invalidInput('document', 'EscapedXML carries UTF-8 with LF as line end only')
  return text
}

function ofImprint({ algorithm, digest }: TimestampImprint): Stampable {
  if (!Object.hasOwn(digestUris, algorithm))
    throw invalidInput('algorithm', 'expected sha256, sha384 or sha512')
  if (!(digest instanceof Uint8Array) || digest.length !== digestLengths[algorithm])
    throw invalidInput('digest', `expected ${digestLengths[algorithm]} octets`)
  return {
    inputDocuments: {
      ...none,
      DocumentHash: [{ DigestMethod: { Algorithm: digestUris[algorithm] }, DigestValue: digest }],
    },
    about: { imprint: { algorithm, digest } },
  }
}

/** The error of an input that cannot be taken. */
export const invalidInput = (name: string, problem: string): EHealthError =>
  new EHealthError('timestamp.input', `${name}: ${problem}`, { path: name })
