/** A WSDL with everything that it imports, loaded before a word of it is believed (WSDL 1.1 §2.1, XML Schema 1.0 §4.2). */
import { open } from 'node:fs/promises'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'

import { EHealthError } from '../../errors.js'
import { parseXml, type XmlDocument } from '../xml/parse.js'
import { attribute, descendants, type XmlElement } from '../xml/tree.js'

export const wsdlNamespace = 'http://schemas.xmlsoap.org/wsdl/'
export const schemaNamespace = 'http://www.w3.org/2001/XMLSchema'
const xmlNamespace = 'http://www.w3.org/XML/1998/namespace'

/** Gets a document over HTTPS. */
export type FetchDocument = (url: string) => Promise<Uint8Array>

/** Options of loading documents. */
export interface DocumentOptions {
  /** Follow imports to other hosts; false. Nothing is ever fetched that the WSDL does not name. */
  remoteImports?: boolean
  /** Octets of one document; 8 MiB. */
  maxBytes?: number
  /** Documents altogether; 200. */
  maxDocuments?: number
}

/** One document and where it came from. */
export interface LoadedDocument {
  /** `file:` or `https:` URL. */
  readonly url: string
  readonly document: XmlDocument
}

/** What loading documents gives: the WSDL first, then what it imports, in the order of discovery. */
export type Documents = readonly [LoadedDocument, ...LoadedDocument[]]

/**
 * Loads a WSDL and what it imports. Document types and entities are refused, sizes are limited, imports leave the host
 * (or the file system) only where that was asked for.
 *
 * @param location Path, `file:` URL or `https:` URL.
 * @throws EHealthError `service.wsdl` (not there, too large, an import that may not be followed), `xml.*`, `transport.*`
 */
export async function loadDocuments(
  location: string | URL,
  fetch: FetchDocument,
  options: DocumentOptions = {},
): Promise<Documents> {
  const { maxBytes = 8 * 1024 * 1024, maxDocuments = 200 } = options
  const load = async (url: string): Promise<LoadedDocument> => ({
    url,
    document: parseXml(await octetsOf(url, fetch, maxBytes), { maxBytes }),
  })
  const root = await load(urlOf(location))
  const loaded: [LoadedDocument, ...LoadedDocument[]] = [root]
  const known = new Set([root.url])
  // grows while it is walked: an import may import
  for (const current of loaded)
    for (const url of importsOf(current, options.remoteImports === true)) {
      if (known.has(url)) continue
      known.add(url)
      if (known.size > maxDocuments) throw wsdlError('it imports too many documents')
      loaded.push(await load(url))
    }
  return loaded
}

function urlOf(location: string | URL): string {
  if (location instanceof URL) return location.href
  if (/^(https?|file):/i.test(location) && URL.canParse(location)) return new URL(location).href
  return pathToFileURL(path.resolve(location)).href
}

async function octetsOf(url: string, fetch: FetchDocument, maxBytes: number): Promise<Uint8Array> {
  if (!url.startsWith('file:')) {
    const bytes = await fetch(url)
    if (bytes.length > maxBytes) throw wsdlError('a document is too large')
    return bytes
  }
  try {
    const file = await open(fileURLToPath(url))
    try {
      const stat = await file.stat()
      if (!stat.isFile()) throw wsdlError(`${lastPart(url)} is no file`)
      if (stat.size > maxBytes) throw wsdlError('a document is too large')
      return await file.readFile()
    } finally {
      await file.close()
    }
  } catch (error) {
    if (error instanceof EHealthError) throw error
    const { code = 'unknown reason' } = error as NodeJS.ErrnoException
    throw new EHealthError('service.wsdl', `cannot read ${lastPart(url)}: ${code}`, { cause: error })
  }
}

function importsOf({ url, document }: LoadedDocument, remoteImports: boolean): string[] {
  return [...descendants(document.root)].flatMap((element) => {
    const location = locationOf(element)
    return location === undefined ? [] : [resolveImport(location, url, remoteImports)]
  })
}

/** Where an import points; nothing for one without location and for the namespace `xml`, which is known. */
function locationOf(element: XmlElement): string | undefined {
  const { namespace, local } = element
  if (namespace === wsdlNamespace && local === 'import') return attribute(element, 'location')
  if (namespace !== schemaNamespace) return undefined
  if (local === 'redefine')
    throw new EHealthError('configuration.unsupported', 'a schema redefines another one (xs:redefine)')
  if (local !== 'import' && local !== 'include') return undefined
  return attribute(element, 'namespace') === xmlNamespace ? undefined : attribute(element, 'schemaLocation')
}

/** URL of an import. @throws EHealthError `service.wsdl` when it may not be followed */
export function resolveImport(location: string, base: string, remoteImports: boolean): string {
  if (!URL.canParse(location, base)) throw wsdlError('an import has an impossible location')
  const target = new URL(location, base)
  const from = new URL(base)
  // a file may name files; a server may name its own documents, and never those of this machine
  const near =
    target.protocol === 'file:'
      ? from.protocol === 'file:' && target.host === from.host
      : target.origin === from.origin
  if (near || (remoteImports && target.protocol === 'https:')) return target.href
  throw new EHealthError(
    'service.wsdl',
    `${lastPart(base)} imports ${target.protocol}//${target.host}, which is not followed`,
    { hint: 'Keep the imported documents beside the WSDL, or allow it with remoteImports.' },
  )
}

const lastPart = (url: string): string => new URL(url).pathname.split('/').at(-1) ?? ''

const wsdlError = (problem: string): EHealthError => new EHealthError('service.wsdl', problem)
