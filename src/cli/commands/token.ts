import type { Command } from 'commander'

import { addConnectionOptions, openConnection, type ConnectionOptions } from '../connection.js'
import { print, printFields, printJson, styled } from '../output.js'

/** `ehealth token`: asks the STS, shows what was granted; never the assertion. */
export function registerToken(program: Command): void {
  addConnectionOptions(
    program
      .command('token')
      .description('ask the STS for a token and show its validity and attributes; never the token itself'),
  ).action(async (options: ConnectionOptions) => {
    await using me = await openConnection(options)
    const { issuer, notBefore, notOnOrAfter, signer, attributes } = await me.technical.token()
    const shown = {
      issuer,
      signer: signer.subject.toRfc2253(),
      notBefore: notBefore.toISOString(),
      notOnOrAfter: notOnOrAfter.toISOString(),
    }
    const listed = attributes.map(({ name, namespace, values }) => ({
      name,
      namespace,
      values,
      granted: values.some((value) => value !== '' && value !== 'false'),
    }))
    if (options.json === true) return printJson({ ...shown, attributes: listed })
    printFields(shown)
    for (const { name, values, granted } of listed)
      print(
        `${granted ? styled('green', 'granted') : styled('yellow', 'refused')}  ${name} ${values.join(' ')}`,
      )
  })
}
