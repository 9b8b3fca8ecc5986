import { once } from 'node:events'
import { text } from 'node:stream/consumers'

import { describe, expect, it } from 'vitest'

import type { ConsoleState } from '../../src/cli/console/contract.js'
import { asking, watching } from './consoleClient.js'
import { ehealth, start, workplace } from './run.js'

const place = workplace()

describe('ehealth simulator --ui', () => {
  it('tells the address of its console, and ends it with the simulator', async () => {
    const child = start(['simulator', '--port', '0', '--dir', place('platform'), '--ui'], {
      LC_ALL: 'nl_BE.UTF-8',
    })
    const remarks = text(child.stderr!)
    const [line] = (await once(child.stdout!, 'data')) as [Buffer]
    const ready = JSON.parse(line.toString()) as { ready: boolean; url: string; ui: string }
    expect(ready.ui).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{48}\/$/)
    const ask = asking(ready.ui)
    const state = (await ask({ path: 'api/state' })).json<ConsoleState>()
    expect(state).toMatchObject({ url: ready.url, dir: place('platform'), faults: [] })
    expect(state.services).toContain('ehboxPublication')
    expect((await ask()).headers['content-type']).toBe('text/html; charset=utf-8')
    const stream = watching(ready.ui)
    await stream.until(({ event }) => event === 'state')
    const closed = once(child, 'close')
    child.kill('SIGTERM')
    expect((await closed)[0]).toBe(0)
    await stream.ended
    expect(await remarks).toBe(`de console staat op ${ready.ui}\n`)
  })

  it('refuses a port for a page that was not asked for', async () => {
    const outcome = await ehealth(['simulator', '--port', '0', '--dir', place('other'), '--ui-port', '1234'])
    expect(outcome.code).toBe(2)
    expect(outcome.stderr).toContain('--ui-port goes with --ui')
  })
})
