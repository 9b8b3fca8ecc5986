/** Looking up the tokens of many owners. */
import { EHealthError } from '../../errors.js'
import type { TokenBatch, TokenBatchOptions, TokenOwner, TokenResult, VerifiedToken } from './types.js'

type LookUp = (owner: TokenOwner) => Promise<readonly VerifiedToken[]>

/**
 * Looks every owner up, some at a time. Whoever stands in the list twice (`keyOf` tells) is asked for once.
 *
 * @throws EHealthError `configuration.invalid`
 */
export async function lookUpMany(
  owners: readonly TokenOwner[],
  { concurrency = 8 }: TokenBatchOptions,
  keyOf: (owner: TokenOwner) => string,
  lookUp: LookUp,
): Promise<TokenBatch> {
  if (!Number.isInteger(concurrency) || concurrency < 1)
    throw new EHealthError('configuration.invalid', 'concurrency: expected a whole number above 0', {
      path: 'concurrency',
    })
  const tasks = new Map<string, { owner: TokenOwner; indexes: number[] }>()
  owners.forEach((owner, index) => {
    const key = attempt(() => keyOf(owner))
    // An owner that cannot be is a task of its own: looking him up tells what is wrong.
    const name = key ?? `#${index}`
    const task = tasks.get(name)
    if (task === undefined) tasks.set(name, { owner, indexes: [index] })
    else task.indexes.push(index)
  })
  const results = new Array<TokenResult>(owners.length)
  const waiting = [...tasks.values()]
  const work = async (): Promise<void> => {
    for (let task = waiting.shift(); task !== undefined; task = waiting.shift()) {
      const { owner } = task
      const found = await outcomeOf(() => lookUp(owner))
      for (const index of task.indexes) results[index] = { index, owner: owners[index]!, ...found }
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, waiting.length) }, work))
  return batchOf(results)
}

type Found =
  { tokens: readonly VerifiedToken[]; error?: undefined } | { tokens?: undefined; error: EHealthError }

async function outcomeOf(lookUp: () => ReturnType<LookUp>): Promise<Found> {
  try {
    return { tokens: await lookUp() }
  } catch (error) {
    if (!(error instanceof EHealthError)) throw error
    return { error }
  }
}

function attempt(read: () => string): string | undefined {
  try {
    return read()
  } catch (error) {
    if (error instanceof EHealthError) return undefined
    throw error
  }
}

function batchOf(results: readonly TokenResult[]): TokenBatch {
  const tokens = new Map<string, VerifiedToken>()
  for (const { tokens: found = [] } of results)
    for (const token of found) {
      const { fingerprint } = token.encryptionCertificate
      if (!tokens.has(fingerprint)) tokens.set(fingerprint, token)
    }
  return {
    results,
    tokens: [...tokens.values()],
    missing: results.flatMap((result) => (result.error === undefined ? [] : [result])),
  }
}
