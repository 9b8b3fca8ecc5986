/** Who the caller is to the platform: his token, and the encryption token that others seal with for him. */
import type { Connection } from '../../../connect.js'
import { isEHealthError } from '../../../errors.js'
import { english } from '../../language/index.js'
import { fail, failure, ok, warn, type Finding } from './finding.js'

/** Asks the STS and the depot, with the connection that the program would have. */
export async function examineSession(me: Connection): Promise<Finding[]> {
  const [token, own] = await Promise.all([stsToken(me), ownEncryptionToken(me)])
  return [token, own]
}

async function stsToken(me: Connection): Promise<Finding> {
  const check = 'token'
  try {
    const { attributes, notOnOrAfter } = await me.technical.token()
    const granted = attributes.filter(({ values }) =>
      values.some((value) => value !== '' && value !== 'false'),
    )
    return ok(
      check,
      english`given to a ${me.session.actor.profession} until ${notOnOrAfter.toISOString()}, ${granted.length} of ${attributes.length} attributes granted`,
    )
  } catch (error) {
    return failure(check, error, adviceOn(error))
  }
}

function adviceOn(error: unknown): string | undefined {
  if (isEHealthError(error, 'token.attribute'))
    return 'Check the profession (--as) and the numbers (--ssin, --nihii); if they are right, the holder is not registered as such: ask the NIHDI or the platform.'
  if (isEHealthError(error, 'token.refused'))
    return 'Compare the numbers with the certificate (`ehealth keystore inspect`), and the environment with the keystore: those of acceptance are not known in production.'
  if (isEHealthError(error, 'token.untrusted'))
    return 'The STS signs with a new certificate, or somebody else answers: take the certificate from the platform’s portal and give it as --trust-sts.'
  return undefined
}

async function ownEncryptionToken(me: Connection): Promise<Finding> {
  const check = 'own encryption token'
  try {
    const [{ encryptionCertificate }, { decryptionKeys }] = await Promise.all([
      me.technical.etk.own(),
      me.session.keystore(),
    ])
    const index = decryptionKeys.findIndex(({ certificate }) => certificate.equals(encryptionCertificate))
    if (index === 0) return ok(check, 'published, and its key is the newest one of the keystore')
    if (index > 0)
      return warn(
        check,
        'etk.older-key',
        'published, but of an older key of the keystore',
        'Activate the token of the newest key with the certificate manager; until then others seal with the older one.',
      )
    return fail(
      check,
      'etk.other-key',
      'published, but its key is not in the keystore: what others seal for this actor cannot be opened',
      'Open the keystore that was made at the last renewal; if it is lost, register a new encryption key.',
    )
  } catch (error) {
    return failure(
      check,
      error,
      isEHealthError(error, 'etk.not-found')
        ? 'Register and activate an encryption key with the certificate manager: without it nobody can seal for this actor.'
        : undefined,
    )
  }
}
