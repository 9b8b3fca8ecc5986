/**
 * Time stamps: the platform's authority and its archive, and verifying tokens of RFC 3161 from anywhere.
 *
 * @module
 */
export * from '../timestampToken/index.js'
