/**
 * The messages of MemberData, version 1, and the SAML 2.0 questions and answers inside of them, described once (spec
 * memberdata-mycarenet §1; `mycarenet-memberdata-protocol-1_0.xsd`, `Extensions-simplified.xsd`).
 */
export * from './contract/answer.js'
export * from './contract/catalogue.js'
export * from './contract/facets.js'
export * from './contract/operations.js'
export * from './contract/query.js'
export * from './contract/sectors.js'
export * from './contract/words.js'
