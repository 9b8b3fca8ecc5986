/** Namespaces and fixed words of the questions and answers (spec memberdata-mycarenet §1.5, §1.7). */
import { namespace } from '../../../technical/xml/index.js'

export const samlp = namespace('urn:oasis:names:tc:SAML:2.0:protocol', { prefix: 'saml2p', qualified: true })
export const saml = namespace('urn:oasis:names:tc:SAML:2.0:assertion', { prefix: 'saml2', qualified: true })
/** `Dimension` stands in no namespace: the schema has no `elementFormDefault`. */
export const extension = namespace('urn:be:cin:nippin:memberdata:saml:extension', {
  prefix: 'ext',
  qualified: true,
})
export const xmlSchema = namespace('http://www.w3.org/2001/XMLSchema', { prefix: 'xs', qualified: true })

/** Head of the names of facets, assertions and attributes. */
export const nippin = 'urn:be:cin:nippin:'

/** What stands in `xsi:type` of the extensions of a question. */
export const extensionsType = `{${extension.uri}}ExtensionsType`
/** What stands in `xsi:type` of the advice of an assertion. */
export const adviceType = `{${extension.uri}}AdviceType`

/** `Method` of the confirmation of a subject. */
export const memberIdentification = `${nippin}memberIdentification`

/** `Format` of the issuer of a question. */
export const issuerFormat = `${nippin}nihii11`

/** `Format` of the number of a patient. */
export const nameIdFormats = {
  ssin: 'urn:be:fgov:person:ssin',
  ssinAtMutuality: `${nippin}member:ssin@mut`,
  registrationNumber: `${nippin}careReceiver:registrationNumber@mut`,
} as const

/** Issuer of what MyCareNet itself answers. */
export const platformIssuer = `${nippin}aa`
/** Head of the issuer of what an insurer answers; its code of three digits follows. */
export const insurerIssuer = 'urn:be:cin:io:'

/** Head of the first status of an answer. */
export const statusPrefix = 'urn:oasis:names:tc:SAML:2.0:status:'
/** Head of the second one. */
export const subStatusPrefix = `${nippin}SAML:status:`
