/** The words in which the properties of the official connector are described. */

/**
 * What becomes of a property: `used` as it stands, `mapped` to a setting of another form, `ignored` because it has no
 * meaning here or must be replaced by hand, `unknown` when no source names it.
 */
export type Verdict = 'used' | 'mapped' | 'ignored' | 'unknown'

/** How a value becomes a setting; `translate.ts` does it. */
export type Translation =
  | 'environment'
  | 'keystore'
  | 'alias'
  | 'empty-password'
  | 'validity'
  | 'timeout'
  | 'profession'
  | 'text'
  | 'user-agent'
  | 'endpoint'
  | 'proxy'
  | 'proxy-bypass'
  /** Ignored, but some values deserve a word. */
  | 'sts-class'
  | 'algorithm'
  | 'flavour'

/** One property, or several with the same fate. */
export interface OfficialProperty {
  /** Its name; `N` as last part stands for a number, `*` for any text. */
  readonly name: string
  readonly verdict: Exclude<Verdict, 'unknown'>
  /** Our setting. */
  readonly setting?: string
  readonly translation?: Translation
  /** What it becomes, or why it is ignored. */
  readonly remark: string
  /** There is something to do by hand where it is set. */
  readonly attention?: boolean
  /** `secret`: never shown. `personal`: a number or name of somebody, never shown either. */
  readonly hidden?: 'secret' | 'personal'
  /** Also read as name + `.duration` and name + `.timeunit`. */
  readonly duration?: boolean
  /** Chapter of the specification. */
  readonly source: string
}

type Common = Partial<Omit<OfficialProperty, 'name' | 'verdict' | 'remark'>>

/** `a.{b,c}.d` → `a.b.d`, `a.c.d` */
export function names(pattern: string): string[] {
  const match = /^(.*?)\{([^{}]*)\}(.*)$/.exec(pattern)
  if (match === null) return [pattern]
  const [, before = '', choices = '', after = ''] = match
  return choices.split(',').flatMap((choice) => names(before + choice + after))
}

const rows =
  (verdict: OfficialProperty['verdict']) =>
  (remark: string, patterns: readonly string[], more: Common = {}): OfficialProperty[] =>
    patterns.flatMap(names).map((name) => ({ name, verdict, remark, source: 'soap-security §7.3', ...more }))

export const used = rows('used')
export const mapped = rows('mapped')
export const ignored = rows('ignored')
