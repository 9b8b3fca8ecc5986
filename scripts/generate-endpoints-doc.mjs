/**
 * Writes docs/endpoints.md from the built service map; `--check` only compares and exits 1 when the page is out of date.
 */
import { renderEndpointsPage } from './endpoints-doc.mjs'
import { writeOrCheck } from './generated-page.mjs'

const environment = '../dist/technical/environment'
const { hosts, hubs, platformAddresses, recoveryHosts } = await import(`${environment}/hosts.js`)
const { connectorServices, serviceNames, serviceTables } = await import(`${environment}/services.js`)

writeOrCheck({
  page: 'docs/endpoints.md',
  command: 'npm run docs:endpoints',
  text: renderEndpointsPage({
    hosts,
    recoveryHosts,
    hubs,
    platformAddresses,
    connectorServices,
    serviceTables,
  }),
  remark: `${serviceNames.length} services`,
})
