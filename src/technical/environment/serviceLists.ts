/** Where the platform publishes its service list, and by whom it is signed (spec soap-security §6.1, §6.5). */
import type { Environment, ServiceListSource } from './environment.js'

/** The eHealth platform's own number; read in a list of 2022. */
const platform = '0809394427'

const sources: Readonly<Partial<Record<Environment['name'], ServiceListSource>>> = {
  production: {
    url: 'https://servicelist.ehealth.fgov.be/servicelist',
    environment: 'Production',
    cbe: platform,
  },
  acceptance: {
    url: 'https://servicelist-acpt.ehealth.fgov.be/servicelist',
    environment: 'Acceptation',
    cbe: platform,
  },
  // (inferred): the name in a list of this environment has not been seen; faults call it so
  integration: {
    url: 'https://bcp-int.ehealth.fgov.be/current_status',
    environment: 'Integration',
    cbe: platform,
  },
}

/** The source of an environment: its own, else the platform's for that name; `undefined` when there is none. */
export function serviceListSource(
  environment: Pick<Environment, 'name' | 'serviceList'>,
): ServiceListSource | undefined {
  return environment.serviceList ?? sources[environment.name]
}
