// What a whole process sees of days, in the zone that TZ names: run by calendar.test.ts with the built package.
import { connect } from 'ehealth-connectors'
import { physician } from 'ehealth-connectors/professions'
import { startSimulator } from 'ehealth-connectors/simulator'

const instants = JSON.parse(process.argv[2])
const simulator = await startSimulator({ clock: { now: () => new Date(instants[0]) } })
const { environment, runtime, personas, world } = simulator
const { ssin, nihii, keystore, password } = personas.physician
const sent = []
const me = await connect({
  environment,
  runtime,
  keystore: { bytes: keystore, password },
  as: physician({ ssin, nihii }),
})
const {
  ssin: patientSsin,
  firstName,
  familyName,
  cards,
} = world.patients.find(({ name }) => name === 'adult')
const patient = { ssin: patientSsin, firstName, familyName, eidCard: cards[0].number }

for (const instant of instants) {
  simulator.clock.set(new Date(instant))
  const consent = await me.consent.declare({ patient })
  const link = await me.therlink.declare({ patient, proof: 'eidreading' })
  const found = await me.therlink.list({ patient })
  const request = link.meta.raw.request
  sent.push({
    instant,
    zone: Intl.DateTimeFormat().resolvedOptions().timeZone,
    outcomes: [consent.outcome, link.outcome],
    signDate: consent.signDate,
    date: /<core:date>([^<]+)</.exec(request)[1],
    time: /<core:time>([^<]+)</.exec(request)[1],
    start: found.links[0].startDate,
    end: found.links[0].endDate,
  })
  await me.consent.revoke({ patient })
  await me.therlink.revoke({ patient, startDate: found.links[0].startDate, proof: 'eidreading' })
}
await me.close()
await simulator.close()
console.log(JSON.stringify(sent))
