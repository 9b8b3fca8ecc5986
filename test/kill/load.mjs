/** Clinical systems under load: each hands a prescription over until it is acknowledged, and remembers the answer. */
import { createHash, randomBytes } from 'node:crypto'
import { access, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const sha256 = (content) => createHash('sha256').update(content).digest('base64')

/** @returns what was acknowledged, and how to stop: `stop()` ends when everything in hand is acknowledged */
export function load({ url, token, incoming, chance, clients = 12 }) {
  const acknowledged = []
  let stopping = false
  let number = 0
  const next = () => {
    number += 1
    return { id: `act-${number}`, content: randomBytes(200 + Math.floor(chance() * 2000)) }
  }
  const poster = async () => {
    while (!stopping) {
      const { id, content } = next()
      for (;;) {
        const receipt = await post(url, token, id, content)
        if (receipt !== undefined) {
          acknowledged.push({ ...receipt, id, expected: sha256(content), by: 'http' })
          break
        }
        await sleep(50)
      }
      await sleep(chance() * 20)
    }
  }
  const writer = async () => {
    while (!stopping) {
      const { id, content } = next()
      await writeFile(join(incoming, `${id}.tmp`), content)
      await rename(join(incoming, `${id}.tmp`), join(incoming, id))
      const receipt = await receiptOf(join(incoming, 'done', id))
      acknowledged.push({ ...receipt, id, expected: sha256(content), by: 'directory' })
    }
  }
  const working = [...Array.from({ length: clients }, poster), writer(), writer()]
  return {
    acknowledged,
    stop: async () => {
      stopping = true
      await Promise.all(working)
    },
  }
}

/** Undefined where there was no answer, or one that says: hand it over again. */
async function post(url, token, id, content) {
  try {
    const answer = await fetch(`${url}/prescriptions`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, 'x-source-system': 'kill', 'x-source-id': id },
      body: content,
      signal: AbortSignal.timeout(5000),
    })
    const receipt = await answer.json()
    return answer.ok ? receipt : undefined
  } catch {
    return undefined
  }
}

/** A file is acknowledged when it has been moved. */
async function receiptOf(done) {
  for (;;) {
    const isThere = await access(done).then(
      () => true,
      () => false,
    )
    if (isThere) return JSON.parse(await readFile(`${done}.receipt.json`, 'utf8'))
    await sleep(100)
  }
}
