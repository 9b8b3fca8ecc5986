/** The messages of ConsultRN v1, the first generation, described once (spec rn-consult §9). Legacy: see docs/rn-consult.md. */
export * from './contract/histories.js'
export * from './contract/messages.js'
export * from './contract/operations.js'
export * from './contract/person.js'
