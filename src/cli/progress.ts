/** How far a long piece of work is, for a person who is watching. */

/** Milliseconds before anything is shown, and between two updates. */
const patience = 1000
const interval = 200

/** A line on stderr that is written over. */
export interface Progress {
  /** Octets done so far. */
  update(octets: number): void
  /** Takes the line away. */
  end(): void
}

/**
 * Shows progress on a terminal once the work takes longer than a second; nothing anywhere else.
 *
 * @param total octets in all, where they are known
 */
export function progressOf(
  what: string,
  total: number | undefined,
  stream: Pick<NodeJS.WriteStream, 'isTTY' | 'write'> = process.stderr,
  now: () => number = () => performance.now(),
): Progress {
  const started = now()
  let shownAt: number | undefined
  return {
    update: (octets) => {
      const at = now()
      if (!stream.isTTY || at - started < patience || (shownAt !== undefined && at - shownAt < interval))
        return
      shownAt = at
      const share = total === undefined || total === 0 ? '' : ` ${Math.floor((octets / total) * 100)} %`
      const speed = octets / 1048.576 / (at - started)
      stream.write(
        `\r\u001b[K${what}${share} ${(octets / 2 ** 20).toFixed(0)} MiB, ${speed.toFixed(0)} MiB/s`,
      )
    },
    end: () => {
      if (shownAt !== undefined) stream.write('\r\u001b[K')
    },
  }
}
