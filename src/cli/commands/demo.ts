import type { Command } from 'commander'

import { createSteps } from '../demo/steps.js'
import { runDemo } from '../demo/run.js'
import { t } from '../language/index.js'
import type { Demo } from '../json/index.js'
import { exitCode, print, printJson, styled } from '../output.js'

/** `ehealth demo [--record DIR] [--json]` */
export function registerDemo(program: Command): void {
  program
    .command('demo')
    .description(
      'the main job end to end on a fresh embedded simulator; fails unless every step was verified',
    )
    .option('--record <dir>', 'keep every exchange of the clients, byte for byte')
    .option('--json', 'print one JSON document')
    .action(async ({ record, json = false }: { record?: string; json?: boolean }) => {
      const steps = createSteps({ quiet: json })
      const start = performance.now()
      const ok = await runDemo(steps, { record }).then(
        () => true,
        (error: unknown) => {
          // A step that failed has said why; anything else is a fault of the demonstration itself.
          if (steps.results.every((result) => result.ok)) throw error
          return false
        },
      )
      const milliseconds = Math.round(performance.now() - start)
      process.exitCode = ok ? exitCode.done : exitCode.refused
      if (json) return printJson<Demo>({ ok, milliseconds, steps: steps.results })
      const verdict = ok ? styled('green', t`every step verified`) : styled('red', t`not verified`)
      print(`\n${t`${verdict}: ${steps.results.length} steps in ${milliseconds} ms`}`)
    })
}
