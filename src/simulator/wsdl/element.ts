/** Elements as text, for the documents that the simulator describes itself with. */
import { escapeAttribute } from '../../technical/xml/escape.js'

/** An element; children are elements already written. */
export function element(name: string, attributes: Record<string, string>, ...children: string[]): string {
  const start = Object.entries(attributes)
    .map(([key, value]) => ` ${key}="${escapeAttribute(value)}"`)
    .join('')
  return children.length === 0 ? `<${name}${start}/>` : `<${name}${start}>${children.join('')}</${name}>`
}
