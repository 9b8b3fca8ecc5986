/** A folder in which the examples of the pages run as they stand: a platform, and the files that they name. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  writeFileSync,
} from 'node:fs'
import type { IncomingMessage } from 'node:http'
import { get } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'

import { fixture, program } from '../cli/run.js'

/** What a line left. */
export interface Ran {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** A line that goes on. */
export interface Started {
  readonly child: ChildProcess
  /** What it has said up to now. */
  readonly shown: Readonly<Record<'stdout' | 'stderr', string>>
}

export interface Stage {
  readonly at: (name: string) => string
  /** Runs a line of shell. `once` ends it by SIGINT when it has said its first line. */
  readonly run: (line: string, options?: { once?: boolean }) => Promise<Ran>
  /** Starts a line that goes on, and waits for its first line. */
  readonly start: (line: string) => Promise<Started>
}

/** An empty folder with `ehealth` and `npx` on the path, and a home of its own. */
export function emptyStage(): Stage {
  const directory = mkdtempSync(join(tmpdir(), 'ehealth-'))
  const at = (name: string): string => join(directory, name)
  for (const name of [
    'bin',
    'home/.local/share/bash-completion/completions',
    'home/.zfunc',
    'trusted',
    'incoming',
  ])
    mkdirSync(at(name), { recursive: true })
  for (const [name, words] of Object.entries({ ehealth: '"$@"', npx: '"$@"' })) {
    const drop = name === 'npx' ? '[ "$1" = -p ] && shift 2; shift; ' : ''
    writeFileSync(at(`bin/${name}`), `#!/bin/sh\n${drop}exec '${process.execPath}' '${program}' ${words}\n`)
    chmodSync(at(`bin/${name}`), 0o755)
  }
  const env: Record<string, string> = {
    PATH: `${at('bin')}:${process.env['PATH'] ?? ''}`,
    HOME: at('home'),
    NO_COLOR: '1',
    LC_ALL: 'C.UTF-8',
    INTAKE_TOKEN: 'token of the intake',
  }
  /** The keystores of the examples have one variable for their passwords, and ours a password each. */
  const passwordFor = (line: string): string => {
    const [, owner] = /(\w+)\.p12/.exec(line) ?? []
    return describedIn(at)?.personas.find(({ name }) => name === owner)?.password ?? ''
  }
  const begin = (line: string): ChildProcess =>
    spawn('sh', ['-c', line], {
      cwd: directory,
      env: { ...env, P12_PASSWORD: passwordFor(line) },
      stdio: ['ignore', 'pipe', 'pipe'],
      // nothing outlives the tests
      timeout: 240_000,
    })
  const collect = (child: ChildProcess): { stdout: string; stderr: string } => {
    const shown = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const)
      child[name]!.setEncoding('utf8').on('data', (piece: string) => (shown[name] += piece))
    return shown
  }
  return {
    at,
    run: async (line, { once: first = false } = {}) => {
      // so that the signal reaches the command itself
      const child = begin(first ? `exec ${line}` : line)
      const shown = collect(child)
      if (first) child.stdout!.once('data', () => child.kill('SIGINT'))
      const [code] = (await once(child, 'close')) as [number | null]
      return { code, ...shown }
    },
    start: async (line) => {
      const child = begin(`exec ${line}`)
      const shown = collect(child)
      await Promise.race([once(child.stdout!, 'data'), once(child, 'close')])
      if (shown.stdout === '') throw new Error(shown.stderr)
      return { child, shown }
    },
  }
}

interface Described {
  url: string
  personas: { name: string; password: string; nihii?: string }[]
  patients: Record<'adult', { ssin: string; eidCard: string }>
}

/** What a simulator tells of itself in its directory. */
function describedIn(at: Stage['at']): Described | undefined {
  const file = at('platform/personas.json')
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Described) : undefined
}

/** What the examples have placeholders for. */
export interface Placeholders {
  /** A message in the box of the nurse. */
  readonly message: string
  /** The same where the physician has it: sent. */
  readonly sent: string
  /** A stamp in the archive of the platform. */
  readonly stamp: string
}

