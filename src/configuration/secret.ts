/** A password on its way: whoever prints a configuration does not print it. */
import { inspect } from 'node:util'

/** A password that a program has at hand, or what gets it. */
export type PasswordInput = string | (() => string | Promise<string>)

/** A class so that the value is out of reach of JSON, `console.log` and comparison. */
export class Secret {
  readonly #password: PasswordInput

  constructor(password: PasswordInput) {
    this.#password = password
  }

  /** The password itself. */
  async reveal(): Promise<unknown> {
    return typeof this.#password === 'function' ? this.#password() : this.#password
  }

  toJSON(): string {
    return '(secret)'
  }

  [inspect.custom](): string {
    return '(secret)'
  }
}
