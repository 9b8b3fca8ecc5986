/** Reading and writing the samples of the registers as their contract tests do. */
import { readFileSync } from 'node:fs'

import { isEHealthError } from '../../src/errors.js'
import { read, write, type ElementDeclaration, type XmlElement } from '../../src/technical/xml/index.js'
import { parseXml } from '../../src/technical/xml/parse.js'

/** Root of a sample in `fixtures/registers`. */
export const fixture = (name: string): XmlElement =>
  parseXml(readFileSync(new URL(`../../fixtures/registers/${name}`, import.meta.url))).root

/** What a strict reader gets from what the writer makes of a value. */
export const reread = <T>(declaration: ElementDeclaration<T>, value: T): T =>
  read(declaration, parseXml(write(declaration, value).xml).root, { strict: true })

/** Path at which a strict reader refuses; undefined when he does not. */
export function refusedAt<T>(declaration: ElementDeclaration<T>, root: XmlElement): string | undefined {
  try {
    read(declaration, root, { strict: true })
    return undefined
  } catch (error) {
    if (!isEHealthError(error, 'contract.invalid')) throw error
    return error.path
  }
}