/** The files that the examples take for granted. The simulator runs in `platform`. */
export async function furnish({ at, run, start }: Stage): Promise<Placeholders> {
  const { url, personas, patients } = describedIn(at)!
  const done = async (line: string): Promise<string> => {
    const { code, stdout, stderr } = await run(`ehealth ${line}`)
    if (code !== 0) throw new Error(`${line}: ${stderr}`)
    return stdout
  }
  const json = (name: string, content: unknown): void => writeFileSync(at(name), JSON.stringify(content))
  for (const name of ['physician', 'nurse'])
    copyFileSync(at(`platform/personas/${name}.p12`), at(`${name}.p12`))
  for (const name of ['letter.pdf', 'report.pdf', 'letter.txt', 'prescription.xml'])
    writeFileSync(at(name), `content of ${name}\n`)
  for (const name of ['root.pem', 'trusted/root.pem']) copyFileSync(at('platform/pki/root.pem'), at(name))
  for (const name of ['authority.pem', 'authorities.pem'])
    copyFileSync(at('platform/pki/timestampAuthority.pem'), at(name))

  const { adult } = patients
  json('patient.json', adult)
  writeFileSync(at('number.txt'), `${adult.ssin}\n`)
  json('card.json', { ssin: adult.ssin, cardNumber: adult.eidCard })
  writeFileSync(at('patients.tsv'), `adult\t${adult.ssin}\n`)
  const birth = { birthDate: '2026-01-30', birthPlace: { country: 'FR' }, gender: 'F' }
  json('newborn.json', { lastName: 'Qwixzoltaba', givenNames: ['Testc'], ...birth })
  for (const { name, password, nihii } of personas) {
    writeFileSync(at(`${name}.password`), password)
    json(name === 'physician' ? 'ehealth.json' : `${name}.json`, {
      environment: 'simulation',
      baseUrl: url,
      trust: {
        sts: 'platform/pki/sts.pem',
        signers: ['root.pem'],
        tls: ['root.pem'],
        registrationAuthority: 'platform/pki/registrationAuthority.pem',
        timestampAuthority: 'authority.pem',
      },
      keystore: { file: `platform/personas/${name}.p12`, passwordFile: `${name}.password` },
      // the keystore of a physician tells his SSIN alone
      as: { profession: name, ...(name === 'physician' ? { nihii } : {}) },
    })
  }
  copyFileSync(fixture('properties/physician.properties'), at('be.ehealth.technicalconnector.properties'))
  mkdirSync(at('contracts'))
  writeFileSync(at('contracts/EtkDepot-v1.wsdl'), await contractAt(`${url}/EtkDepot/v1?wsdl`, at('root.pem')))
  furnishVectors(at)

  const platform = (name: string): string => `--simulator platform --persona ${name}`
  const send = `ehbox send --to NURSE:SSIN:84112399460 --title T --body letter.txt --encrypt --json ${platform('physician')}`
  const [[sent, received], stamp] = await Promise.all([
    (async () => {
      await done(`etk get --type SSIN --value 84112399460 --out nurse.etk ${platform('physician')}`)
      await done(
        'seal --keystore physician.p12 --password-env P12_PASSWORD --to nurse.etk --in letter.pdf --out letter.cms',
      )
      const { id } = JSON.parse(await done(send)) as { id: string }
      const [listed] = JSON.parse(await done(`ehbox list --json ${platform('nurse')}`)) as { id: string }[]
      return [id, listed!.id] as const
    })(),
    (async () => {
      await archive({ at, start }, platform('hospital'))
      return await done(`timestamp stamp --json --out letter.tst ${platform('hospital')} letter.pdf`)
    })(),
  ])
  const { serial, genTimeMs } = JSON.parse(stamp) as { serial: string; genTimeMs: number }
  return { message: received, sent, stamp: `${serial}@${genTimeMs}` }
}

/** Vectors of the platform for what cannot be made in a moment. */
function furnishVectors(at: Stage['at']): void {
  const copies = {
    'request.xml': 'wss/envelopes/p04-saml-hok-rsa-sha256.xml',
    'sts.pem': 'wss/certs/sts.pem',
    'wss.pem': 'wss/certs/ca.pem',
    'answer.xml': 'xmldsig/must-verify/blob-xades-t.document.xml',
    'answer.xades.xml': 'xmldsig/must-verify/blob-xades-t.signature.xml',
    'roots.pem': 'xmldsig/pki/root.cert.pem',
    'tsa.pem': 'xmldsig/pki/tsa.cert.pem',
  }
  for (const [name, path] of Object.entries(copies)) copyFileSync(fixture(path), at(name))
}

/** An archive with a prescription in it that was stamped. */
async function archive({ at, start }: Pick<Stage, 'at' | 'start'>, platform: string): Promise<void> {
  copyFileSync(at('prescription.xml'), at('incoming/prescription.xml'))
  const line = `ehealth timestamp serve --archive archive.db --watch incoming --source-system EMR --interval 0.5 ${platform}`
  const { child, shown } = await start(line)
  const closed = once(child, 'close')
  while (!shown.stderr.includes('stamped bag=1')) await once(child.stderr!, 'data')
  child.kill('SIGTERM')
  await closed
}

async function contractAt(url: string, root: string): Promise<string> {
  const asking = get(url, { ca: readFileSync(root), agent: false })
  const [answer] = (await once(asking, 'response')) as [IncomingMessage]
  return await text(answer)
}
