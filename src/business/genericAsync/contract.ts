/** The mailboxes of the insurers: messages and operations (spec memberdata-mycarenet §2). */
export * from './contract/messages.js'
export * from './contract/operations.js'
export * from './contract/signedBlob.js'
export * from './contract/tack.js'
export * from './contract/types.js'
