import type { Command } from 'commander'

import { errorCatalogue, type ErrorCode, type ErrorOrigin } from '../../errors.js'
import { nearest } from '../../technical/environment/nearest.js'
import { failureRules } from '../../technical/soap/failureRules.js'
import { isSoaCode, platformCodes, type PlatformCode } from '../../technical/soap/platformCodes.js'
import type { Explain } from '../json/index.js'
import { findingTexts, type FindingCode } from '../language/errors/findings.js'
import { loadErrorTexts, type ErrorText } from '../language/errors/index.js'
import { english, language, t, translated } from '../language/index.js'
import { plain, print, printFields, printJson, styled, UsageError } from '../output.js'

const codes = Object.keys(errorCatalogue).sort() as ErrorCode[]
const familyOf = (code: ErrorCode): string => code.slice(0, code.indexOf('.'))
const families = [...new Set(codes.map(familyOf))]

/** Who must act, by the origin of the error. */
const actors: Readonly<Record<ErrorOrigin, string>> = {
  client: 'the calling program must change something',
  transport: 'the network, or the way to the platform',
  platform: 'the platform refused or failed',
  partner: 'whoever made the data: another party',
}

/** Whether the same endpoint may be asked again, by the rule of the failure. */
const repetitions: Readonly<Record<(typeof failureRules)[keyof typeof failureRules]['repeat'], string>> = {
  no: 'no: the same call would be refused again',
  'after-pause': 'yes, after a pause',
  'once-with-new-token': 'once, with a new token',
}

/** `ehealth explain CODE`: what an error means and what to do about it. */
export function registerExplain(program: Command): void {
  program
    .command('explain')
    .description('tell what an error code means, what to do and who must act; no network')
    .argument(
      '[code]',
      'a code (keystore.password), a family of them (keystore), or a general code of the platform (SOA-…)',
    )
    .option('--list', 'list every code')
    .option('--json', 'print JSON, in English')
    .action(async (given: string | undefined, { list, json }: { list?: boolean; json?: boolean }) => {
      if (list === true && given !== undefined) throw new UsageError('--list goes without a code')
      if (list === true) return await showAll(codes, json)
      if (given === undefined) throw new UsageError('give a code, or --list')
      const name = given.trim().toLowerCase()
      const soa = name.toUpperCase()
      if (isSoaCode(soa)) return await showPlatformCode(soa, json)
      if (isCode(name)) return await showCode(name, json)
      if (isFinding(name)) return showFinding(name, json)
      if (families.includes(name)) return await showFamily(name, json)
      throw unknown(given, name)
    })
}

const isCode = (name: string): name is ErrorCode => Object.hasOwn(errorCatalogue, name)

const isFinding = (name: string): name is FindingCode => Object.hasOwn(findingTexts, name)

/** The fields that stay, in English. */
function entryOf(code: ErrorCode) {
  const { origin, retryable = false, meaning, hint } = errorCatalogue[code]
  return { code, family: familyOf(code), origin, retryable, meaning, hint }
}

/** Meanings and hints in the language spoken. */
async function texts(): Promise<Readonly<Record<string, ErrorText>>> {
  const spoken = language()
  return spoken === 'en' ? errorCatalogue : await loadErrorTexts(spoken)
}

async function showCode(code: ErrorCode, json = false): Promise<void> {
  const entry = entryOf(code)
  if (json) return printJson<Explain>(entry)
  const { meaning, hint } = (await texts())[code]!
  print(styled('bold', code))
  printFields({
    meaning: meaning,
    'what to do': hint,
    'who must act': translated(actors[entry.origin]),
    repeat: entry.retryable
      ? t`yes, the same call may simply be repeated`
      : t`no, unless the error itself says so (retryable)`,
  })
}

/** What only `ehealth doctor` says: it is always for the caller to act. */
function showFinding(code: FindingCode, json = false): void {
  const { meaning, hint } = findingTexts[code][json ? 'en' : language()]
  const family = code.slice(0, code.indexOf('.'))
  if (json) return printJson<Explain>({ code, family, origin: 'client', retryable: false, meaning, hint })
  print(`${styled('bold', code)}  ${t`a finding of ehealth doctor`}`)
  printFields({ meaning: meaning, 'what to do': hint })
}

async function showPlatformCode(code: keyof typeof platformCodes, json = false): Promise<void> {
  const { text, origin, error, failure }: PlatformCode = platformCodes[code]
  const { repeat } = failureRules[failure]
  if (json) return printJson<Explain>({ ...entryOf(error), code, error, platform: { text, origin, repeat } })
  const { meaning, hint } = (await texts())[error]!
  print(`${styled('bold', code)}  ${text}`)
  printFields({
    'our code': error,
    meaning: meaning,
    'what to do': hint,
    'whose fault': origin === 'Consumer' ? t`the caller's, says the platform` : t`the platform's own`,
    repeat: translated(repetitions[repeat]),
  })
}

async function showFamily(family: string, json = false): Promise<void> {
  const members = codes.filter((code) => familyOf(code) === family)
  if (json) return printJson<Explain>({ family, codes: members.map(entryOf) })
  await showAll(members)
}

async function showAll(chosen: readonly ErrorCode[], json = false): Promise<void> {
  if (json) return printJson<Explain>(chosen.map(entryOf))
  const known = await texts()
  const width = Math.max(...chosen.map((code) => code.length))
  for (const code of chosen) print(`${styled('bold', code.padEnd(width))}  ${known[code]!.meaning}`)
}

/** Codes that end with the word, or whose name or last part is near; three at most. */
function unknown(given: string, name: string): UsageError {
  const ours: string[] = [...codes, ...Object.keys(findingTexts)]
  const endingWith = (reason: string | undefined) => ours.filter((one) => one.endsWith(`.${reason}`))
  const reasons = ours.map((code) => code.slice(code.indexOf('.') + 1))
  const near = nearest(name, [...ours, ...families, ...Object.keys(platformCodes)])
  const found = [
    ...(near === undefined ? [] : [near]),
    ...endingWith(name),
    ...endingWith(nearest(name, reasons)),
  ]
  const similar = [...new Set(found)].slice(0, 3)
  const shown = plain(given.slice(0, 60))
  return new UsageError(
    similar.length === 0
      ? english`there is no code ${shown}; ehealth explain --list shows every one`
      : english`there is no code ${shown}; near it: ${similar.join(', ')}`,
  )
}
