/** The page outlives its simulator. */
import { once } from 'node:events'
import { createServer, request, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'

import { describe, expect, it } from 'vitest'

import { openConsole } from './browser.js'
import type { Stage } from './stage.js'

export function itComesBack(stage: Stage): void {
  describe('when the simulator', () => {
    it('is out of reach for a while, the page is live again by itself, with what it missed', async () => {
      const way = await openWay()
      const { page } = await openConsole(stage.browser, stage.ui, {
        proxy: { server: way.address, bypass: '<-loopback>' },
      })
      const connection = page.locator('#connection')
      const rows = page.locator('#exchange-list .row')
      const before = await rows.count()
      await way.close()
      await expect.poll(() => connection.innerText()).toContain('reconnecting')
      await stage.send('Missed', 'text', false)
      expect(await rows.count()).toBe(before)
      await way.open()
      await expect.poll(() => connection.innerText(), { timeout: 15_000 }).toContain('live')
      expect(await rows.count()).toBe(before + 1)
      await page.context().close()
      await way.close()
    })

    it('goes away, the page says so; when another one comes at its port, where to look for it', async () => {
      const { page } = stage
      const connection = page.locator('#connection')
      await page.goto(`${stage.ui}#/exchanges`)
      const port = new URL(stage.ui).port
      await stage.simulator.stop()
      await expect.poll(() => connection.innerText()).toContain('reconnecting')
      await stage.startSimulator('--ui-port', port)
      await expect
        .poll(() => connection.innerText(), { timeout: 15_000 })
        .toContain('open the address that it printed')
      expect(
        stage.mischief
          .splice(0)
          .filter(
            (line) =>
              !/ERR_CONNECTION_REFUSED|status of 404|ERR_INCOMPLETE|ERR_CONNECTION_RESET|ERR_EMPTY/.test(
                line,
              ),
          ),
      ).toEqual([])
    })

    it('was started anew, its page begins anew', async () => {
      await stage.open()
      await stage.page.getByText(/^Nobody has called yet/).waitFor()
    })
  })
}

/** An HTTP proxy between browser and console, which can be shut for a while. */
async function openWay(): Promise<{
  address: string
  open: () => Promise<void>
  close: () => Promise<void>
}> {
  let server: Server
  let port = 0
  const open = async (): Promise<void> => {
    server = createServer((asked, answer) => {
      const { url, method, headers } = asked
      const on = request(url!, { method, headers, agent: false }, (given) => {
        answer.writeHead(given.statusCode!, given.headers)
        given.pipe(answer)
      })
      on.on('error', () => answer.destroy())
      answer.on('close', () => on.destroy())
      asked.pipe(on)
    }).listen(port, '127.0.0.1')
    await once(server, 'listening')
    port = (server.address() as AddressInfo).port
  }
  await open()
  return {
    address: `http://127.0.0.1:${port}`,
    open,
    close: async () => {
      if (!server.listening) return
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}
