/** Which addresses a request may go to. */

const loopback = new Set(['localhost', '127.0.0.1', '[::1]'])

/**
 * What is wrong with the URL of an endpoint; nothing when it is sound. A SOAP request carries a signature and often
 * patient data: it goes over https, or to this machine. The answer never repeats the URL, which may hold a password.
 */
export function endpointProblem(url: unknown): string | undefined {
  if (typeof url !== 'string' || !URL.canParse(url)) return 'expected an absolute URL'
  const { protocol, hostname, username, password, hash } = new URL(url)
  if (/[\s\u0000-\u001f]/.test(url)) return 'an URL holds no blanks'
  if (protocol !== 'https:' && !(protocol === 'http:' && loopback.has(hostname)))
    return 'expected https; plain http is for this machine only'
  if (username !== '' || password !== '') return 'an endpoint holds no user name or password'
  return hash === '' && !url.includes('#') ? undefined : 'an endpoint holds no fragment (#)'
}

/** Likewise for the host part of the endpoints: nothing but scheme, host and perhaps a path, without slash at the end. */
export function baseUrlProblem(url: unknown): string | undefined {
  const problem = endpointProblem(url)
  if (problem !== undefined) return problem
  if ((url as string).includes('?')) return 'the start of an address holds no query (?)'
  return (url as string).endsWith('/') ? 'expected no slash at the end' : undefined
}

/** For comparing addresses that people write in several ways: no default port, no slash at the end (spec soap-security §10, 22). */
export function normalised(url: string): string {
  if (!URL.canParse(url)) return url
  const { origin, pathname, search } = new URL(url)
  return origin + pathname.replace(/\/+$/, '') + search
}
