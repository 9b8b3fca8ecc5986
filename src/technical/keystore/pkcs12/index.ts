/** PKCS#12 stores: read as the platform ever wrote them, written as today's software does. */
export { readPkcs12, type BagNames, type Pkcs12Contents } from './read.js'
export { writePkcs12, type Pkcs12Entry, type WritePkcs12Options } from './write.js'
