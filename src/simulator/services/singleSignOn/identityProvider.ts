/** The identity provider to which a browser brings its token (spec sts-iam §4.2, §11). */
import { EHealthError } from '../../../errors.js'
import type { Runtime } from '../../../technical/environment/runtime.js'
import type { Certificate } from '../../../technical/pki/certificate.js'
import { Saml2Response, saml2Namespaces, signOnValues } from '../../../technical/sso/contract.js'
import { escapeHtml } from '../../../technical/sso/html.js'
import { identityProviderPaths } from '../../../technical/sso/identityProvider.js'
import { read } from '../../../technical/xml/index.js'
import { parseXml } from '../../../technical/xml/parse.js'
import { verifyEnveloped } from '../../../technical/xml/signature/index.js'
import {
  attribute,
  childNamed,
  descendants,
  isElement,
  type XmlElement,
} from '../../../technical/xml/tree.js'

/** A page for a browser. */
export interface Page {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly html: string
}

/** What a browser asks. */
export interface PageRequest {
  readonly method: string
  readonly url: URL
  readonly body: Uint8Array
}

/** The identity provider of one simulator. */
export interface IdentityProvider {
  /** Keeps an assertion under a new artifact, which fetches it once. */
  keep(assertion: string): string
  /** The page for a request to one of its addresses; undefined for every other address. */
  serve(request: PageRequest): Page | undefined
}

const mostKept = 1000

/** Options of {@link createIdentityProvider}. */
export interface IdentityProviderOptions {
  readonly runtime: Pick<Runtime, 'now' | 'randomBytes'>
  /** Who signs bearer assertions. */
  readonly trusted: readonly Certificate[]
}

export function createIdentityProvider({ runtime, trusted }: IdentityProviderOptions): IdentityProvider {
  const artifacts = new Map<string, string>()
  const used = new Set<string>()

  function admit(root: XmlElement): void {
    const id = attribute(root, 'ID') ?? ''
    verifyEnveloped(root, { idAttribute: 'ID', trusted })
    const conditions = childNamed(root, saml2Namespaces.assertion, 'Conditions')
    const instant = (name: string): number => Date.parse((conditions && attribute(conditions, name)) ?? '')
    const now = runtime.now().getTime()
    if (!(instant('NotBefore') - 300_000 <= now && now < instant('NotOnOrAfter')))
      throw new Unwelcome('The assertion is not valid at this time')
    if (used.has(id)) throw new Unwelcome('The assertion was used before')
    used.add(id)
  }

  function fetched(url: URL): XmlElement {
    const artifact = url.searchParams.get('SAMLart') ?? ''
    const assertion = artifacts.get(artifact)
    artifacts.delete(artifact)
    if (assertion === undefined) throw new Unwelcome('The artifact is unknown or was used before')
    return parseXml(assertion).root
  }

  return {
    keep: (assertion) => {
      const artifact = Buffer.from(runtime.randomBytes(32)).toString('base64url')
      artifacts.set(artifact, assertion)
      const oldest = artifacts.keys().next()
      if (artifacts.size > mostKept && oldest.done !== true) artifacts.delete(oldest.value)
      return artifact
    },
    serve: ({ method, url, body }) => {
      const post = url.pathname === identityProviderPaths.post
      if (!post && url.pathname !== identityProviderPaths.artifact) return undefined
      if (method !== (post ? 'POST' : 'GET')) return page(405, 'Not so')
      try {
        const form = post ? new URLSearchParams(Buffer.from(body).toString('latin1')) : url.searchParams
        admit(post ? posted(form.get('SAMLResponse') ?? '') : fetched(url))
        return welcome(form.get('RelayState'))
      } catch (error) {
        if (error instanceof Unwelcome) return page(403, error.message)
        if (error instanceof EHealthError) return page(403, 'The response is not accepted')
        throw error
      }
    },
  }
}

class Unwelcome extends Error {}

/** The one assertion of a posted response. */
function posted(text: string): XmlElement {
  const { root } = parseXml(Buffer.from(text, 'base64'))
  const { Status, Version, Assertion } = read(Saml2Response, root, { strict: true })
  const all = [...descendants(root)].filter((each) => isElement(each, saml2Namespaces.assertion, 'Assertion'))
  if (Version !== '2.0' || Status.StatusCode.Value !== signOnValues.success || all.length !== 1)
    throw new Unwelcome('The response holds no single assertion')
  return Assertion.element!
}

function welcome(relayState: string | null): Page {
  const headers = { 'Set-Cookie': 'idp_session=simulated; Path=/idp; HttpOnly; SameSite=Lax' }
  if (relayState === null || relayState === '') return { ...page(200, 'Signed on'), headers }
  if (!URL.canParse(relayState) || !/^https?:$/.test(new URL(relayState).protocol))
    return page(400, 'RelayState is no address')
  return { ...page(303, 'Signed on'), headers: { ...headers, Location: new URL(relayState).href } }
}

const page = (status: number, text: string): Page => ({
  status,
  html: `<!DOCTYPE html><html lang="en"><head><title>Identity provider</title></head><body>${escapeHtml(text)}</body></html>`,
})
