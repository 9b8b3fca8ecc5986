/** `ehealth keystore tokens`: which cards and HSMs are there, and what is on one of them. */
import type { Command } from 'commander'

import { stateAt } from '../../../technical/keystore/validity.js'
import { listTokens, type Pkcs11Entry, type Pkcs11Token } from '../../../technical/keystore/pkcs11/index.js'
import { t } from '../../language/index.js'
import type { KeystoreTokens, ShownTokenEntry } from '../../json/index.js'
import { plain, print, printJson, UsageError } from '../../output.js'
import { addTokenOptions, openToken, type TokenOptions } from '../../pkcs11.js'

export function registerTokens(keystore: Command): void {
  addTokenOptions(
    keystore
      .command('tokens')
      .description('list cards and HSMs; with --token-label or --slot the keys of one, never a key itself'),
  )
    .option('--json', 'print JSON')
    .action(async (options: TokenOptions & { json?: boolean }) => {
      if (options.pkcs11 === undefined) throw new UsageError('give --pkcs11')
      const tokens = await listTokens({ library: options.pkcs11 })
      const chosen = options.tokenLabel !== undefined || options.slot !== undefined
      await using token = chosen ? await openToken(options, { allowExpired: true }) : undefined
      const entries = token?.entries.map((entry) =>
        shownEntry(entry, token.authentication.certificate.fingerprint),
      )
      if (options.json === true)
        return printJson<KeystoreTokens>({ tokens, ...(entries === undefined ? {} : { entries }) })
      if (tokens.length === 0) print(t`no token in any slot`)
      for (const one of tokens) print(tokenLine(one))
      for (const { label, id, role, key, state, notAfter } of entries ?? [])
        print(`${role.padEnd(14)}  ${plain(label)} (id ${id}), ${key}, ${state}, ${t`until ${notAfter}`}`)
    })
}

const tokenLine = (token: Pkcs11Token): string =>
  [
    t`slot ${token.slot}`,
    plain(token.label),
    plain(`${token.manufacturer} ${token.model}`),
    ...(token.pinPad ? [t`PIN on the reader`] : []),
    ...(token.pinAttempts === 'normal' ? [] : [t`PIN attempts: ${token.pinAttempts}`]),
  ].join('  ')

function shownEntry(
  { label, id, certificate, asksPinForEachSignature }: Pkcs11Entry,
  own: string,
): ShownTokenEntry {
  const usage = certificate.keyUsage
  const encryption = usage?.has('dataEncipherment') === true && !usage.has('digitalSignature')
  return {
    label,
    id,
    role: certificate.fingerprint === own ? 'authentication' : encryption ? 'encryption' : 'other',
    key: [certificate.keyType, certificate.rsaBits || certificate.ecBits].join(' '),
    keyUsage: usage === undefined ? null : [...usage],
    state: stateAt(certificate, new Date()),
    notAfter: certificate.notAfter.toISOString(),
    fingerprint: certificate.fingerprint,
    asksPinForEachSignature,
  }
}
