/** Trust material of an environment, read once. */
import { EHealthError } from '../../errors.js'
import type { TrustMaterial } from '../environment/environment.js'
import { Certificate } from '../pki/certificate.js'
import { invalidOption, refuseUnknownOptions } from './options.js'
import type { Trust } from './types.js'

/**
 * Reads the certificates.
 *
 * @throws EHealthError `configuration.invalid` with the path of what holds no certificate; `certificate.malformed`
 */
export function parseTrust(material: TrustMaterial): Trust {
  refuseUnknownOptions(
    material,
    ['tls', 'signers', 'sts', 'registrationAuthority', 'timestampAuthority'],
    'trust',
  )
  const signers = certificates('signers', material.signers)
  return {
    signers,
    sts: certificates('sts', material.sts),
    registrationAuthority: certificates('registrationAuthority', material.registrationAuthority),
    timestampAuthority:
      material.timestampAuthority === undefined
        ? signers
        : certificates('timestampAuthority', material.timestampAuthority),
  }
}

function certificates(name: string, given: readonly (string | Uint8Array)[] = []): Certificate[] {
  if (!Array.isArray(given))
    throw invalidOption(`trust.${name}`, 'expected an array of certificates', 'Put it in brackets.')
  return given.flatMap((bytes: string | Uint8Array, index) => {
    const path = `trust.${name}[${index}]`
    const found = readAll(bytes, path)
    if (found.length === 0)
      throw invalidOption(path, 'no certificate in PEM or DER', 'Give the content of the file, not its name.')
    return found
  })
}

function readAll(bytes: string | Uint8Array, path: string): Certificate[] {
  try {
    return Certificate.allFrom(bytes)
  } catch (error) {
    if (!(error instanceof EHealthError)) throw error
    throw new EHealthError(error.code, `${path}: ${error.message}`, { path, cause: error })
  }
}
