/** Media types with parameters (RFC 2045 §5.1), as HTTP and MIME headers carry them. */

/** A parsed `Content-Type`. */
export interface ContentType {
  /** Type and subtype in lower case, for instance `text/xml`; empty when the header is absent or misshapen. */
  mediaType: string
  /** Parameters by lower-case name. A parameter that stands twice counts as absent. */
  parameters: ReadonlyMap<string, string>
}

const parameter = /;\s*([A-Za-z0-9!#$%&'*+.^_`{|}~-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))\s*/y

/** Reads a `Content-Type`; leniently, since nothing is trusted because of it. */
export function parseContentType(header: string | undefined): ContentType {
  const match = /^\s*([A-Za-z0-9!#$&^_.+-]+\/[A-Za-z0-9!#$&^_.+-]+)\s*/.exec(header ?? '')
  const parameters = new Map<string, string>()
  if (header === undefined || match === null) return { mediaType: '', parameters }
  const twice = new Set<string>()
  parameter.lastIndex = match[0].length
  for (let found = parameter.exec(header); found !== null; found = parameter.exec(header)) {
    const name = found[1]!.toLowerCase()
    if (parameters.has(name)) twice.add(name)
    parameters.set(name, found[2]?.replace(/\\(.)/g, '$1') ?? found[3]!)
  }
  for (const name of twice) parameters.delete(name)
  return { mediaType: match[1]!.toLowerCase(), parameters }
}
