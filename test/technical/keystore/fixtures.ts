/** The keystore fixtures and their passwords. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

import { expect } from 'vitest'

export const folder = new URL('../../../fixtures/keystores/', import.meta.url)

export const password = 'etee-alpha'

/** An instant at which the current certificates of the fixtures are valid. */
export const now = new Date('2024-05-06T12:00:00Z')

export const store = (file: string): Buffer => readFileSync(new URL(file, folder))

export const path = (file: string): string => fileURLToPath(new URL(file, folder))

export const code = (expected: string): Error => expect.objectContaining({ code: expected }) as Error
