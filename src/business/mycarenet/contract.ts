/**
 * What the messages of MyCareNet share, described once: commons of versions 2, 3 and 4, the commons of its own mailboxes,
 * blobs, sealed content, faults (spec memberdata-mycarenet §3, §5). The services build their messages from these.
 */
export * from './contract/blob.js'
export * from './contract/commons.js'
export * from './contract/commonsV4.js'
export * from './contract/core.js'
export * from './contract/dates.js'
export * from './contract/encrypted.js'
export * from './contract/faults.js'
export * from './contract/qualities.js'
export * from './contract/recipients.js'
