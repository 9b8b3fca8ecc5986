/**
 * A mail loop in a process of its own that dies (SIGKILL) at the step it is told: before or after every exchange, every
 * write of the cursor, and the handler. Uses the built package, as a server would.
 */
import { appendFileSync, closeSync, fsyncSync, openSync, writeSync } from 'node:fs'

import { connect } from '../../../../dist/index.js'
import { openFileCursor } from '../../../../dist/business/ehbox/index.js'
import { nurse } from '../../../../dist/professions/index.js'
import { createTransport } from '../../../../dist/technical/soap/index.js'

const { environment, keystore, password, as, cursorFile, effects, steps, dieAt, options } = JSON.parse(
  process.env.WORKER,
)

let step = 0
const at = (name) => {
  step += 1
  appendFileSync(steps, `${name}\n`)
  if (step === dieAt) process.kill(process.pid, 'SIGKILL')
}

const wire = createTransport({ trust: environment.trust.tls })
const transport = {
  close: () => wire.close(),
  post: async (request) => {
    const name = /<con:(\w+)Request/.exec(Buffer.from(request.body).toString('latin1'))?.[1]
    if (name === undefined) return wire.post(request)
    at(`before ${name}`)
    const answer = await wire.post(request)
    at(`after ${name}`)
    return answer
  },
}

const file = await openFileCursor(cursorFile)
const cursor = {
  ...file,
  set: async (id, mark) => {
    at(`before ${mark.state}`)
    await file.set(id, mark)
    at(`after ${mark.state}`)
  },
}

const me = await connect({
  environment,
  keystore: { bytes: Buffer.from(keystore, 'base64'), password },
  as: nurse(as),
  transport,
})
await me.ehbox.watch({
  ...options,
  cursor,
  once: true,
  handle: (message, { key, attempt, interrupted }) => {
    at('handler begins')
    const handle = openSync(effects, 'a')
    writeSync(handle, `${JSON.stringify({ title: message.title, key, attempt, interrupted })}\n`)
    fsyncSync(handle)
    closeSync(handle)
    at('handler ends')
  },
})
await file.close()
await me.close()
wire.close()
