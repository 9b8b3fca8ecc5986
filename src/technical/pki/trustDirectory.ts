/** Trust anchors in a directory. */
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

import { EHealthError } from '../../errors.js'
import { Certificate } from './certificate.js'

/** Names of files that hold certificates. */
const certificateFile = /\.(pem|crt|cer|der)$/i

/** More than that is no list of anchors but a wrong directory. */
const mostFiles = 1000

/**
 * Reads every certificate in the files `*.pem`, `*.crt`, `*.cer` and `*.der` of a directory, PEM or DER, each once. Subdirectories,
 * other files, and PEM files that hold something else (keys) are left out.
 *
 * @throws EHealthError `configuration.invalid` (no such directory, no certificate in it, too many files),
 * `certificate.malformed` with the name of the file in `path`
 *
 * @example
 * ```ts
 * import { readTrustDirectory } from 'ehealth-connectors/pki'
 *
 * const anchors = await readTrustDirectory('/etc/ehealth/trust')
 * ```
 */
export async function readTrustDirectory(directory: string): Promise<Certificate[]> {
  const names = await filesIn(directory)
  const found = new Map<string, Certificate>()
  for (const name of names)
    for (const certificate of await certificatesIn(directory, name))
      found.set(certificate.fingerprint, certificate)
  if (found.size === 0) throw invalid('there is no certificate in the directory', directory)
  return [...found.values()]
}

async function filesIn(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((cause: unknown) => {
    throw invalid('the directory of trust anchors cannot be read', directory, cause)
  })
  const names = entries.filter((entry) => !entry.isDirectory() && certificateFile.test(entry.name))
  if (names.length > mostFiles) throw invalid(`more than ${mostFiles} files`, directory)
  return names.map(({ name }) => name).sort()
}

async function certificatesIn(directory: string, name: string): Promise<Certificate[]> {
  const bytes = await readFile(path.join(directory, name)).catch((cause: unknown) => {
    throw invalid('the file cannot be read', name, cause)
  })
  const isOtherPem = /-----BEGIN (?!CERTIFICATE-----)[A-Z0-9 ]+-----/.test(bytes.toString('latin1'))
  try {
    return Certificate.allFrom(bytes)
  } catch (error) {
    if (!(error instanceof EHealthError)) throw error
    if (isOtherPem) return []
    throw new EHealthError(error.code, `${name}: ${error.message}`, { path: name, cause: error })
  }
}

const invalid = (message: string, path: string, cause?: unknown): EHealthError =>
  new EHealthError('configuration.invalid', message, { path, ...(cause === undefined ? {} : { cause }) })
