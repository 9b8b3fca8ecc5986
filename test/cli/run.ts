/** Running the built command as a shell does. `npm test` builds first. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

import { afterAll } from 'vitest'

import { assertSchema } from './jsonSchemas.js'

export const program = fileURLToPath(new URL('../../dist/cli/main.js', import.meta.url))

export const fixture = (path: string): string =>
  fileURLToPath(new URL(`../../fixtures/${path}`, import.meta.url))

/** What a finished command left. */
export interface Outcome {
  code: number | null
  stdout: string
  stderr: string
  /** Stdout as JSON. */
  json: <T = Record<string, unknown>>() => T
}

/** Runs `ehealth` to its end; what it prints as JSON is held against its schema. */
export async function ehealth(
  parameters: readonly string[],
  options: { env?: Record<string, string>; input?: string | Uint8Array } = {},
): Promise<Outcome> {
  const child = start(parameters, options.env)
  child.stdin!.end(options.input ?? '')
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout!),
    text(child.stderr!),
    once(child, 'close') as Promise<[number | null]>,
  ])
  assertSchema(parameters, stdout, code)
  return { code, stdout, stderr, json: <T>() => JSON.parse(stdout) as T }
}

/** Starts `ehealth` without waiting. */
export function start(parameters: readonly string[], env: Record<string, string> = {}): ChildProcess {
  return spawn(process.execPath, [program, ...parameters], {
    env: { ...inherited(), NO_COLOR: '1', LC_ALL: 'C.UTF-8', ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
}

/** A directory that goes with the test file. */
export function workplace(): (name: string) => string {
  const directory = mkdtempSync(join(tmpdir(), 'ehealth-'))
  afterAll(() => rmSync(directory, { recursive: true }))
  return (name) => join(directory, name)
}

/** A simulator in a process of its own. */
export interface RunningSimulator {
  ready: { ready: boolean; url: string; dir: string; personas: string[] }
  /** What it printed on stdout up to now. */
  output(): string
  /** Ends it with a signal; gives its exit code. */
  stop(signal?: NodeJS.Signals): Promise<number | null>
}

/** Starts `ehealth simulator` and waits until it is ready. */
export async function startSimulatorProcess(parameters: readonly string[]): Promise<RunningSimulator> {
  const child = start(['simulator', ...parameters])
  let output = ''
  const ready = await new Promise<RunningSimulator['ready']>((resolve, reject) => {
    child.stdout!.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk
      if (output.includes('\n')) resolve(JSON.parse(output.split('\n')[0]!) as RunningSimulator['ready'])
    })
    child.once('close', (code: number | null) => reject(new Error(`the simulator ended with ${code}`)))
  })
  assertSchema(['simulator'], JSON.stringify(ready), 0)
  return {
    ready,
    output: () => output,
    stop: async (signal = 'SIGTERM') => {
      const closed = once(child, 'close') as Promise<[number | null]>
      child.kill(signal)
      return (await closed)[0]
    },
  }
}

/** The environment of the test without settings of the library: what a command is to see, a test gives it. */
function inherited(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('EHEALTH_')))
}
