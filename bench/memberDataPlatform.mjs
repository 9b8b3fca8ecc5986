/** The simulator of bench/memberData.ts, in a process of its own: answers at once, and moves its clock for nobody. */
import { startSimulator } from '../dist/simulator/index.js'

const simulator = await startSimulator({ insurersMailboxes: { answerDelay: 0, repeatDelay: 0 } })
process.send({ environment: simulator.environment, physician: simulator.personas.physician })
process.on('disconnect', () => process.exit())
