import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

import { renderEndpointsPage } from '../../scripts/endpoints-doc.mjs'
import * as hosts from '../../src/technical/environment/hosts.js'
import { connectorServices, serviceNames, serviceTables } from '../../src/technical/environment/services.js'

const page = readFileSync(new URL('../../docs/endpoints.md', import.meta.url), 'utf8')

describe('docs/endpoints.md', () => {
  it('is what `npm run docs:endpoints` makes of the service map', () => {
    expect(page).toBe(renderEndpointsPage({ ...hosts, serviceTables, connectorServices }))
  })

  it.each(serviceNames)('has a row for %s', (name) => expect(page).toContain(`\n| \`${name}\``))
})
