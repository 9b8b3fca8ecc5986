/** Looking at the outside of a sealed message: for whom it is, before anything is opened or believed. */
import { EHealthError } from '../../errors.js'
import { readEnvelopedData } from './cms/envelopedData.js'
import { readSignedData } from './cms/signedData.js'
import { CmsError } from './cms/structure.js'

/** Who can open a message, as it says itself. Nothing of this is verified. */
export interface SealedRecipients {
  /** Serial numbers of the encryption certificates addressed. */
  serialNumbers: readonly bigint[]
  /** Base64 of the identifiers of bare public keys addressed. */
  keyIdentifiers: readonly string[]
  /** Base64 of the identifiers of secret keys: what KGSS is asked for. */
  secretKeyIds: readonly string[]
}

/**
 * The recipients that a sealed message names; an unaddressed message names the secret key to ask KGSS for.
 *
 * @throws EHealthError `unseal.malformed`
 */
export function readRecipients(sealed: Uint8Array): SealedRecipients {
  const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
  try {
    const { content } = readSignedData(sealed, { allowTrailing: true })
    if (content === undefined) throw new CmsError('content-missing', 'the outer layer has no content')
    const { recipients } = readEnvelopedData(content)
    return {
      serialNumbers: recipients.flatMap((recipient) =>
        recipient.kind === 'key' && recipient.recipient.keyIdentifier === undefined
          ? [recipient.recipient.serialNumber]
          : [],
      ),
      keyIdentifiers: recipients.flatMap((recipient) =>
        recipient.kind === 'key' && recipient.recipient.keyIdentifier !== undefined
          ? [base64(recipient.recipient.keyIdentifier)]
          : [],
      ),
      secretKeyIds: recipients.flatMap((recipient) =>
        recipient.kind === 'secret-key' ? [base64(recipient.keyIdentifier)] : [],
      ),
    }
  } catch (error) {
    if (error instanceof CmsError)
      throw new EHealthError('unseal.malformed', 'the bytes are not a sealed message', { cause: error })
    throw error
  }
}
