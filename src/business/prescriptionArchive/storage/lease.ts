/**
 * One process seals and sends at a time. The lease has a number that grows with each holder, and every transaction of the
 * sealer looks at it: who lost the lease without noticing writes nothing any more.
 */
import { hostname } from 'node:os'

import { EHealthError } from '../../../errors.js'
import type { Runtime } from '../../../technical/environment/runtime.js'
import type { Store } from './store.js'

/** Milliseconds after which a silent holder is taken for dead. */
export const leaseMilliseconds = 30_000

interface LeaseRow {
  holder: string
  fence: number
  expiresAt: number
}

/** A lease that is held, or was. */
export interface Lease {
  /**
   * Takes the lease, or makes it last longer; true where it was not ours just before.
   *
   * @throws EHealthError `prescription-archive.leased`
   */
  hold(): boolean
  /** Inside of a transaction: that it is still ours. @throws EHealthError `prescription-archive.leased` */
  assertHeld(): void
  release(): void
}

export function sealerLease(store: Store, runtime: Runtime): Lease {
  const holder = JSON.stringify({ host: hostname(), pid: process.pid, id: runtime.uuid() })
  let fence = -1
  const current = (): LeaseRow | undefined =>
    store.get<LeaseRow>(`SELECT holder, fence, expiresAt FROM lease WHERE name = 'sealer'`)
  return {
    hold: () =>
      store.transaction(() => {
        const found = current()
        const now = runtime.now().getTime()
        if (found !== undefined && found.holder !== holder && found.expiresAt > now && !isGone(found.holder))
          throw leased()
        const isNew = found?.holder !== holder || found.fence !== fence
        fence = isNew ? (found?.fence ?? 0) + 1 : fence
        store.run(
          `INSERT INTO lease (name, holder, fence, expiresAt) VALUES ('sealer', ?, ?, ?)
           ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, fence = excluded.fence, expiresAt = excluded.expiresAt`,
          holder,
          fence,
          now + leaseMilliseconds,
        )
        return isNew
      }),
    assertHeld: () => {
      const found = current()
      if (found?.holder !== holder || found.fence !== fence) throw leased()
    },
    release: () => {
      // the number stays: the next holder gets a higher one
      store.run(
        `UPDATE lease SET expiresAt = 0 WHERE name = 'sealer' AND holder = ? AND fence = ?`,
        holder,
        fence,
      )
    },
  }
}

export const leased = (): EHealthError =>
  new EHealthError('prescription-archive.leased', 'another process holds the lease of this archive')

/** Whether a holder was a process of this machine that is no more: after a crash nobody needs to wait. */
function isGone(holder: string): boolean {
  const { host, pid } = JSON.parse(holder) as { host: string; pid: number }
  if (host !== hostname() || pid === process.pid) return false
  try {
    process.kill(pid, 0)
    return false
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH'
  }
}
