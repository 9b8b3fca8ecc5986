/** `xs:duration` as far as it has a fixed length. */

const form = /^P(?:(\d{1,6})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,6})M)?(?:(\d{1,6})(?:\.\d+)?S)?)?$/

/** Milliseconds above 0; `undefined` for years and months, whose length is not fixed, for 0 and for what is no duration. */
export function parseDuration(text: string): number | undefined {
  const match = form.exec(text.trim())
  if (match === null) return undefined
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = match.slice(1).map((part) => Number(part ?? 0))
  const total = (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000
  return total > 0 ? total : undefined
}
