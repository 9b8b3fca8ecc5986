/**
 * The messages of the address book, version 1, described once (spec ehealthbox §8; `ehealth-addressbook-protocol-1_2.xsd`,
 * identical to 1.1). Every element is qualified.
 */
export * from './contract/attributes.js'
export * from './contract/combinations.js'
export * from './contract/operations.js'
export * from './contract/requests.js'
export * from './contract/responses.js'
export * from './contract/words.js'
