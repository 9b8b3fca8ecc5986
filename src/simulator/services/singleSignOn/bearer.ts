/** The SAML 2.0 bearer assertion for the identity provider (spec sts-iam §4.2); its content is a filler. */
import type { Credential } from '../../../technical/keystore/credential.js'
import { saml2Namespaces } from '../../../technical/sso/contract.js'
import { stsIssuer } from '../../../technical/sts/accept.js'
import { namespaces } from '../../../technical/sts/contract.js'
import {
  anyUri,
  dateTime,
  id,
  inNamespace,
  many,
  namespace,
  opaque,
  optional,
  required,
  string,
  write,
  type Infer,
} from '../../../technical/xml/index.js'
import { parseXml } from '../../../technical/xml/parse.js'
import { signatureInside } from '../../../technical/xml/signature/index.js'
import type { CallerAttribute } from '../../service.js'

const saml2 = namespace(saml2Namespaces.assertion, { prefix: 'saml2', qualified: true })

const BearerAssertion = saml2.element(
  'Assertion',
  saml2.sequence(
    {
      Issuer: string(),
      Signature: inNamespace(namespaces.signature, optional(opaque)),
      Subject: saml2.sequence({
        NameID: string(),
        SubjectConfirmation: saml2.sequence(
          {
            SubjectConfirmationData: saml2.sequence(
              {},
              { NotOnOrAfter: required(dateTime), Recipient: required(anyUri) },
            ),
          },
          { Method: required(anyUri) },
        ),
      }),
      Conditions: saml2.sequence(
        { AudienceRestriction: saml2.sequence({ Audience: anyUri }) },
        { NotBefore: required(dateTime), NotOnOrAfter: required(dateTime) },
      ),
      AuthnStatement: saml2.sequence(
        { AuthnContext: saml2.sequence({ AuthnContextClassRef: anyUri }) },
        { AuthnInstant: required(dateTime) },
      ),
      AttributeStatement: optional(
        saml2.sequence({
          Attribute: many(saml2.sequence({ AttributeValue: many(string()) }, { Name: required(string()) }), {
            min: 1,
          }),
        }),
      ),
    },
    { ID: required(id), IssueInstant: required(dateTime), Version: required(string()) },
  ),
)

/** What a bearer assertion says. */
export interface BearerContent {
  readonly id: string
  readonly at: Date
  readonly until: Date
  /** Address of the identity provider that it is for. */
  readonly identityProvider: string
  readonly subject: string
  readonly attributes: readonly CallerAttribute[]
}

const unspecified = 'urn:oasis:names:tc:SAML:2.0:ac:classes:unspecified'

/** The assertion, signed behind its issuer as SAML 2.0 has it. */
export async function signBearer(content: BearerContent, credential: Credential): Promise<string> {
  const { at, until, identityProvider, attributes } = content
  const assertion: Infer<typeof BearerAssertion> = {
    ID: content.id,
    IssueInstant: at,
    Version: '2.0',
    Issuer: stsIssuer,
    Subject: {
      NameID: content.subject,
      SubjectConfirmation: {
        Method: 'urn:oasis:names:tc:SAML:2.0:cm:bearer',
        SubjectConfirmationData: { NotOnOrAfter: until, Recipient: identityProvider },
      },
    },
    Conditions: {
      NotBefore: at,
      NotOnOrAfter: until,
      AudienceRestriction: { Audience: identityProvider },
    },
    AuthnStatement: { AuthnInstant: at, AuthnContext: { AuthnContextClassRef: unspecified } },
    ...(attributes.length === 0
      ? {}
      : {
          AttributeStatement: {
            Attribute: attributes.map(({ name, values }) => ({ Name: name, AttributeValue: [...values] })),
          },
        }),
  }
  const { root } = parseXml(write(BearerAssertion, assertion).xml)
  const xml = await signatureInside(root, { idAttribute: 'ID', credential })
  return write(BearerAssertion, { ...assertion, Signature: { xml } }).xml
}
