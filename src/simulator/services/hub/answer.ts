/** What every answer of the registers consists of (spec consent-therlink-hub §1.6, §8.4). */
import type { Acknowledge, HubAnswer, HubRequest } from '../../../business/kmehr/contract.js'
import { belgianDay, belgianStamp, belgianTime } from '../../../technical/environment/belgianCalendar.js'
import type { SimulatedAnswer, SimulatedCall } from '../../service.js'
import { HubRefusal, type HubError } from './refusal.js'
import { hubTexts } from './texts.js'

/** Number that the simulated platform answers under. */
const platformEhp = '1990000332'

/** A code or identifier with its scheme. */
export const coded = <V extends string>(
  S: string,
  value: V,
  SV = '1.0',
): { S: string; SV: string; value: V } => ({
  S,
  SV,
  value,
})

/** Response and acknowledge: an identifier of its own, the platform as author, the request repeated as it came. */
export function hubAnswer(
  {
    request,
    now,
    world,
  }: { request: { request: HubRequest } } & Pick<SimulatedCall<unknown>, 'now' | 'world'>,
  errors: readonly HubError[] = [],
  iscomplete = errors.length === 0,
): HubAnswer {
  return {
    response: {
      id: coded('ID-KMEHR', `${platformEhp}.${belgianStamp(now)}.${world.runtime.uuid().slice(0, 8)}`),
      author: {
        hcparty: [
          {
            id: [coded('ID-HCPARTY', platformEhp)],
            cd: [coded('CD-HCPARTY', 'orgpublichealth', '1.1')],
            name: 'eHealth platform (simulated)',
            address: [],
            telecom: [],
          },
        ],
      },
      date: belgianDay(now),
      time: belgianTime(now),
      request: request.request,
    },
    acknowledge: acknowledge(errors, iscomplete),
  }
}

const acknowledge = (errors: readonly HubError[], iscomplete: boolean): Acknowledge => ({
  iscomplete,
  error: errors.map(({ code, text }) => ({
    id: [],
    cd: [coded('CD-ERROR', code)],
    description: { L: 'en', value: text ?? hubTexts[code] ?? code },
  })),
})

/** A handler whose refusals become answers that are not complete, with nothing beside the acknowledge. */
export function answering<Request extends { request: HubRequest }, Response extends HubAnswer>(
  work: (call: SimulatedCall<Request>) => Response | Promise<Response>,
): (call: SimulatedCall<Request>) => Promise<SimulatedAnswer<Response>> {
  return async (call) => {
    try {
      return { value: await work(call) }
    } catch (error) {
      if (!(error instanceof HubRefusal)) throw error
      return { value: hubAnswer(call, error.errors, false) as Response }
    }
  }
}
