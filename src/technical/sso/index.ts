/**
 * Single sign-on: from the token of a session to a web session in the user's browser.
 *
 * @module
 */
export { identityProviderOf, signOnProfiles, type SignOnProfile } from './identityProvider.js'
export { ArtifactSignOn, PostSignOn, type SignOnFields } from './page.js'
export { signOn, type SignOnOf, type SignOnOptions } from './signOn.js'
