/**
 * A server that files every message of its inbox, once, whatever happens: a message is handed over again only when the
 * process died while it was being handled, and then under the same key. Runs on the embedded simulator.
 */
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { connect } from 'ehealth-connectors'
import { openFileCursor } from 'ehealth-connectors/ehbox'
import { nurse, physician } from 'ehealth-connectors/professions'
import { startSimulator } from 'ehealth-connectors/simulator'

await using simulator = await startSimulator()
const { nurse: noor, physician: ada } = simulator.personas
await using sender = await connect({
  environment: simulator.environment,
  keystore: { bytes: ada.keystore, password: ada.password },
  as: physician({ ssin: ada.ssin, nihii: ada.nihii }),
})
await using me = await connect({
  environment: simulator.environment,
  keystore: { bytes: noor.keystore, password: noor.password },
  as: nurse({ ssin: noor.ssin, nihii: noor.nihii }),
})
const to = [{ ssin: noor.ssin, quality: 'NURSE' as const }]
for (const title of ['one', 'poison', 'two'])
  await sender.ehbox.send({ to, title, body: `This is ${title}.`, encrypt: true })

const directory = await mkdtemp(join(tmpdir(), 'inbox-'))
const filed = join(directory, 'filed')
const cursor = join(directory, 'inbox.cursor')
const stop = new AbortController()
process.once('SIGTERM', () => stop.abort())

const { handled, failed, setAside } = await me.ehbox.watch({
  folder: 'INBOX',
  every: 100, // a server would say 60_000
  cursor,
  tries: 2,
  signal: stop.signal,
  handle: async (message, { listed, key, attempt, interrupted }) => {
    if (message.title === 'poison') throw new Error('nobody knows what to do with this')
    if (interrupted) console.log(`attempt ${attempt} at ${message.title}: the last one may have got anywhere`)
    await me.ehbox.save(listed, { directory: filed })
    // the key is the same for every attempt: writing under it twice is writing once
    await writeFile(
      join(filed, `${key}.json`),
      JSON.stringify({ title: message.title, at: message.publicationDate }),
    )
  },
  onSetAside: (_, { tries, code }) => {
    console.log(`set aside after ${tries} tries: ${code}`)
    stop.abort()
  },
})
console.log(`handled ${handled}, failed ${failed}, set aside ${setAside}`)
console.log(`${(await readdir(filed)).length} files`)

// later, when somebody has looked
const remembered = await openFileCursor(cursor)
for (const [id, { state }] of remembered.entries()) if (state === 'aside') await remembered.delete(id)
await remembered.close()
const again = await me.ehbox.watch({
  cursor,
  once: true,
  handle: (message) => console.log(`once more: ${message.title}`),
})
console.log(`handled ${again.handled}`)
await rm(directory, { recursive: true })
