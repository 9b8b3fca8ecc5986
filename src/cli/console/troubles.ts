/** The bad days that the page has buttons for. */
import type { FaultPlan } from '../../simulator/index.js'

/** In the order to show. */
export const troubles: readonly { kind: string; title: string; plan: FaultPlan }[] = [
  { title: 'Answer 2 seconds late', plan: { kind: 'delay', milliseconds: 2000 } },
  {
    title: 'Service down: SOA-02001, try again later',
    plan: { kind: 'soa', code: 'SOA-02001', retry: true },
  },
  { title: 'Move the service to its recovery endpoint', plan: { kind: 'switch' } },
  { title: 'Internal error: SOA-00001', plan: { kind: 'soa', code: 'SOA-00001' } },
  { title: 'Not authorised: SOA-01002', plan: { kind: 'soa', code: 'SOA-01002' } },
  { title: 'Break the connection before the request is looked at', plan: { kind: 'drop', when: 'before' } },
  { title: 'Carry it out, then break the connection', plan: { kind: 'drop', when: 'after' } },
  { title: 'Send half of the answer', plan: { kind: 'truncate' } },
  { title: 'Send half of the answer, then nothing', plan: { kind: 'stall' } },
  { title: 'Maintenance page (HTML, 503)', plan: { kind: 'html', status: 503 } },
  { title: 'Empty answer (500)', plan: { kind: 'empty', status: 500 } },
  { title: 'Answer as text/plain', plan: { kind: 'content-type', contentType: 'text/plain' } },
  { title: 'Wrong signature in the answer', plan: { kind: 'signature' } },
  { title: 'Wrong signature of the token', plan: { kind: 'assertion-signature', service: 'sts' } },
  { title: 'Service clock 10 minutes ahead', plan: { kind: 'clock', milliseconds: 600_000 } },
  { title: 'Answer dated two hours ago', plan: { kind: 'timestamp', milliseconds: 7_200_000 } },
  { title: 'Element that nobody knows in the answer', plan: { kind: 'foreign-element' } },
  {
    title: 'Letter accepted but not delivered',
    plan: { kind: 'undelivered', service: 'ehboxPublication', operation: 'sendMessage' },
  },
].map(({ title, plan }) => ({ kind: plan.kind, title, plan: plan as FaultPlan }))
