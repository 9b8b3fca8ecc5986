/** Signing tokens, with the mistakes that scripted trouble asks for. */
import type { Credential } from '../../../technical/keystore/credential.js'
import { signEnveloped } from '../../../technical/xml/signature/index.js'
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
  const signed = await signEnveloped(writeAssertion(content), { idAttribute: 'AssertionID', credential })
  return trouble?.kind === 'assertion-signature' ? withOneBitWrong(signed) : signed
}

function withOneBitWrong(signed: string): string {
  return signed.replace(/(SignatureValue>)([^<]+)/, (_, tag: string, value: string) => {
    const octets = Buffer.from(value, 'base64')
    octets[0]! ^= 1
    return tag + octets.toString('base64')
  })
}
