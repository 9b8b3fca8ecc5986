import type { FailureRule } from '../src/technical/soap/failureRules.js'
import type { PlatformCode } from '../src/technical/soap/platformCodes.js'

/** The page docs/platform-codes.md for the tables of the library. */
export function renderPlatformCodesPage(
  codes: Readonly<Record<string, PlatformCode>>,
  rules: Readonly<Record<string, FailureRule>>,
  successCodes: Readonly<Record<string, readonly string[]>>,
): string
