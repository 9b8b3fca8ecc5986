/** Comparing addresses that people write in several ways (spec soap-security §10, 22). */

/** Host in lower case, no default port, no slash at the end. */
export function normalised(url: string): string {
  if (!URL.canParse(url)) return url
  const { origin, pathname, search } = new URL(url)
  return origin + pathname.replace(/\/+$/, '') + search
}
