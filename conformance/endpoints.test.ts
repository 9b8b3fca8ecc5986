/** The service map against the platform's own WSDLs and the list of UDDI keys of the specification. */
import { DOMParser } from '@xmldom/xmldom'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

import { names } from '../src/configuration/properties/description.js'
import { serviceNames, serviceOfUddiKey, services } from '../src/technical/environment/services.js'
import { shared } from './support/shared.js'

const contracts = shared('contracts')
const chapter = shared('spec/soap-security.md')
const wsdl = 'http://schemas.xmlsoap.org/wsdl/'
const soap = 'http://schemas.xmlsoap.org/wsdl/soap/'

interface Binding {
  file: string
  path: string
  actions: string[]
}

/** Every WSDL that says where the platform serves it. */
function bindings(): Binding[] {
  return (
    readdirSync(contracts, { recursive: true, encoding: 'utf8' })
      // those of Recip-e hold addresses of its own making, one of them misspelt
      .filter((file) => file.endsWith('.wsdl') && !file.startsWith('recipe/'))
      .flatMap((file) => {
        const document = new DOMParser().parseFromString(
          readFileSync(`${contracts}/${file}`, 'utf8').replace(/^\ufeff/, ''),
          'text/xml',
        )
        const address = document.getElementsByTagNameNS(soap, 'address')[0]?.getAttribute('location') ?? ''
        if (!/^https:\/\/services(-acpt)?\.ehealth\.fgov\.be\//.test(address)) return []
        const operations = [...document.getElementsByTagNameNS(wsdl, 'operation')].flatMap((operation) => [
          ...operation.getElementsByTagNameNS(soap, 'operation'),
        ])
        const actions = operations.map((operation) => operation.getAttribute('soapAction') ?? '')
        return [{ file, path: new URL(address).pathname, actions }]
      })
  )
}

const found = existsSync(contracts) ? bindings() : []

describe.runIf(found.length > 0)('the service map and the WSDLs of the platform', () => {
  it.each(found)('$file: its address is known, and its actions follow the rule', ({ path, actions }) => {
    const name = serviceNames.find((candidate) => services[candidate].path === path)
    expect(name, path).toBeDefined()
    const { stems } = services[name!].soapAction
    if (stems.length === 0) return
    for (const action of actions)
      expect(
        stems.some((stem) => (stem === '' ? action === '' : action.startsWith(stem))),
        `${action} begins with none of ${stems.join(', ')}`,
      ).toBe(true)
  })
})

describe.runIf(existsSync(chapter))('the service map and the list of UDDI keys', () => {
  const text = existsSync(chapter) ? readFileSync(chapter, 'utf8') : ''
  const list = text.slice(text.indexOf('### 6.2'), text.indexOf('### 6.3'))
  // `recip-e…-pilot` and `…-mock` are shortened there, smureg has no path
  const keys = [...list.matchAll(/`([a-z][a-z0-9{},:-]*:v\d)`((?:,\s*`v\d`)*)(?:–`v(\d)`)?/g)].flatMap(
    ([, key = '', more = '', last]) => {
      const [name, first] = [key.slice(0, key.lastIndexOf(':')), Number(key.slice(-1))]
      const versions = [
        first,
        ...[...more.matchAll(/v(\d)/g)].map(([, version]) => Number(version)),
        ...(last === undefined
          ? []
          : Array.from({ length: Number(last) - first }, (_, index) => first + index + 1)),
      ]
      return names(name).flatMap((one) => versions.map((version) => `${one}:v${version}`))
    },
  )

  it('is read', () => expect(keys.length).toBeGreaterThan(90))

  it.each(keys.filter((key) => !key.startsWith('smureg')))('has a service for %s', (key) => {
    expect(serviceOfUddiKey(`uddi:ehealth-fgov-be:business:${key}`)).toBeDefined()
  })
})
