/** Outside judges of Debian, asked by their exit status. */
import { spawnSync } from 'node:child_process'

/** Whether a command is there. */
export const hasTool = (name: string): boolean => spawnSync(name, ['--version']).error === undefined

const succeeds = (command: string, parameters: readonly string[]): boolean =>
  spawnSync(command, parameters, { encoding: 'utf8' }).status === 0

/** libxml2 with a schema. */
export const isValid = (file: string, schema: string): boolean =>
  succeeds('xmllint', ['--nonet', '--noout', '--schema', schema, file])

/** xmlsec1: the first signature in the file, its key certified by the anchor. */
export const isSigned = (file: string, anchor: string, idAttribute: string): boolean =>
  succeeds('xmlsec1', [
    '--verify',
    '--insecure',
    '--trusted-pem',
    anchor,
    `--id-attr:${idAttribute.split(' ')[0]}`,
    idAttribute.split(' ')[1]!,
    file,
  ])

/** OpenSAML's own verifier, with the certificate of the signer. */
export const samlsign = (file: string, certificate: string): boolean =>
  succeeds('samlsign', ['-c', certificate, '-f', file])
