import type { Command } from 'commander'

import type { Connection } from '../../connect.js'
import type { Token, TokenAttribute } from '../../technical/sts/index.js'
import { addConnectionOptions, openConnection, type ConnectionOptions } from '../connection.js'
import { t } from '../language/index.js'
import type { Token as Document } from '../json/index.js'
import { plain, print, printFields, printJson, styled, UsageError } from '../output.js'

interface Options extends ConnectionOptions {
  raw?: boolean
}

/**
 * `ehealth token`: asks the STS, shows who the caller is to the platform. The attributes stand there with their values: it is
 * their owner who asks, at his own terminal. No log and no event holds them.
 */
export function registerToken(program: Command): void {
  addConnectionOptions(
    program
      .command('token')
      .description('ask the STS for a token and show who you are: attributes, validity, keys')
      .option('--raw', 'print the assertion itself, and nothing else: whoever has it and the key is you'),
  ).action(async (options: Options) => {
    if (options.raw === true && options.json === true)
      throw new UsageError('--raw prints the assertion alone: not with --json')
    await using me = await openConnection(options)
    const token = await me.technical.token()
    if (options.raw === true) return print(token.xml)
    const shown = await describe(me, token)
    if (options.json === true) return printJson<Document>(shown)
    show(shown)
  })
}

async function describe(me: Connection, token: Token) {
  const keystore = await me.session.keystore()
  const { certificate } = keystore.authentication
  const { issuer, signer, notBefore, notOnOrAfter } = token
  return {
    identity: {
      profession: me.session.actor.profession,
      quality: me.session.actor.quality,
      ...keystore.identity,
    },
    issuer,
    signer: signer.subject.toRfc2253(),
    notBefore: notBefore.toISOString(),
    notOnOrAfter: notOnOrAfter.toISOString(),
    minutesLeft: Math.floor((notOnOrAfter.getTime() - Date.now()) / 60_000),
    holder: {
      subject: certificate.subject.toRfc2253(),
      issuer: certificate.issuer.toRfc2253(),
      serialNumber: certificate.serialNumber.toString(),
      notAfter: certificate.notAfter.toISOString(),
      fingerprint: certificate.fingerprint,
    },
    attributes: token.attributes.map(shownAttribute),
  }
}

const shownAttribute = ({ name, namespace, values }: TokenAttribute) => ({
  name,
  namespace,
  values,
  granted: values.some((value) => value !== '' && value !== 'false'),
})

/** What a person looks for; `--json` has the rest. */
function show({ identity, holder, attributes, ...token }: Awaited<ReturnType<typeof describe>>): void {
  const { profession, type, value, name, application } = identity
  printFields({
    'who am I': plain(
      [`${profession},`, type, value, application, name].filter((part) => part !== undefined).join(' '),
    ),
    issuer: plain(token.issuer),
    signer: plain(token.signer),
    valid: t`${token.notBefore} to ${token.notOnOrAfter}, ${token.minutesLeft} minutes left`,
    'key of': plain(holder.subject),
    'key until': holder.notAfter,
  })
  for (const { name, values, granted } of attributes)
    print(
      `${granted ? styled('green', t`granted`) : styled('yellow', t`refused`)}  ${plain(name)} ${plain(values.join(' '))}`.trimEnd(),
    )
}
