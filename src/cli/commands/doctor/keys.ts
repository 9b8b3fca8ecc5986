/** The caller's keys: do they open, what is there, and for how long. */
import { isEHealthError } from '../../../errors.js'
import type { Keystore } from '../../../technical/keystore/index.js'
import type { Certificate } from '../../../technical/pki/index.js'
import { english } from '../../language/index.js'
import { dayOf, daysUntil, fail, failure, ok, warn, type Finding } from './finding.js'

/** Days before the end of a certificate at which the doctor speaks up. */
export interface Warnings {
  /** The caller's own: the platform renews them in their last 90 days. */
  own: number
  /** Those of authorities and servers. */
  others: number
}

const renewAdvice =
  'Renew the certificate with the certificate manager of the platform before that day; keep the old keystore for old messages.'

/** What is examined: a keystore file, or a token; `holder` where its keys hold the session and open messages. */
export interface Examined<Kind extends Keystore> {
  check: 'keystore' | 'card'
  holder: boolean
  open: () => Promise<Kind>
}

/** Opens it; the findings and, where it opened, the keystore. */
export async function examineKeystore<Kind extends Keystore>(
  { check, holder, open }: Examined<Kind>,
  now: Date,
  warnings: Warnings,
): Promise<{ findings: Finding[]; keystore?: Kind }> {
  try {
    const keystore = await open()
    const { authentication, decryptionKeys, certificates } = keystore
    const key = sizeOf(authentication.certificate)
    const count = decryptionKeys.length
    const keys = count === 1 ? english`${count} encryption key` : english`${count} encryption keys`
    const opened = ok(
      check,
      english`opens: authentication key (${key}), ${keys}, ${certificates.length} certificates`,
    )
    const own = authenticationKey(keystore, now, warnings)
    return {
      findings: holder
        ? [opened, ...chainOf(keystore), own, encryptionKeys(keystore, now)]
        : [opened, { ...own, check: 'card key' }],
      keystore,
    }
  } catch (error) {
    return { findings: [failure(check, error, adviceOn(error))] }
  }
}

const sizeOf = (certificate: Certificate): string =>
  `${certificate.keyType.toUpperCase()} ${certificate.rsaBits || certificate.ecBits}`

function adviceOn(error: unknown): string | undefined {
  if (isEHealthError(error, 'keystore.password'))
    return 'Check the password (capitals, spaces at the end, keyboard layout) and that it belongs to this very file; after a renewal both change.'
  if (isEHealthError(error, 'keystore.no-authentication'))
    return 'Take the keystore that the certificate manager made, or name the entry; `ehealth keystore inspect FILE` lists what is in it.'
  return undefined
}

/** Without the authorities the platform may not be able to judge the certificate. */
function chainOf({ authentication }: Keystore): Finding[] {
  if (authentication.chain.length > 0) return []
  return [
    warn(
      'certificate chain',
      'keystore.no-chain',
      'the keystore holds no issuing authority of its certificate',
      'Take the keystore as the certificate manager made it: exporting or converting it lost the authorities.',
    ),
  ]
}

function authenticationKey(
  { state, notAfter, authentication }: Keystore,
  now: Date,
  { own }: Warnings,
): Finding {
  const check = 'authentication key'
  const days = daysUntil(notAfter, now)
  if (state === 'expired')
    return fail(
      check,
      'certificate.expired',
      english`its certificate ended on ${dayOf(notAfter)}`,
      'Ask for a new certificate: one that has ended is no longer renewed. Old messages still open with this keystore.',
    )
  if (state === 'not-yet-valid')
    return fail(
      check,
      'certificate.not-yet-valid',
      english`its certificate is valid from ${dayOf(authentication.certificate.notBefore)} only`,
      'Check the clock of this machine; a new certificate starts at the minute it was made.',
    )
  const until = english`its certificate ends on ${dayOf(notAfter)}, in ${days} days`
  return days < own ? warn(check, 'certificate.ends-soon', until, renewAdvice) : ok(check, until)
}

function encryptionKeys({ decryptionKeys }: Keystore, now: Date): Finding {
  const check = 'encryption keys'
  const [newest] = decryptionKeys
  if (newest === undefined)
    return warn(
      check,
      'keystore.no-encryption-key',
      'none: nothing that is sealed for this actor can be opened',
      'Finish the registration of an encryption key with the certificate manager, or open the keystore that holds it.',
    )
  const { notAfter } = newest.certificate
  const found = english`${decryptionKeys.length}, the newest until ${dayOf(notAfter)}`
  return notAfter < now
    ? warn(check, 'certificate.expired', found, 'Renew the certificate: a new encryption key comes with it.')
    : ok(check, found)
}
