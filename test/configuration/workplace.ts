/** A directory for the files of one test file. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

import { afterAll, expect } from 'vitest'

import { EHealthError } from '../../src/errors.js'

export function workplace(): {
  directory: string
  write: (name: string, content: string | Uint8Array) => string
} {
  const directory = mkdtempSync(path.join(tmpdir(), 'configuration-'))
  afterAll(() => rmSync(directory, { recursive: true }))
  return {
    directory,
    write(name, content) {
      const file = path.join(directory, name)
      mkdirSync(path.dirname(file), { recursive: true })
      writeFileSync(file, content)
      return file
    },
  }
}

/** The error of ours that a promise ends with. */
export async function refusal(promise: Promise<unknown>): Promise<EHealthError> {
  const error: unknown = await promise.then(
    () => new Error('was accepted'),
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(EHealthError)
  return error as EHealthError
}

/** Everything that an error shows. */
export const printed = (error: EHealthError): string =>
  JSON.stringify(error) + error.message + String(error.stack)
