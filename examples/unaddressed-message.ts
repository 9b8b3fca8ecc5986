/**
 * A message for a reader who is not known yet: a physician seals it with a key of the KGSS that any nurse may fetch. The
 * nurse opens it without having been addressed; a hospital gets no key.
 */
import { connect } from 'ehealth-connectors'
import { isEHealthError } from 'ehealth-connectors/errors'
import { readers } from 'ehealth-connectors/kgss'
import { hospital, nurse, physician } from 'ehealth-connectors/professions'
import { readRecipients } from 'ehealth-connectors/seal'
import { startSimulator } from 'ehealth-connectors/simulator'

await using simulator = await startSimulator()
const { physician: gp, nurse: caretaker, hospital: clinic } = simulator.personas

await using me = await connect({
  environment: simulator.environment,
  keystore: { bytes: gp.keystore, password: gp.password },
  as: physician({ ssin: gp.ssin, nihii: gp.nihii }),
})
// Overwritten at the end of the program.
using key = await me.technical.kgss.newKey({ allowed: [readers.nurse()] })
const note = new TextEncoder().encode('Dressing to be changed daily.')
const sealed = await me.technical.seal(note, { secretKey: key })
const named = readRecipients(sealed).secretKeyIds.includes(key.id)
console.log(`sealed for any nurse: key of ${key.key.length * 8} bits, named in the message: ${named}`)

await using reader = await connect({
  environment: simulator.environment,
  keystore: { bytes: caretaker.keystore, password: caretaker.password },
  as: nurse({ ssin: caretaker.ssin, nihii: caretaker.nihii }),
})
const { content } = await reader.technical.kgss.unseal(sealed)
console.log(`the nurse reads: ${new TextDecoder().decode(content)}`)

await using other = await connect({
  environment: simulator.environment,
  keystore: { bytes: clinic.keystore, password: clinic.password },
  as: hospital({ nihii: clinic.nihii }),
})
try {
  await other.technical.kgss.unseal(sealed)
} catch (error) {
  if (!isEHealthError(error)) throw error
  console.log(`the hospital is refused: ${error.code}`)
}
