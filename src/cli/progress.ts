/** How far a long piece of work is, for a person who is watching. */
import { t } from './language/index.js'
import { styled, whileWriting } from './output.js'

/** Milliseconds before anything is shown, and between two updates. */
const patience = 1000
const interval = 200
const widestBar = 30
const erase = '\r\u001b[K'
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** A line on stderr that is written over. */
export interface Progress {
  /** Octets, or pieces of work, done so far; and in all, where that is known only now. */
  readonly update: (done: number, total?: number) => void
  /** Takes the line away. */
  readonly end: () => void
}

/** What progress counts. */
export type Unit = 'octets' | 'count'

/** Where and when it is shown. */
export interface Screen {
  readonly stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write' | 'columns'>
  /** Milliseconds. */
  readonly now: () => number
  readonly environment: Readonly<Record<string, string | undefined>>
}

const terminal = (): Screen => ({
  stream: process.stderr,
  now: () => performance.now(),
  environment: process.env,
})

/**
 * Shows a bar on a terminal once the work takes longer than a second; nothing anywhere else, nor where `TERM` is `dumb`.
 * The line goes before anything else is printed, at the end, and when the process ends or is interrupted.
 *
 * @param total octets or pieces of work in all, where they are known
 */
export function progressOf(
  what: string,
  total?: number,
  unit: Unit = 'octets',
  screen: Screen = terminal(),
): Progress {
  const { stream, now, environment } = screen
  if (!stream.isTTY || environment['TERM'] === 'dumb')
    return { update: () => undefined, end: () => undefined }
  const started = now()
  let shownAt: number | undefined
  let turns = 0
  const line = standingLine(stream)
  return {
    update: (done, all = total) => {
      const at = now()
      if (at - started < patience || (shownAt !== undefined && at - shownAt < interval)) return
      shownAt = at
      const parts = { what, done, total: all, unit, milliseconds: at - started, turn: turns++ }
      line.show(progressLine(parts, (stream.columns || 80) - 1))
    },
    end: line.end,
  }
}

/** The pieces as they are, with progress while they are taken. */
export async function* watched(
  what: string,
  { pieces, length }: { pieces: AsyncIterable<Uint8Array>; length?: number },
): AsyncGenerator<Uint8Array> {
  const progress = progressOf(what, length)
  let octets = 0
  try {
    for await (const piece of pieces) {
      octets += piece.length
      progress.update(octets)
      yield piece
    }
  } finally {
    progress.end()
  }
}

/** A line that leaves nothing behind, however the process ends. */
function standingLine(stream: Screen['stream']) {
  let stands = false
  let listens = false
  const hide = (): void => {
    if (stands) stream.write(erase)
    stands = false
  }
  const interrupted = (signal: NodeJS.Signals): void => {
    end()
    // nobody else acts upon it: it does what it does without us
    if (process.listenerCount(signal) === 0) process.kill(process.pid, signal)
  }
  const listen = (): void => {
    if (listens) return
    listens = true
    for (const signal of signals) process.on(signal, interrupted)
    process.on('exit', hide)
    whileWriting(hide)
  }
  const end = (): void => {
    hide()
    if (!listens) return
    listens = false
    for (const signal of signals) process.off(signal, interrupted)
    process.off('exit', hide)
    whileWriting(undefined)
  }
  return {
    show: (text: string): void => {
      listen()
      stream.write(`${erase}${text}`)
      stands = true
    },
    end,
  }
}

interface Parts {
  what: string
  done: number
  total: number | undefined
  unit: Unit
  milliseconds: number
  turn: number
}

/** `sealed [#####.....] 42 % 12/28 MiB 35 MiB/s 4 s left`, no wider than `width`; the bar gives way first. */
function progressLine({ what, done, total, unit, milliseconds, turn }: Parts, width: number): string {
  const speed = unit === 'octets' && milliseconds > 0 ? [`${octets((done / milliseconds) * 1000)}/s`] : []
  if (total === undefined || total <= 0) {
    const count = unit === 'octets' ? octets(done) : String(done)
    return [`${'|/-\\'[turn % 4]} ${what}`, count, ...speed].join(' ').slice(0, width)
  }
  const share = Math.min(1, done / total)
  const left = share > 0 ? [remaining((milliseconds / share) * (1 - share))] : []
  const far = unit === 'octets' ? octetsOf(done, total) : `${done}/${total}`
  const text = [`${Math.floor(share * 100)} %`, far, ...speed, ...left].join(' ')
  const room = Math.min(widestBar, width - what.length - text.length - 4)
  if (room < 5) return `${what} ${text}`.slice(0, width)
  const filled = Math.round(share * room)
  const bar = styled('cyan', '#'.repeat(filled), process.stderr) + '.'.repeat(room - filled)
  return `${what} [${bar}] ${text}`
}

const scales = ['B', 'KiB', 'MiB', 'GiB'] as const

/** The largest unit that leaves at least one of it. */
const scaleOf = (value: number): number =>
  Math.min(scales.length - 1, Math.max(0, Math.floor(Math.log2(Math.max(1, value)) / 10)))

const scaled = (value: number, scale: number, reference = value): string =>
  (value / 1024 ** scale).toFixed(scale > 0 && reference / 1024 ** scale < 10 ? 1 : 0)

function octets(value: number): string {
  const scale = scaleOf(value)
  return `${scaled(value, scale)} ${scales[scale]}`
}

function octetsOf(done: number, total: number): string {
  const scale = scaleOf(total)
  return `${scaled(done, scale, total)}/${scaled(total, scale)} ${scales[scale]}`
}

function remaining(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 1000)
  return seconds < 120 ? t`${seconds} s left` : t`${Math.ceil(seconds / 60)} min left`
}
