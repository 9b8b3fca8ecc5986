/** Octets and instants in JSON, which knows neither: each in a wrapper of its own. */

/** A value that `JSON.stringify` keeps whole. */
export function wrap(value: unknown): unknown {
  if (value instanceof Uint8Array) return { $octets: Buffer.from(value).toString('base64') }
  if (value instanceof Date) return { $instant: value.toISOString() }
  if (Array.isArray(value)) return value.map(wrap)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, wrap(inner)]))
}

/** The value again. */
export function unwrap(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(unwrap)
  if (typeof value !== 'object' || value === null) return value
  const fields = value as Record<string, unknown>
  if (typeof fields['$octets'] === 'string') return Buffer.from(fields['$octets'], 'base64')
  if (typeof fields['$instant'] === 'string') return new Date(fields['$instant'])
  return Object.fromEntries(Object.entries(fields).map(([key, inner]) => [key, unwrap(inner)]))
}
