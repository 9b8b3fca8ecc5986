/** The simulator of bench/ehbox.ts, in a process of its own; uses the built package. */
import { startSimulator } from '../dist/simulator/index.js'

const simulator = await startSimulator({ mailboxes: { size: 2 ** 40 } })
const { environment, personas } = simulator
process.send({ environment, physician: personas.physician, nurse: personas.nurse })
process.on('disconnect', () => process.exit())
