/**
 * Messages of the eHealthBox v3: described once, for the client and for whoever serves it (spec ehealthbox §2, §3).
 *
 * @module
 */
export * from './contract/core.js'
export * from './contract/publication.js'
export * from './contract/consultation.js'
export { consultationOperations, publicationOperations } from './contract/operations.js'
