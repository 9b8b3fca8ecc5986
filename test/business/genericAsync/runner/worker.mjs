/**
 * A runner in a process of its own that dies (SIGKILL) at the step it is told: before or after every exchange, every write
 * of the store, and the handler. Uses the built package, as a server would.
 */
import { appendFileSync, closeSync, fsyncSync, openSync, writeSync } from 'node:fs'

import { connect } from '../../../../dist/index.js'
import { openFileStore } from '../../../../dist/business/genericAsync/index.js'
import { physician } from '../../../../dist/professions/index.js'
import { createTransport } from '../../../../dist/technical/soap/index.js'

const { environment, keystore, password, as, licence, directory, effects, steps, dieAt, mailbox, content } =
  JSON.parse(process.env.WORKER)

let step = 0
const at = (name) => {
  step += 1
  appendFileSync(steps, `${name}\n`)
  if (step === dieAt) process.kill(process.pid, 'SIGKILL')
}
const around = async (name, work) => {
  at(`before ${name}`)
  const result = await work()
  at(`after ${name}`)
  return result
}

const wire = createTransport({ trust: environment.trust.tls })
const transport = {
  close: () => wire.close(),
  post: (request) => {
    const name = /<ga:(post|get|confirm)[ >]/.exec(Buffer.from(request.body).toString('latin1'))?.[1]
    return name === undefined ? wire.post(request) : around(name, () => wire.post(request))
  },
}

const file = await openFileStore(directory)
const stateIn = (octets) => {
  try {
    return ` ${JSON.parse(Buffer.from(octets).toString()).state}`
  } catch {
    return ''
  }
}
const store = {
  ...file,
  write: (kind, name, octets) => around(`${kind}${stateIn(octets)}`, () => file.write(kind, name, octets)),
  remove: (kind, name) => around(`${kind} removed`, () => file.remove(kind, name)),
}

const me = await connect({
  environment,
  keystore: { bytes: Buffer.from(keystore, 'base64'), password },
  as: physician(as),
  mycarenet: { licence },
  transport,
})
const runner = await me.genericAsync.runner({ mailbox, store })
await runner.post({ name: 'batch', content: Buffer.from(content) })
for await (const { key, tries, interrupted } of runner.messages({ once: true })) {
  at('handler begins')
  const handle = openSync(effects, 'a')
  writeSync(handle, `${JSON.stringify({ key, tries, interrupted })}\n`)
  fsyncSync(handle)
  closeSync(handle)
  at('handler ends')
}
await runner.close()
await me.close()
wire.close()
