/** What a request for a token is made from, and what is checked of it before anything is sent. */
import { EHealthError } from '../../errors.js'
import type { ServiceName } from '../environment/environment.js'
import type { Runtime } from '../environment/runtime.js'
import type { Credential } from '../keystore/credential.js'
import type { Certificate } from '../pki/certificate.js'
import type { PipelineContext, RetryOptions } from '../soap/types.js'
import type { SamlAttribute } from './claims.js'
import { samlOperations, type SamlOperationName } from './samlContract.js'
import type { VouchedSubject } from './statement.js'
import type { Token } from './token.js'

/** Protocols in which the STS is asked (spec sts-iam §0). */
export const tokenProfiles = ['ws-trust', 'saml-1.1'] as const

export type TokenProfile = (typeof tokenProfiles)[number]

/** Algorithms of the signature inside of a SAML 1.1 request: the official connector's first (spec sts-iam §1.3). */
export const innerSignatureAlgorithms = ['rsa-sha1', 'rsa-sha256'] as const

/** The signature inside of a SAML 1.1 request, made by the holder of the key. */
export interface InnerSignature {
  /** Sign even when identification and holder of key are the same; false. */
  always?: boolean
  /** `rsa-sha1`, as the official connector does. */
  algorithm?: (typeof innerSignatureAlgorithms)[number]
}

/** How the STS is asked; the same for every token of a caller. */
export interface StsSettings {
  /** `ws-trust`, the default of the official connector since 4.3.0; `saml-1.1` is the older protocol. */
  profile?: TokenProfile
  /** Of the SAML 1.1 profile: the operation, which tells the contract. `RequestSecureToken` is the old one. */
  operation?: SamlOperationName
  /** Of the SAML 1.1 profile. */
  innerSignature?: InnerSignature
  /** Of WS-Trust: send the certificate of the holder of key; true. Without it the token is bound to the signer. */
  useKey?: boolean
  /** Accept assertions signed rsa-sha1, as the STS did before 2026; false. */
  allowSha1?: boolean
}

export const stsSettingNames: readonly (keyof StsSettings)[] = [
  'profile',
  'operation',
  'innerSignature',
  'useKey',
  'allowSha1',
]

/** How calls to the STS are made. */
export interface StsCallOptions {
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

/** What a token is asked to say, and what it must say. */
export interface WantedToken {
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
}

/** Who asks. */
export interface Applicant {
  /** Signs the request: who asks. */
  identification: Credential
  /**
   * The token is bound to this key; it signs the business calls afterwards. Often the same credential. Absent for a token
   * `onBehalfOf` somebody.
   */
  holderOfKey?: Credential
  /** Somebody for whom the signer vouches: the token is for sender-vouches, bound to no key. */
  onBehalfOf?: VouchedSubject
}

/** Judges an assertion and makes it a token; a part of the call that brought it. */
export type AcceptAssertion = (xml: string) => Token

export const day = 24 * 60 * 60 * 1000

/** The service of the platform that speaks a profile: for `endpointOf`. */
export function stsServiceOf({ profile, operation }: StsSettings = {}): ServiceName {
  return profile === 'saml-1.1' ? samlOperations[operation ?? 'RequestSecurityToken'].service : 'sts'
}

/** @throws EHealthError `configuration.invalid` naming the setting */
export function assertSettings(settings: StsSettings, path = ''): void {
  const { profile = 'ws-trust', operation, innerSignature, useKey } = settings
  if (!tokenProfiles.includes(profile))
    throw invalid(`${path}profile`, `expected one of ${tokenProfiles.join(', ')}`)
  if (operation !== undefined && !Object.hasOwn(samlOperations, operation))
    throw invalid(`${path}operation`, `expected one of ${Object.keys(samlOperations).join(', ')}`)
  const { algorithm = 'rsa-sha1' } = innerSignature ?? {}
  if (!innerSignatureAlgorithms.includes(algorithm))
    throw invalid(`${path}innerSignature.algorithm`, `expected one of ${innerSignatureAlgorithms.join(', ')}`)
  const foreign = profile === 'ws-trust' ? { operation, innerSignature } : { useKey }
  for (const [name, value] of Object.entries(foreign))
    if (value !== undefined) throw invalid(path + name, `does not go with the profile ${profile}`)
}

/** @throws EHealthError `configuration.invalid` naming the option */
export function assertApplicant(
  { identification, holderOfKey, onBehalfOf }: Applicant,
  { useKey = true }: StsSettings,
): void {
  if ((holderOfKey === undefined) === (onBehalfOf === undefined))
    throw invalid('holderOfKey', 'expected either a holder of key or somebody on whose behalf')
  if (onBehalfOf !== undefined && (!isText(onBehalfOf.qualifier) || !isText(onBehalfOf.name)))
    throw invalid('onBehalfOf', 'expected a qualifier and a name')
  if (!useKey && holderOfKey?.certificate.equals(identification.certificate) !== true)
    throw invalid('useKey', 'without it the token is bound to the signer, so both keys must be the same')
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== ''

/** What of the options concerns each call. */
export const callOptionsOf = ({ endpoint, context, signal, timeout, retry }: StsCallOptions) => ({
  endpoint,
  context,
  ...(signal === undefined ? {} : { signal }),
  ...(timeout === undefined ? {} : { timeout }),
  ...(retry === undefined ? {} : { retry }),
})

/** @throws EHealthError `configuration.invalid` */
export function assertWanted(validity: number, { sts }: StsCallOptions['trust']): void {
  if (!Number.isFinite(validity) || validity <= 0) throw invalid('validity', 'expected milliseconds above 0')
  if (sts.length === 0)
    throw new EHealthError('configuration.invalid', 'no certificate of the STS is trusted', {
      path: 'trust.sts',
      hint: 'Give the certificate with which the STS of the environment signs, as `trust: { sts: [pem] }`, `--trust-sts FILE` or EHEALTH_TRUST_STS; the platform publishes it on its portal.',
    })
}

function invalid(path: string, problem: string): EHealthError {
  return new EHealthError('configuration.invalid', `${path}: ${problem}`, { path })
}
