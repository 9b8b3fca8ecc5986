/**
 * One institution with so many patients, measured from inside: `node --expose-gc memberDataProcess.mjs COUNT SIZE STORE`,
 * driven by `memberData.ts`. Needs `npm run build`.
 */
import { once } from 'node:events'

import { connect } from '../dist/index.js'
import { physician } from '../dist/professions/index.js'
import { ssinCheckDigits } from '../dist/technical/identifiers/index.js'

process.on('disconnect', () => process.exit())
const [count, size, store] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]]
const [{ environment, physician: caller }] = await once(process, 'message')

/** Somebody with a synthetic number: a day from 1930 on, and a sequence that nobody gets. */
function patient(index) {
  const born = new Date(Date.UTC(1930, 0, 1 + (index % 20_000)))
    .toISOString()
    .slice(2, 10)
    .replaceAll('-', '')
  const nine = born + String(990 + (Math.floor(index / 20_000) % 9))
  return { key: `file-${index}`, patient: { ssin: nine + ssinCheckDigits(nine, false) } }
}
let drawn = 0
function* patients() {
  for (; drawn < count; drawn++) yield patient(drawn)
}

let peak = 0
const watch = setInterval(() => {
  peak = Math.max(peak, process.memoryUsage().rss)
}, 20)
const me = await connect({
  environment,
  keystore: { bytes: Buffer.from(caller.keystore), password: caller.password },
  as: physician({ ssin: caller.ssin, nihii: caller.nihii }),
  mycarenet: { licence: { username: 'bench', password: 'bench' } },
})
await me.session.token()
globalThis.gc()
const before = process.memoryUsage()
peak = before.rss

const start = performance.now()
const cpu = process.cpuUsage()
const batch = await me.memberDataAsync.open({ store })
await batch.ask(patients(), { size })
const asked = performance.now()
let answers = 0
let insured = 0
let first
for await (const result of batch.answers({ once: true })) {
  first ??= performance.now()
  if (!('answer' in result)) throw result.problem
  answers += 1
  if (result.answer.insurability?.state === 'insured') insured += 1
}
const end = performance.now()
clearInterval(watch)
const { user, system } = process.cpuUsage(cpu)
const state = batch.state()
await batch.close()
await me.close()
globalThis.gc()
process.send({
  count,
  size,
  answers,
  insured,
  state,
  seconds: { ask: (asked - start) / 1000, untilFirst: (first - asked) / 1000, answers: (end - first) / 1000 },
  processor: (user + system) / 1e6,
  rss: { before: before.rss, peak },
  heap: { before: before.heapUsed, after: process.memoryUsage().heapUsed },
})
process.disconnect()
