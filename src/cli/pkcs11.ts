/** Keys on a card or an HSM, in place of a keystore file. */
import type { Command } from 'commander'

import { EHealthError } from '../errors.js'
import { openPkcs11, type Pkcs11Keystore, type PinRequest } from '../technical/keystore/pkcs11/index.js'
import { promptPassword } from './input.js'
import { english, t } from './language/index.js'
import { UsageError } from './output.js'

/** What {@link addTokenOptions} adds. */
export interface TokenOptions {
  pkcs11?: string
  tokenLabel?: string
  slot?: string
  pinEnv?: string
  keyLabel?: string
}

/** Adds `--pkcs11` and what belongs to it. */
export function addTokenOptions(command: Command): Command {
  return command
    .option('--pkcs11 <library>', 'PKCS#11 library of a card or HSM that holds the keys')
    .option('--token-label <label>', 'label of the token; the only one by default')
    .option('--slot <id>', 'id of its slot')
    .option(
      '--pin-env <variable>',
      'environment variable that holds the PIN; asked for at a terminal by default',
    )
    .option(
      '--key-label <label>',
      'label of the key to authenticate with; `authentication`, or the only one, by default',
    )
}

const companions = ['tokenLabel', 'slot', 'pinEnv', 'keyLabel'] as const

/** The token that the options name, open; `undefined` where they name none. Whoever asked closes it. */
export async function openToken(
  options: TokenOptions,
  { allowExpired = false }: { allowExpired?: boolean } = {},
): Promise<Pkcs11Keystore | undefined> {
  const { pkcs11: library, tokenLabel, slot, keyLabel } = options
  refuseTokenOptions(options)
  if (library === undefined) return undefined
  return openPkcs11({
    library,
    pin: pinOf(options),
    allowExpired,
    ...(tokenLabel === undefined ? {} : { tokenLabel }),
    ...(slot === undefined ? {} : { slot: slotOf(slot) }),
    ...(keyLabel === undefined ? {} : { authentication: keyLabel }),
  })
}

/** @throws UsageError for options that mean nothing without a library */
export function refuseTokenOptions(options: TokenOptions): void {
  if (options.pkcs11 === undefined && companions.some((name) => options[name] !== undefined))
    throw new UsageError('--token-label, --slot, --pin-env and --key-label go with --pkcs11')
}

export function slotOf(text: string): number {
  if (!/^[0-9]{1,15}$/.test(text)) throw new UsageError('--slot takes the id of a slot, a number')
  return Number(text)
}

/** The PIN of a variable, or whoever sits at the terminal. */
function pinOf({ pinEnv }: TokenOptions): string | ((request: PinRequest) => Promise<string>) {
  if (pinEnv !== undefined) {
    const pin = process.env[pinEnv]
    if (pin === undefined || pin === '')
      throw new UsageError(english`the environment variable ${pinEnv} is not set`)
    return pin
  }
  return async ({ tokenLabel, reason, keyLabel, pinAttempts }) => {
    if (!process.stdin.isTTY)
      throw new EHealthError(
        'keystore.pin-required',
        'the token wants a PIN and nobody is there to give it',
        {
          hint: 'Give --pin-env, or run the command at a terminal.',
        },
      )
    const what =
      reason === 'signature'
        ? keyLabel === undefined
          ? t`, to sign with its key`
          : t`, to sign with ${keyLabel}`
        : ''
    const warning =
      pinAttempts === 'final' ? t` (LAST attempt)` : pinAttempts === 'low' ? t` (mind the attempts)` : ''
    return promptPassword(t`PIN of ${tokenLabel}${what}${warning}: `)
  }
}
