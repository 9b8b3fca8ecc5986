/** SAML assertions on the way: what they say, as they say it. Nothing is verified here. */
import { samlNamespace } from '../../technical/soap/namespaces.js'
import { attribute, childElements, descendants, textOf, type XmlElement } from '../../technical/xml/index.js'
import type { TokenView } from './contract.js'
import type { OpenedWire } from './wire.js'

const saml2Namespace = 'urn:oasis:names:tc:SAML:2.0:assertion'

const mostTokens = 10

const isAssertion = ({ local, namespace }: XmlElement): boolean =>
  local === 'Assertion' && (namespace === samlNamespace || namespace === saml2Namespace)

/** Services whose answers are tokens; in answers of others an assertion says something about a patient. */
const tokenServices: ReadonlySet<string> = new Set([
  'sts',
  'stsSaml11',
  'stsSaml11Legacy',
  'stsOldest',
  'singleSignOn',
])

/** The tokens of an exchange: in the security header of the request, and in the answer of the STS. */
export function tokensOf(service: string, request: OpenedWire, response: OpenedWire): TokenView[] {
  const header = request.root && childElements(request.root).find(({ local }) => local === 'Header')
  const asked = header === undefined ? [] : tokensIn(header, 'request')
  const given =
    tokenServices.has(service) && response.root !== undefined ? tokensIn(response.root, 'response') : []
  return [...asked, ...given]
}

const tokensIn = (root: XmlElement, side: TokenView['in']): TokenView[] =>
  [...descendants(root)]
    .filter(isAssertion)
    .slice(0, mostTokens)
    .map((assertion) => tokenView(assertion, side))

function tokenView(assertion: XmlElement, side: TokenView['in']): TokenView {
  const old = assertion.namespace === samlNamespace
  const below = (...names: string[]): XmlElement[] =>
    names.reduce<XmlElement[]>(
      (found, name) => found.flatMap((one) => childElements(one).filter(({ local }) => local === name)),
      [assertion],
    )
  const text = (element: XmlElement | undefined): string =>
    element === undefined ? '' : textOf(element).trim()
  const of = (element: XmlElement | undefined, name: string): string =>
    (element === undefined ? undefined : attribute(element, name)) ?? ''
  const [conditions] = below('Conditions')
  const subjects = old
    ? childElements(assertion)
        .filter(({ local }) => local.endsWith('Statement'))
        .flatMap((statement) => childElements(statement).filter(({ local }) => local === 'Subject'))
    : below('Subject')
  const inSubject = (name: string): XmlElement | undefined =>
    subjects.flatMap((subject) => [...descendants(subject)]).find(({ local }) => local === name)
  return {
    in: side,
    id: of(assertion, old ? 'AssertionID' : 'ID'),
    version: old ? '1.1' : '2.0',
    issuer: old ? of(assertion, 'Issuer') : text(below('Issuer')[0]),
    subject: text(inSubject(old ? 'NameIdentifier' : 'NameID')),
    confirmation: old
      ? text(inSubject('ConfirmationMethod'))
      : of(inSubject('SubjectConfirmation'), 'Method'),
    notBefore: of(conditions, 'NotBefore'),
    notOnOrAfter: of(conditions, 'NotOnOrAfter'),
    attributes: below('AttributeStatement', 'Attribute').map((one) => ({
      name: of(one, old ? 'AttributeName' : 'Name'),
      namespace: of(one, 'AttributeNamespace'),
      values: childElements(one)
        .filter(({ local }) => local === 'AttributeValue')
        .map(text),
    })),
  }
}
