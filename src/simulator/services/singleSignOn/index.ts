/** The single sign-on service: a bearer token for the identity provider, or an address that holds one (spec sts-iam §4, §11). */
import type { Credential } from '../../../technical/keystore/credential.js'
import { signOnOperation, signOnValues, type SignOnRequest } from '../../../technical/sso/contract.js'
import {
  identityProviderPaths,
  signOnProfiles,
  type SignOnProfile,
} from '../../../technical/sso/identityProvider.js'
import { namespaces } from '../../../technical/sts/contract.js'
import { anyUri, inNamespace, namespace, opaque, required, write } from '../../../technical/xml/index.js'
import { soaRefusal } from '../../refusal.js'
import { simulate, type SimulatedCall, type SimulatedService } from '../../service.js'
import { signBearer } from './bearer.js'
import type { IdentityProvider } from './identityProvider.js'

export { createIdentityProvider, type IdentityProvider } from './identityProvider.js'

/** What the service works with. */
export interface SingleSignOnOptions {
  readonly signer: Credential
  readonly identityProvider: IdentityProvider
}

/** How long a bearer token is good for. */
const lifetime = 5 * 60_000

const wst = namespace(namespaces.trust, { prefix: 'wst', qualified: true })
const wsse = namespace(namespaces.security, { prefix: 'wsse', qualified: true })

const TokenByReference = wst.element(
  'RequestedSecurityToken',
  wst.sequence({
    SecurityTokenReference: inNamespace(
      wsse.uri,
      wsse.sequence({ Reference: wsse.sequence({}, { URI: required(anyUri) }) }),
    ),
  }),
)
const TokenItself = wst.element('RequestedSecurityToken', wst.sequence({ Assertion: opaque }))

export function createSingleSignOn({ signer, identityProvider }: SingleSignOnOptions): SimulatedService {
  async function answer(call: SimulatedCall<SignOnRequest>) {
    const { request, caller, world, now } = call
    const address = request.AppliesTo.EndpointReference.Address.trim()
    const profile = profileOf(request, address)
    const xml = await signBearer(
      {
        id: `_${world.runtime.uuid().replaceAll('-', '')}`,
        at: now,
        until: new Date(now.getTime() + lifetime),
        identityProvider: address,
        subject: caller.certificate!.subject.toRfc1779(),
        attributes: caller.attributes.map((attribute) => ({
          ...attribute,
          values: attribute.values.filter((value) => value !== ''),
        })),
      },
      signer,
    )
    const token =
      profile === 'post'
        ? write(TokenItself, { Assertion: { xml } })
        : write(TokenByReference, {
            SecurityTokenReference: {
              Reference: { URI: `${address}?SAMLart=${identityProvider.keep(xml)}` },
            },
          })
    return {
      value: {
        ...(request.Context === undefined ? {} : { Context: request.Context }),
        RequestedSecurityToken: { xml: token.xml },
      },
    }
  }
  return { service: 'singleSignOn', operations: [simulate(signOnOperation, { answer })] }
}

/** `wstrust` and `ws-trust` are both seen (spec sts-iam §9). */
const spelt = (text: string): string => text.trim().replace('/ws-trust/', '/wstrust/')

/** The profile goes by the path of the identity provider; the host may be the platform's, for peers that cannot be told. */
function profileOf({ TokenType, RequestType, KeyType }: SignOnRequest, address: string): SignOnProfile {
  const { tokenType, requestType, keyType } = signOnValues
  const told = [TokenType, RequestType, KeyType].map(spelt).join(' ')
  if (told !== [tokenType, requestType, keyType].map(spelt).join(' '))
    throw soaRefusal('SOA-03007', 'only SAML 2.0 bearer tokens are issued')
  const profile = signOnProfiles.find(
    (each) => URL.canParse(address) && new URL(address).pathname === identityProviderPaths[each],
  )
  if (profile === undefined) throw soaRefusal('SOA-03007', 'the address is no identity provider')
  return profile
}
