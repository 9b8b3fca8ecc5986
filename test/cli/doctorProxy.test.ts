/** What `ehealth doctor` reaches for goes the way that calls go: through the proxy of the configuration. */
import { writeFileSync } from 'node:fs'

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'

import { startTestProxy, type TestProxy } from '../technical/soap/testProxy.js'
import { startTestServer, type TestServer } from '../technical/soap/testServer.js'
import { ehealth, workplace } from './run.js'

const at = workplace()
let server: TestServer
let proxy: TestProxy
const methods: string[] = []
beforeAll(async () => {
  server = await startTestServer((request, response) => {
    methods.push(request.method ?? '')
    response.end()
  })
  proxy = await startTestProxy()
  writeFileSync(at('root.pem'), server.authorities.root.certificate.toPem())
})
afterAll(async () => {
  await proxy.close()
  await server.close()
})
beforeEach(() => {
  proxy.asked.length = 0
  proxy.answer = undefined
})

interface Finding {
  check: string
  state: string
  remark: string
}

/** The platform has a name that the proxy alone can resolve. */
async function doctor(http: object): Promise<Finding[]> {
  const config = at('ehealth.json')
  const root = at('root.pem')
  const baseUrl = `https://platform.test:${server.port}`
  const trust = { tls: [root], sts: [root], signers: [root] }
  writeFileSync(config, JSON.stringify({ environment: 'custom', baseUrl, trust, http }))
  const { json } = await ehealth(['doctor', '--config', config, '--json'])
  return json<{ findings: Finding[] }>().findings
}
const stateOf = (findings: readonly Finding[], check: string) => findings.find((one) => one.check === check)

describe('ehealth doctor behind a proxy', () => {
  it('finds the platform through it', async () => {
    const findings = await doctor({ proxy: { url: proxy.url } })
    expect(stateOf(findings, 'sts')).toMatchObject({
      state: 'ok',
      remark: expect.stringContaining('answers') as string,
    })
    expect(stateOf(findings, 'clock')?.state).toBe('ok')
    expect(new Set(proxy.asked)).toEqual(new Set([`platform.test:${server.port}`]))
    expect(new Set(methods)).toEqual(new Set(['OPTIONS']))
  })

  it('does not find it without, nor by a proxy that says no', async () => {
    expect(stateOf(await doctor({}), 'sts')).toMatchObject({ state: 'fail' })
    expect(proxy.asked).toEqual([])
    proxy.answer = 407
    const refused = stateOf(await doctor({ proxy: { url: proxy.url } }), 'sts')
    expect(refused).toMatchObject({
      state: 'fail',
      remark: expect.stringContaining('transport.proxy') as string,
    })
  })
})
