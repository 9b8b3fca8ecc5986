/** What must be true afterwards, whatever died when. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'

import { openPrescriptionArchive } from '../../dist/business/prescriptionArchive/index.js'
import { openStore } from '../../dist/business/prescriptionArchive/storage/store.js'
import { connect } from '../../dist/index.js'
import { professionOf } from '../../dist/professions/index.js'
import { readTimeStampBag } from '../../dist/technical/timestamp/index.js'

export async function reckon({ simulator, archive: file, acknowledged }) {
  const { me, hospital } = await connectTo(simulator)
  const archive = await openPrescriptionArchive({
    file,
    session: me.session,
    hospital,
  })
  const store = await openStore(file)
  try {
    return await figuresOf({ archive, store, acknowledged })
  } finally {
    store.close()
    await archive.close()
    await me.close()
  }
}

async function figuresOf({ archive, store, acknowledged }) {
  const problems = []
  const places = placesOf(store)
  const stamped = new Set(
    store
      .all(`SELECT sequence FROM bag WHERE state IN ('ARCHIVED', 'CONFIRMED')`)
      .map(({ sequence }) => sequence),
  )
  for (const { ref, sha256, expected, id } of acknowledged) {
    if (sha256 !== expected) problems.push(`${id}: acknowledged with another digest`)
    const found = places.get(`${ref} ${expected}`) ?? []
    if (found.length !== 1) problems.push(`${id}: in ${found.length} bags`)
    else if (!stamped.has(found[0])) problems.push(`${id}: in a bag without a stamp`)
  }
  const numbers = new Set(acknowledged.map(({ ref }) => ref))
  if (numbers.size !== acknowledged.length) problems.push('two prescriptions have one number')
  const report = await archive.audit({ from: new Date(Date.now() - 24 * 60 * 60_000), to: now() })
  if (report.verdict !== 'OK') problems.push(`the audit says ${JSON.stringify(report).slice(0, 2000)}`)
  for (const { sha256 } of acknowledged.slice(0, 20)) {
    const proof = await archive.prove({ sha256 })
    if (proof.outcome !== 'proven') problems.push(`a proof says ${proof.outcome}`)
  }
  const count = (sql) => Number(Object.values(store.get(sql))[0])
  return {
    acknowledged: acknowledged.length,
    byDirectory: acknowledged.filter(({ by }) => by === 'directory').length,
    entries: count('SELECT count(*) FROM entry'),
    bags: count('SELECT count(*) FROM bag'),
    stamps: count('SELECT count(*) FROM stamp'),
    attempts: count('SELECT count(*) FROM attempt'),
    unknownAttempts: count(`SELECT count(*) FROM attempt WHERE outcome = 'unknown'`),
    repaired: report.platform.reduce((total, { repaired }) => total + repaired.length, 0),
    audit: report.verdict,
    problems,
  }
}

const now = () => new Date(Date.now() + 1000)

/** In which bags each entry is, by what the octets of the bags say. */
function placesOf(store) {
  const places = new Map()
  for (const { bytes } of store.all('SELECT bytes FROM bag')) {
    const { sequenceNumber, entries } = readTimeStampBag(bytes)
    for (const { ref, hash } of entries) {
      const key = `${ref} ${Buffer.from(hash).toString('base64')}`
      places.set(key, [...(places.get(key) ?? []), sequenceNumber])
    }
  }
  return places
}

async function connectTo(directory) {
  const { url, endpoints, trust, personas } = JSON.parse(
    await readFile(join(directory, 'personas.json'), 'utf8'),
  )
  const persona = personas.find(({ name }) => name === 'hospital')
  const read = async (name) => (name === undefined ? [] : [await readFile(join(directory, name))])
  const material = {}
  for (const [role, name] of Object.entries(trust)) material[role] = await read(name)
  const me = await connect({
    environment: { name: 'simulation', baseUrl: url, endpoints, trust: material },
    keystore: { bytes: await readFile(join(directory, persona.keystore)), password: persona.password },
    as: professionOf(persona.profession, persona.numbers),
  })
  // as the simulator names hospitals
  return { me, hospital: `tsa_${persona.numbers.cbe ?? persona.numbers.nihii}_01` }
}
