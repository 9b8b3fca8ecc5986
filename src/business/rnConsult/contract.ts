/**
 * The messages of RN Consult, described once (spec rn-consult §4 to §5; `ehealth-rnconsult-personservice-protocol-1_0.xsd`
 * and what it imports). Every element is qualified.
 */
export * from './contract/base.js'
export * from './contract/common.js'
export * from './contract/person.js'
export * from './contract/personService.js'
export * from './contract/registration.js'
export * from './contract/words.js'
