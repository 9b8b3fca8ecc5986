/**
 * Sealing a file for somebody, and opening it, with keystores alone: once the recipient's encryption token is known,
 * neither side needs a session. The simulator stands for whoever handed out keystores and certificates.
 */
import { connect } from 'ehealth-connectors'
import { openKeystore } from 'ehealth-connectors/keystore'
import { Certificate } from 'ehealth-connectors/pki'
import { physician } from 'ehealth-connectors/professions'
import { seal, unseal } from 'ehealth-connectors/seal'
import { startSimulator } from 'ehealth-connectors/simulator'

await using simulator = await startSimulator()
const { physician: gp, nurse: caretaker } = simulator.personas

// The sender looks the recipient up; the token is verified before it is used.
const sender = await openKeystore({ bytes: gp.keystore }, { password: gp.password })
await using me = await connect({
  environment: simulator.environment,
  keystore: sender,
  as: physician({ ssin: gp.ssin, nihii: gp.nihii }),
})
const token = await me.technical.etk.get({ type: 'SSIN', value: caretaker.ssin })

const content = new TextEncoder().encode('for your eyes only')
const sealed = await seal(content, { credential: sender.authentication, recipients: [token] })
console.log(`sealed: ${content.length} bytes became ${sealed.length}`)

// The recipient opens it with his keystore and the roots that he trusts.
const reader = await openKeystore({ bytes: caretaker.keystore }, { password: caretaker.password })
const trust = simulator.environment.trust.signers!.flatMap((root) => Certificate.allFrom(root))
const opened = await unseal(sealed, { keys: reader.decryptionKeys, trust })
console.log(`unsealed: ${new TextDecoder().decode(opened.content)}`)
console.log(
  `author: ${opened.author?.type}, ${opened.author?.value === gp.ssin ? 'the sender' : 'a stranger'}`,
)
