/** The platform in a process of its own, so that its work is not counted as the client's: `sessions.ts` starts it. */
import { startSimulator } from '../dist/simulator/index.js'

const simulator = await startSimulator()
const persona = ({ ssin, nihii, keystore, password }) => ({
  ssin,
  nihii,
  password,
  keystore: Buffer.from(keystore).toString('base64'),
})
const { physician, hospital } = simulator.personas
process.send({
  environment: simulator.environment,
  physician: persona(physician),
  hospital: persona(hospital),
})
process.on('message', ({ advance }) => {
  simulator.clock.advance(advance)
  process.send({ advanced: advance })
})
// whoever started it has gone
process.on('disconnect', () => process.exit())
