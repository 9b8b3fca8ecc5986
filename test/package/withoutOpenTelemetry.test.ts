/** `@opentelemetry/api` is an optional peer: without it everything works, and only who asks for spans is told. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { fileURLToPath } from 'node:url'

import { describe, expect, it } from 'vitest'

const cwd = fileURLToPath(new URL('../../', import.meta.url))

/** Module hooks under which the package is not installed. */
const hooks = `data:text/javascript,${encodeURIComponent(`
  export async function resolve(specifier, context, next) {
    if (specifier.startsWith('@opentelemetry/'))
      throw Object.assign(new Error('Cannot find package ' + specifier), { code: 'ERR_MODULE_NOT_FOUND' })
    return next(specifier, context)
  }`)}`

async function run(program: string): Promise<string> {
  const preload = `import { register } from 'node:module'; register(${JSON.stringify(hooks)})`
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', `data:text/javascript,${encodeURIComponent(preload)}`, '--input-type=module', '-e', program],
    { cwd },
  )
  return stdout.trim()
}

describe('without @opentelemetry/api', () => {
  it('calls are made, with events, logs and trace context', async () => {
    const program = `
      import { connect } from 'ehealth-connectors'
      import { logTo, readTraceContext } from 'ehealth-connectors/observability'
      import { hospital } from 'ehealth-connectors/professions'
      import { startSimulator } from 'ehealth-connectors/simulator'
      await using simulator = await startSimulator()
      const { keystore, password, nihii } = simulator.personas.hospital
      let lines = 0
      const line = () => { lines += 1 }
      const traceContext = readTraceContext({ traceparent: '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01' })
      await using me = await connect({
        environment: simulator.environment,
        keystore: { bytes: keystore, password },
        as: hospital({ nihii }),
        on: logTo({ trace: line, debug: line, info: line, warn: line, error: line }),
        tracing: { traceContext: () => traceContext },
      })
      const { quality } = (await me.ehbox.info()).box
      console.log(quality, lines > 10)`
    // Node.js 20 does not know \`await using\`
    const plain = program.replaceAll('await using', 'const')
    expect(await run(`${plain}\nawait me.close(); await simulator.close()`)).toBe('HOSPITAL true')
  })

  it('whoever asks for spans gets an error that says what to install', async () => {
    const program = `
      import { openTelemetry } from 'ehealth-connectors/opentelemetry'
      await openTelemetry().catch(({ code, hint }) => console.log(code, hint))`
    expect(await run(program)).toBe(
      'configuration.unsupported npm install @opentelemetry/api, and an SDK that takes the spans.',
    )
  })
})
