/** What a desktop program opens in a browser (spec sts-iam §4.2). */
import { inspect } from 'node:util'

import { escapeHtml } from './html.js'

/**
 * An address that signs the user on when it is opened, once.
 *
 * It is a class so that the address, which lets in whoever has it, stays out of logs.
 */
export class ArtifactSignOn {
  readonly profile = 'artifact'
  readonly #url: string

  /** @internal */
  constructor(reference: string, target: string | undefined) {
    const separator = reference.includes('?') ? '&' : '?'
    this.#url =
      target === undefined ? reference : `${reference}${separator}RelayState=${encodeURIComponent(target)}`
  }

  /** To be opened in the user's browser. */
  get url(): string {
    return this.#url
  }

  /** What may be logged. */
  toJSON(): Record<string, unknown> {
    return { profile: this.profile }
  }

  [inspect.custom](): string {
    return `ArtifactSignOn ${inspect(this.toJSON())}`
  }
}

/** Fields of the form; names as the identity provider knows them. */
export interface SignOnFields {
  /** The SAML 2.0 response in base64. */
  readonly SAMLResponse: string
  readonly RelayState?: string
}

/**
 * A form that signs the user on when it is posted.
 *
 * It is a class so that the assertion, which lets in whoever has it, stays out of logs.
 */
export class PostSignOn {
  readonly profile = 'post'
  /** Address of the identity provider: where the form goes. */
  readonly action: string
  /** First instant at which the identity provider refuses it, where the assertion tells. */
  readonly notOnOrAfter?: Date
  readonly #fields: SignOnFields

  /** @internal */
  constructor({
    action,
    response,
    target,
    notOnOrAfter,
  }: {
    action: string
    response: string
    target: string | undefined
    notOnOrAfter?: Date | undefined
  }) {
    this.action = action
    this.#fields = {
      SAMLResponse: Buffer.from(response).toString('base64'),
      ...(target === undefined ? {} : { RelayState: target }),
    }
    if (notOnOrAfter !== undefined) this.notOnOrAfter = notOnOrAfter
  }

  get fields(): SignOnFields {
    return this.#fields
  }

  /** A page whose form posts itself; with a button where scripts are off. It holds the assertion. */
  get html(): string {
    const inputs = Object.entries(this.#fields).map(
      ([name, value]) => `<input type="hidden" name="${name}" value="${escapeHtml(value as string)}">`,
    )
    return (
      '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">' +
      '<meta name="referrer" content="no-referrer"><title>eHealth</title></head><body>' +
      `<form method="POST" action="${escapeHtml(this.action)}">${inputs.join('')}` +
      '<noscript><button>Continue</button></noscript></form>' +
      '<script>document.forms[0].submit()</script></body></html>'
    )
  }

  /** What may be logged. */
  toJSON(): Record<string, unknown> {
    return {
      profile: this.profile,
      action: this.action,
      ...(this.notOnOrAfter === undefined ? {} : { notOnOrAfter: this.notOnOrAfter.toISOString() }),
    }
  }

  [inspect.custom](): string {
    return `PostSignOn ${inspect(this.toJSON())}`
  }
}
