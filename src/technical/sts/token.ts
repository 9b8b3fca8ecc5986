/** A token of the STS, verified. */
import { inspect } from 'node:util'

import type { Certificate } from '../pki/certificate.js'
import type { SamlAssertion } from '../soap/types.js'

/** An attribute as the token carries it. */
export interface TokenAttribute {
  readonly name: string
  readonly namespace: string
  /** Empty values and `false` mean: not granted (spec sts-iam §1.5). */
  readonly values: readonly string[]
}

/** What {@link Token} is made of. */
export interface TokenContent {
  readonly id: string
  readonly xml: string
  readonly issuer: string
  readonly notBefore: Date
  readonly notOnOrAfter: Date
  readonly attributes: readonly TokenAttribute[]
  readonly signer: Certificate
  readonly confirmation?: TokenConfirmation
}

/** Who may use a token: the holder of its key, or the sender that vouches for its subject. */
export type TokenConfirmation = 'holder-of-key' | 'sender-vouches'

/**
 * A SAML 1.1 assertion whose signature, signer, validity and confirmation were verified.
 *
 * It is a class so that what identifies a person stays out of logs: neither `JSON.stringify` nor `console.log` shows
 * the assertion or the values of its attributes.
 */
export class Token implements SamlAssertion {
  /** `AssertionID`. */
  readonly id: string
  /** For instance `urn:be:fgov:ehealth:sts:1_0`. */
  readonly issuer: string
  readonly notBefore: Date
  /** First instant at which the token is no longer valid. */
  readonly notOnOrAfter: Date
  /** The pinned certificate of the STS that signed. */
  readonly signer: Certificate
  readonly confirmation: TokenConfirmation
  readonly #xml: string
  readonly #attributes: readonly TokenAttribute[]

  constructor(content: TokenContent) {
    this.id = content.id
    this.issuer = content.issuer
    this.notBefore = content.notBefore
    this.notOnOrAfter = content.notOnOrAfter
    this.signer = content.signer
    this.confirmation = content.confirmation ?? 'holder-of-key'
    this.#xml = content.xml
    this.#attributes = content.attributes
  }

  /** The assertion as issued, standing alone; its signature covers these very characters. */
  get xml(): string {
    return this.#xml
  }

  get attributes(): readonly TokenAttribute[] {
    return this.#attributes
  }

  /** Values of an attribute; empty when the token does not carry it. */
  values(name: string): readonly string[] {
    return this.#attributes.filter((attribute) => attribute.name === name).flatMap(({ values }) => values)
  }

  /** True when the attribute is there, not empty and not `false`. */
  grants(name: string): boolean {
    return this.values(name).some((value) => value !== '' && value !== 'false')
  }

  /** What may be logged: no assertion, no values. */
  toJSON(): Record<string, unknown> {
    return {
      id: this.id,
      issuer: this.issuer,
      notBefore: this.notBefore.toISOString(),
      notOnOrAfter: this.notOnOrAfter.toISOString(),
      attributes: this.#attributes.map(({ name }) => name),
    }
  }

  [inspect.custom](): string {
    return `Token ${inspect(this.toJSON())}`
  }
}
