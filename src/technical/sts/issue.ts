/** Asking the STS for a token (spec sts-iam §1.4). */
import { EHealthError, isEHealthError } from '../../errors.js'
import type { Runtime } from '../environment/runtime.js'
import type { Credential } from '../keystore/credential.js'
import type { Certificate } from '../pki/certificate.js'
import { call } from '../soap/call.js'
import type { CallResult, PipelineContext, RetryOptions } from '../soap/types.js'
import { rawElement } from '../xml/parse.js'
import { acceptToken } from './accept.js'
import { claimsOf, isAsserted, type SamlAttribute } from './claims.js'
import { stsOperations, trustValues, type RequestSecurityTokenResponse } from './contract.js'
import type { Token } from './token.js'

/** Options of {@link issueToken}. */
export interface IssueTokenOptions {
  /** Signs the request: who asks. */
  identification: Credential
  /** The token is bound to this key; it signs the business calls afterwards. Often the same credential. */
  holderOfKey: Credential
  /** With values asserted, without asked for. */
  attributes: readonly SamlAttribute[]
  /** Names of attributes that must come back, neither empty nor `false`. */
  demanded?: readonly string[]
  /** NIHII number that the token must confirm where one is demanded. */
  nihii?: string
  /** Milliseconds; 24 hours. */
  validity?: number
  /** Seconds by which the token may begin ahead of the clock; 300. */
  skewSeconds?: number
  /** URL of the service. */
  endpoint: string
  /** The certificates of the STS, pinned. */
  trust: { readonly sts: readonly Certificate[] }
  context: PipelineContext
  runtime: Runtime
  signal?: AbortSignal
  /** Milliseconds per call. */
  timeout?: number
  /** How often each call is tried. */
  retry?: RetryOptions
}

const day = 24 * 60 * 60 * 1000

/**
 * Asks for a token and verifies it.
 *
 * When the keys of identification and holder differ, the STS answers with a challenge; it is given back signed by the
 * holder's key.
 *
 * @throws EHealthError `token.refused` (the STS says no), `token.malformed`, `token.untrusted`, `token.expired`,
 * `token.confirmation`, `token.attribute`, `signature.*`; `configuration.invalid` before anything is sent;
 * `fault.*` and `transport.*` as for every call.
 *
 * @example
 * ```ts
 * import { physician } from 'ehealth-connectors/professions'
 * import { issueToken } from 'ehealth-connectors/sts'
 *
 * const token = await issueToken({
 *   identification: keystore.authentication,
 *   holderOfKey: keystore.authentication,
 *   attributes: physician({ ssin, nihii }).attributes,
 *   endpoint: 'https://services-acpt.ehealth.fgov.be/IAM/SecurityTokenService/v1',
 *   trust: { sts },
 *   context,
 *   runtime,
 * })
 * ```
 */
export async function issueToken(options: IssueTokenOptions): Promise<Token> {
  const {
    identification,
    holderOfKey,
    attributes,
    validity = day,
    endpoint,
    trust,
    context,
    runtime,
  } = options
  if (!Number.isFinite(validity) || validity <= 0)
    throw new EHealthError('configuration.invalid', 'validity: expected milliseconds above 0', {
      path: 'validity',
    })
  if (trust.sts.length === 0)
    throw new EHealthError('configuration.invalid', 'no certificate of the STS is trusted', {
      path: 'trust.sts',
      hint: 'Give the certificate with which the STS of the environment signs; the platform publishes it.',
    })
  const claims = claimsOf(attributes)
  const now = runtime.now()
  const callOptions = {
    endpoint,
    context,
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    ...(options.timeout === undefined ? {} : { timeout: options.timeout }),
    ...(options.retry === undefined ? {} : { retry: options.retry }),
  }

  let token: Token | undefined
  // the assertion is what the STS signs in its answer: it is judged as a part of the call
  const verify = (answer: Answer) => (): void => {
    token = acceptToken(assertionOf(answer), {
      sts: trust.sts,
      at: runtime.now(),
      holderOfKey: holderOfKey.certificate,
      asserted: attributes.filter(isAsserted),
      demanded: options.demanded ?? [],
      ...(options.skewSeconds === undefined ? {} : { skewSeconds: options.skewSeconds }),
      ...(options.nihii === undefined ? {} : { nihii: options.nihii }),
    })
  }
  const asked = await answerOf(() =>
    call(
      stsOperations.requestSecurityToken,
      {
        Context: runtime.uuid(),
        TokenType: trustValues.samlToken,
        RequestType: trustValues.issue,
        Claims: { Dialect: trustValues.claimsDialect, ClaimType: claims },
        Lifetime: { Created: now, Expires: new Date(now.getTime() + validity) },
        KeyType: trustValues.publicKey,
        UseKey: {
          SecurityTokenReference: { X509Data: { X509Certificate: holderOfKey.certificate.der } },
        },
      },
      {
        ...callOptions,
        security: { kind: 'x509', credential: identification },
        verify: (answer) => (answer.value.SignChallenge === undefined ? verify(answer) : undefined),
      },
    ),
  )
  const { Context, SignChallenge } = asked.value
  if (SignChallenge !== undefined)
    await answerOf(() =>
      call(
        stsOperations.challenge,
        { ...(Context === undefined ? {} : { Context }), SignChallengeResponse: SignChallenge },
        { ...callOptions, security: { kind: 'x509', credential: holderOfKey }, verify },
      ),
    )
  return token!
}

type Answer = CallResult<RequestSecurityTokenResponse>

/** Faults that mean "no token for you", as against "not now" or "not understood". */
const refusals = ['fault.not-authorised', 'fault.business', 'fault.content', 'fault.other'] as const

async function answerOf(send: () => Promise<Answer>): Promise<Answer> {
  try {
    return await send()
  } catch (error) {
    if (isEHealthError(error, 'contract.unreadable'))
      throw new EHealthError('token.malformed', `the answer of the STS is unusable: ${error.message}`, {
        cause: error,
      })
    if (error instanceof EHealthError && refusals.some((code) => code === error.code))
      throw new EHealthError('token.refused', 'the STS refuses to issue a token', {
        cause: error,
        ...(error.platform === undefined ? {} : { platform: error.platform }),
        hint: 'Compare the numbers that you assert with the certificate, and the certificate with the environment.',
      })
    throw error
  }
}

function assertionOf(answer: Answer): string {
  const { RequestedSecurityToken, SignChallenge } = answer.value
  const element = RequestedSecurityToken?.Assertion.element
  if (element === undefined)
    throw new EHealthError(
      'token.malformed',
      SignChallenge === undefined
        ? 'the STS answered neither token nor challenge'
        : 'the STS answered a challenge to the answer of a challenge',
    )
  let root = element
  while (root.parent !== undefined) root = root.parent
  return rawElement({ root, source: answer.meta.raw.response }, element, 'mentioned')
}
