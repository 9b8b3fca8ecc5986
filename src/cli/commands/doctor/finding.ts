/** What the doctor finds: one line for a person, stable names for a script. */
import { EHealthError } from '../../../errors.js'
import { english, translated } from '../../language/index.js'
import { explained, plain, styled } from '../../output.js'

/** One thing that was looked at. */
export interface Finding {
  /** What was looked at: a fixed name, or that of a service. */
  check: string
  state: 'ok' | 'warn' | 'fail'
  /** What was found: a fixed code, that of the library's error where there is one; `ok` for what is as it should be. */
  code: string
  remark: string
  /** What to do; null where nothing has to be done. */
  advice: string | null
}

export const ok = (check: string, remark: string): Finding => ({
  check,
  state: 'ok',
  code: 'ok',
  remark,
  advice: null,
})

export const warn = (check: string, code: string, remark: string, advice: string): Finding => ({
  check,
  state: 'warn',
  code,
  remark,
  advice,
})

export const fail = (check: string, code: string, remark: string, advice: string): Finding => ({
  check,
  state: 'fail',
  code,
  remark,
  advice,
})

/** Something that was not looked at, and what it takes. */
export const skipped = (check: string, advice: string): Finding =>
  warn(check, 'skipped', 'not looked at', advice)

/** An error of the library as a finding; whatever else it is goes on its way. */
export function failure(check: string, error: unknown, advice?: string): Finding {
  if (!(error instanceof EHealthError)) throw error
  const attempts = error.platform?.messages?.[0]?.text
  const remark =
    attempts === undefined ? error.message : english`${error.message} (the platform: ${attempts})`
  return fail(check, error.code, remark, advice ?? error.hint)
}

const colours = { ok: 'green', warn: 'yellow', fail: 'red' } as const

/** One line, and a second one with what to do. */
export async function findingLines({ check, state, code, remark, advice }: Finding): Promise<string[]> {
  const told = plain(translated(remark))
  const shown = state === 'ok' || code === 'skipped' ? told : `${told} (${code})`
  const { hint } = await explained({ code, hint: advice })
  return [
    `${styled(colours[state], state.padEnd(4))}  ${translated(check).padEnd(24)} ${shown}`,
    ...(advice === null
      ? []
      : [`${' '.repeat(31)}${styled('dim', `→ ${plain(hint ?? translated(advice))}`)}`]),
  ]
}

/** A number of days before something ends. */
export const daysUntil = (end: Date, now: Date): number =>
  Math.floor((end.getTime() - now.getTime()) / (24 * 60 * 60 * 1000))

export const dayOf = (at: Date): string => at.toISOString().slice(0, 10)
