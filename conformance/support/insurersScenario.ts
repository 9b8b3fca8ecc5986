/** Every operation and outcome of the mailboxes of the insurers and of the registration, for the judges. */
import { connect, type ConnectOptions } from '../../src/connect.js'
import type { BusinessServiceName } from '../../src/professions/services.js'
import { physician } from '../../src/professions/index.js'
import type { Simulator } from '../../src/simulator/index.js'

/** @param options `directory`: where the batches keep what they keep */
export async function insurersScenario(
  simulator: Simulator,
  { directory, ...options }: Pick<ConnectOptions<BusinessServiceName>, 'record'> & { directory: string },
): Promise<void> {
  const { environment, personas, clock, world } = simulator
  const { ssin, nihii, keystore, password } = personas.physician
  await using me = await connect({
    environment,
    runtime: { ...simulator.runtime, sleep: async (milliseconds) => clock.advance(milliseconds) },
    keystore: { bytes: keystore, password },
    as: physician({ ssin, nihii }),
    mycarenet: { licence: { username: 'sample', password: 'sample' } },
    ...options,
  })
  for (const region of ['mycarenet', 'walcarenet', 'iriscarenet'] as const)
    for (const encrypt of [false, true]) {
      clock.advance(60_000)
      await using batch = await me.memberDataAsync.open({
        store: `${directory}/${region}-${encrypt}`,
        region,
        encrypt,
      })
      await batch.ask(
        world.patients.map(({ name, ssin: patient }) => ({ key: name, patient: { ssin: patient } })),
      )
      for await (const result of batch.answers()) if (!('answer' in result)) throw result.problem
    }

  const mailbox = 'invoicingAsync'
  const { tack } = await me.genericAsync.post({
    mailbox,
    content: '920000...',
    contentType: 'text/plain',
    to: '300',
    sign: true,
  })
  await me.genericAsync.get({
    mailbox,
    tacks: 5,
    messageNames: ['HCPAFD', 'HCPVWR'],
    tackMessageNames: ['HCPFAC'],
    insurers: ['300'],
    notInsurers: ['500', '600'],
  })
  // refused: too soon, empty, not taken
  await me.genericAsync.get({ mailbox, messages: 0, tacks: 1 })
  const again: unknown = await me.genericAsync
    .get({ mailbox, messages: 0, tacks: 1 })
    .catch((error: unknown) => error)
  if (!(again instanceof Error)) throw new Error('the scenario expects a refusal')
  await me.genericAsync.confirm({ mailbox, tacks: [tack] })
  await me.genericAsync.post({ mailbox: 'memberDataAsync', content: '<none/>' })

  const bankAccount = { iban: 'BE68539007547034', bic: 'EXAMBEBB' }
  for (const insurer of ['300', '300', '500'])
    await me.registration.register({ insurer, ...(insurer === '300' ? { bankAccount } : {}) })
}
