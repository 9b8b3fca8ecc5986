/** From the token of a session to a web session: what a desktop program opens in a browser (spec sts-iam §4). */
import { EHealthError } from '../../errors.js'
import type { Session } from '../session/index.js'
import type { CallOptions, CallResult } from '../soap/types.js'
import { write } from '../xml/index.js'
import { parseXml, rawElement } from '../xml/parse.js'
import { dsNamespace } from '../xml/signature/index.js'
import { attribute, childNamed, descendants, isElement, type XmlElement } from '../xml/tree.js'
import { namespaces } from '../sts/contract.js'
import {
  Saml2Response,
  saml2Namespaces,
  signOnOperation,
  signOnValues,
  type SignOnResponse,
} from './contract.js'
import { identityProviderOf, signOnProfiles, type SignOnProfile } from './identityProvider.js'
import { ArtifactSignOn, PostSignOn } from './page.js'

/** Options of {@link signOn}. */
export interface SignOnOptions extends Pick<CallOptions, 'signal' | 'timeout' | 'traceContext'> {
  /** Page to open after the sign-on (`RelayState`), an https address. */
  target?: string
  /** Of the profile `post`: name the identity provider in the response (`Destination`); false. */
  destination?: boolean
}

/**
 * Asks for a bearer token for the identity provider of the environment.
 *
 * `post` gives a page with a form that posts itself; `artifact` gives an address to open. Both let whoever has them in as
 * the user, once and for a short time: show them to the user's own browser only, keep them out of logs, and delete the file
 * when the page must go through one.
 *
 * @throws EHealthError `configuration.invalid`, `configuration.no-endpoint`; `sso.malformed`, `sso.address` for an answer
 * that is none, or that leads elsewhere than to the identity provider; what `session.call` throws
 *
 * @example
 * ```ts
 * import { signOn } from 'ehealth-connectors/sso'
 *
 * const { url } = await signOn(session, 'artifact', { target: 'https://www.ehealth.fgov.be/' })
 * ```
 */
export async function signOn<Profile extends SignOnProfile>(
  session: Session,
  profile: Profile,
  options?: SignOnOptions,
): Promise<SignOnOf[Profile]>
export async function signOn(
  session: Session,
  profile: SignOnProfile,
  { target, destination = false, ...options }: SignOnOptions = {},
): Promise<PostSignOn | ArtifactSignOn> {
  if (!signOnProfiles.includes(profile))
    throw invalid('profile', `expected one of ${signOnProfiles.join(', ')}`)
  assertTarget(target, session.environment.name === 'simulation')
  const identityProvider = identityProviderOf(session.environment, profile)
  const answer = await session.call(
    signOnOperation,
    {
      Context: session.runtime.uuid(),
      TokenType: signOnValues.tokenType,
      RequestType: signOnValues.requestType,
      KeyType: signOnValues.keyType,
      AppliesTo: { EndpointReference: { Address: identityProvider } },
    },
    options,
  )
  if (profile === 'artifact') return new ArtifactSignOn(referenceIn(answer, identityProvider), target)
  const { xml, notOnOrAfter } = bearerIn(answer)
  const response = write(Saml2Response, {
    ID: `_${session.runtime.uuid()}`,
    Version: '2.0',
    IssueInstant: session.runtime.now(),
    ...(destination ? { Destination: identityProvider } : {}),
    Status: { StatusCode: { Value: signOnValues.success } },
    Assertion: { xml },
  }).xml
  return new PostSignOn({ action: identityProvider, response, target, notOnOrAfter })
}

/** What a profile gives. */
export interface SignOnOf {
  post: PostSignOn
  artifact: ArtifactSignOn
}

/** The one reference: below the identity provider, because a browser goes wherever it leads. */
function referenceIn({ element }: CallResult<SignOnResponse>, identityProvider: string): string {
  const found = all(element, namespaces.security, 'Reference')
  const [reference] = found
  const uri = reference && attribute(reference, 'URI')
  if (uri === undefined || found.length > 1) throw malformed('not exactly one reference')
  const led = parsed(uri)
  const known = new URL(identityProvider)
  if (led?.origin !== known.origin || led.pathname !== known.pathname || uri.includes('#'))
    throw new EHealthError('sso.address', 'the reference leads elsewhere than to the identity provider')
  return uri
}

/** The one assertion, as the platform signed it. */
function bearerIn({ element, meta }: CallResult<SignOnResponse>): { xml: string; notOnOrAfter?: Date } {
  const found = all(element, saml2Namespaces.assertion, 'Assertion')
  const [assertion] = found
  if (assertion === undefined || found.length > 1) throw malformed('not exactly one SAML 2.0 assertion')
  if (childNamed(assertion, dsNamespace, 'Signature') === undefined)
    throw malformed('the SAML 2.0 assertion is not signed')
  let root = element
  while (root.parent !== undefined) root = root.parent
  const xml = rawElement({ root, source: meta.raw.response }, assertion, 'mentioned')
  // standing alone it must still be what it was: no prefix left behind
  parseXml(xml)
  const conditions = childNamed(assertion, saml2Namespaces.assertion, 'Conditions')
  const end = conditions && Date.parse(attribute(conditions, 'NotOnOrAfter') ?? '')
  return { xml, ...(end === undefined || Number.isNaN(end) ? {} : { notOnOrAfter: new Date(end) }) }
}

const all = (element: XmlElement, namespace: string, local: string): XmlElement[] =>
  [...descendants(element)].filter((each) => isElement(each, namespace, local))

/** A browser would run a `javascript:` address, and send what a plain one says to everybody on the way. */
function assertTarget(target: string | undefined, loopback: boolean): void {
  if (target === undefined) return
  const url = typeof target === 'string' ? parsed(target) : undefined
  if (url?.protocol !== 'https:' && !(loopback && url?.protocol === 'http:'))
    throw invalid('target', 'expected an https address')
}

function parsed(text: string): URL | undefined {
  try {
    return new URL(text)
  } catch {
    return undefined
  }
}

function malformed(problem: string): EHealthError {
  return new EHealthError('sso.malformed', `the answer of the single sign-on service: ${problem}`)
}

function invalid(path: string, problem: string): EHealthError {
  return new EHealthError('configuration.invalid', `${path}: ${problem}`, { path })
}
