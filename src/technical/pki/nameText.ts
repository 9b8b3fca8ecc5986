/** Texts of distinguished names. Nothing is ever parsed from them. */
/** One attribute of a name, for instance type `2.5.4.3` (commonName). */
export interface NameAttribute {
  /** Dotted object identifier of the attribute type. */
  type: string
  /** The text, or `#` and the hexadecimal encoding when the value is no character string. */
  value: string
  /** The value as encoded. */
  der: Uint8Array
}

type Rdns = readonly (readonly NameAttribute[])[]

/** Keywords of RFC 1779 §2.3; RFC 2253 §2.3 adds two. */
const keywords1779: Readonly<Record<string, string>> = {
  '2.5.4.3': 'CN',
  '2.5.4.6': 'C',
  '2.5.4.7': 'L',
  '2.5.4.8': 'ST',
  '2.5.4.9': 'STREET',
  '2.5.4.10': 'O',
  '2.5.4.11': 'OU',
}

const keywords2253: Readonly<Record<string, string>> = {
  ...keywords1779,
  '0.9.2342.19200300.100.1.1': 'UID',
  '0.9.2342.19200300.100.1.25': 'DC',
}

export function rfc1779(rdns: Rdns): string {
  return join(rdns, ', ', ' + ', ({ type, value, der }) => {
    const keyword = keywords1779[type] ?? `OID.${type}`
    return `${keyword}=${value === hexadecimal(der) ? value : quoted(value)}`
  })
}

export function rfc2253(rdns: Rdns): string {
  return join(rdns, ',', '+', ({ type, value, der }) => {
    const keyword = keywords2253[type]
    return keyword === undefined || value === hexadecimal(der)
      ? `${keyword ?? type}=${hexadecimal(der)}`
      : `${keyword}=${escaped(value)}`
  })
}

function join(rdns: Rdns, comma: string, plus: string, write: (attribute: NameAttribute) => string): string {
  return [...rdns]
    .reverse()
    .map((rdn) => rdn.map(write).join(plus))
    .join(comma)
}

/** `#` and the encoding: how a value stands in a text when it is no character string. */
export const hexadecimal = (der: Uint8Array): string => `#${Buffer.from(der).toString('hex')}`

function quoted(value: string): string {
  const needsQuotes = /[,+=\n<>#;\\"]|^ | $|[ \n]{2}/.test(value)
  return needsQuotes ? `"${value.replace(/["\\]/g, '\\$&')}"` : value
}

function escaped(value: string): string {
  return (
    value
      .replace(/[,=+<>;"\\]/g, '\\$&')
      // a blank alone is first and last, and escaped once
      .replace(/(?<=[\s\S]) $/, '\\ ')
      .replace(/^[# ]/, '\\$&')
      .replace(/\0/g, '\\00')
  )
}
