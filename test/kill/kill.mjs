/**
 * Kills the daemon of the prescription archive at random moments under load, and looks whether every acknowledged
 * prescription is in exactly one stamped bag afterwards: `node test/kill/kill.mjs [--kills 200] [--seed N] [--json]`.
 * Needs `npm run build`. Exits 1 when anything is lost, doubled or not proven.
 */
import { parseArgs } from 'node:util'

import { killTest } from './killTest.mjs'

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '200' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    json: { type: 'boolean', default: false },
  },
})
const result = await killTest({
  kills: Number(values.kills),
  seed: Number(values.seed),
  progress: (line) => console.error(line),
})
if (values.json) console.log(JSON.stringify(result))
else
  for (const [name, value] of Object.entries(result))
    console.log(`${name.padEnd(22)}${JSON.stringify(value)}`)
process.exitCode = result.problems.length === 0 ? 0 : 1
