/** Signing tokens, with the mistakes that scripted trouble asks for. */
import type { Credential } from '../../../technical/keystore/credential.js'
import { namespaces } from '../../../technical/sts/contract.js'
import { parseXml } from '../../../technical/xml/parse.js'
import { signEnveloped } from '../../../technical/xml/signature/index.js'
import { childNamed } from '../../../technical/xml/tree.js'
import type { Trouble } from '../../faults.js'
import { writeAssertion, type AssertionContent } from './assertion.js'

/** Who signs tokens. */
export interface TokenSigners {
  readonly sts: Credential
  /** Of the same authorities, but not the STS: a client that pins must refuse it. */
  readonly impostor: Credential
}

/** The assertion with its signature as last child. */
export async function signToken(
  content: AssertionContent,
  signers: TokenSigners,
  trouble: Trouble | undefined,
): Promise<string> {
  const credential = trouble?.kind === 'assertion-signer' ? signers.impostor : signers.sts
  const sha1 = trouble?.kind === 'assertion-sha1'
  const signed = await signEnveloped(writeAssertion(content), {
    idAttribute: 'AssertionID',
    credential,
    sha1,
  })
  if (trouble?.kind === 'assertion-wrapped') return wrapped(signed, content)
  return trouble?.kind === 'assertion-signature' ? withOneBitWrong(signed) : signed
}

function withOneBitWrong(signed: string): string {
  return signed.replace(/(SignatureValue>)([^<]+)/, (_, tag: string, value: string) => {
    const octets = Buffer.from(value, 'base64')
    octets[0]! ^= 1
    return tag + octets.toString('base64')
  })
}

/**
 * The good assertion hidden in the advice of one that says more: the signature in it is valid, and covers something else
 * than what a careless reader reads.
 */
function wrapped(signed: string, content: AssertionContent): string {
  const forged = writeAssertion({
    ...content,
    id: `${content.id}0`,
    attributes: content.attributes.map((attribute) => ({
      ...attribute,
      values: attribute.values.map((value) => (value === 'false' ? 'true' : value)),
    })),
  })
  const { root } = parseXml(forged)
  const { end } = childNamed(root, namespaces.assertion, 'Conditions')!
  return `${forged.slice(0, end)}<Advice>${signed}</Advice>${forged.slice(end)}`
}
