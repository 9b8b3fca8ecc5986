/**
 * An intake of prescriptions in a process of its own, for `archive.ts`: `node archiveIntake.mjs FILE TOKEN`. Tells its
 * address, and what it used when it is asked. Needs `npm run build`.
 */
import {
  listenForPrescriptions,
  openPrescriptionArchive,
} from '../dist/business/prescriptionArchive/index.js'

const [, , file, token] = process.argv
const archive = await openPrescriptionArchive({ file })
const intake = await listenForPrescriptions({ archive, token })
let begun = process.cpuUsage()
process.on('disconnect', () => process.exit())
process.on('message', async (question) => {
  if (question === 'begin') begun = process.cpuUsage()
  const { user, system } = process.cpuUsage(begun)
  const { entries } = await archive.status()
  process.send({ entries, processor: (user + system) / 1e6 })
})
process.send({ url: intake.url, driver: archive.driver })
