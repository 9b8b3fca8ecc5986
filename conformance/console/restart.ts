/** The page outlives its simulator. */
import { describe, expect, it } from 'vitest'

import type { Stage } from './stage.js'

export function itComesBack(stage: Stage): void {
  describe('when the simulator', () => {
    it('is out of reach for a while, the page is live again by itself, with what it missed', async () => {
      const { page } = stage
      const connection = page.locator('#connection')
      await page.goto(`${stage.ui}#/exchanges`)
      await page.context().setOffline(true)
      await expect.poll(() => connection.innerText()).toContain('reconnecting')
      await stage.send('Missed', 'text', false)
      const before = await stage.rows().count()
      await page.context().setOffline(false)
      await expect.poll(() => connection.innerText(), { timeout: 15_000 }).toContain('live')
      expect(await stage.rows().count()).toBe(before + 1)
      expect(stage.mischief.splice(0).filter((line) => !line.includes('ERR_INTERNET_DISCONNECTED'))).toEqual(
        [],
      )
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
      await stage.tab('Mailboxes').click()
      await stage.page.getByText(/^No message lies anywhere yet/).waitFor()
      await stage.page.getByText(/^echo .* ehealth ehbox send --to NURSE:SSIN:/).waitFor()
    })
  })
}
