/** Messages that KMEHR and the hubservices describe for several services. */
export * from './contract/versions.js'
export * from './contract/kmehr.js'
export * from './contract/hubservices.js'
