/** Runs steps, times them and shows each as it ends. */
import { EHealthError } from '../../errors.js'
import { english, noted, translated } from '../language/index.js'
import { print, styled } from '../output.js'

/** One step as it ended. */
export interface StepResult {
  step: string
  ok: boolean
  /** What was found, in a few words. */
  outcome: string
  milliseconds: number
  /** Code of the error where the step failed. */
  code?: string
}

/** A run of steps. */
export interface Steps {
  readonly results: readonly StepResult[]
  /**
   * Runs one step. `work` returns its value and the outcome in words; a step that throws failed, and so does the run.
   */
  run<T>(step: string, work: () => Promise<{ value: T; outcome: string }>): Promise<T>
}

/** A condition that a step must verify; throws with the text when it does not hold. */
export function verified(condition: boolean, what: string): asserts condition {
  if (!condition) throw new Error(english`not verified: ${noted(what)}`)
}

/** Steps that are shown on stdout unless `quiet`. */
export function createSteps(options: { quiet: boolean }): Steps {
  const results: StepResult[] = []
  const show = (result: StepResult): void => {
    results.push(result)
    if (options.quiet) return
    const mark = result.ok ? styled('green', '✓') : styled('red', '✗')
    const time = styled('dim', `${result.milliseconds.toFixed(0).padStart(5)} ms`)
    print(
      `${mark} ${time}  ${styled('bold', translated(result.step).padEnd(30))} ${translated(result.outcome)}`,
    )
  }
  return {
    results,
    run: async (step, work) => {
      const start = performance.now()
      try {
        const { value, outcome } = await work()
        show({ step, ok: true, outcome, milliseconds: round(performance.now() - start) })
        return value
      } catch (error) {
        const known = error instanceof EHealthError
        const outcome = error instanceof Error ? error.message : String(error)
        show({
          step,
          ok: false,
          outcome,
          milliseconds: round(performance.now() - start),
          ...(known ? { code: error.code } : {}),
        })
        throw error
      }
    },
  }
}

const round = (milliseconds: number): number => Math.round(milliseconds * 10) / 10
