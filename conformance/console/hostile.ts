/** Whatever a caller sends is text. */
import { describe, expect, it } from 'vitest'

import { client, overflow, tampering } from './browser.js'
import type { Stage } from './stage.js'

const markup = `<img src=x onerror="window.pwned=1"><script>window.pwned=2</script></textarea><a href="javascript:window.pwned=3">x</a>`
const turned = 'safe \u202Egnp.exe\u202C \u2066isolated\u2069'

export function nothingExecutes(stage: Stage): void {
  describe('what a caller sends is text, whatever it is', () => {
    const pwned = () => stage.page.evaluate<boolean>(`'pwned' in window`)

    it('in titles, bodies and names of annexes, in the list and opened', async () => {
      const { page } = stage
      await stage.doctor.ehbox.send({
        to: [{ ssin: '84112399460', quality: 'NURSE' }],
        title: markup.slice(0, 60),
        body: `Dear colleague, ${markup}${turned}`,
        annexes: [
          {
            title: markup.slice(0, 50),
            fileName: '<b>.txt',
            mimeType: 'text/plain',
            content: Buffer.from(markup),
          },
        ],
        encrypt: true,
      })
      await page.goto(`${stage.ui}#/mailboxes`)
      const letter = page.locator('#mailbox-list .row', { hasText: '<img src=x' }).first()
      await letter.click()
      const pane = stage.detail('mailboxes')
      await pane.getByText(markup).first().waitFor()
      expect(await pane.innerText()).toContain('safe U+202Egnp.exeU+202C U+2066isolatedU+2069')
      expect(await pane.locator('img, script, a:not(.button)').count()).toBe(0)
      await page.goto(`${stage.ui}#/exchanges`)
      await stage.rows().first().click()
      await stage.detail('exchanges').locator('section').getByText(markup).first().waitFor()
      expect(await page.locator('main').locator('img, script').count()).toBe(0)
      expect(await pwned()).toBe(false)
    })

    it('in requests that are no messages of the platform', async () => {
      const { page } = stage
      for (const [change, shown] of [
        [(body: string) => body.replace(/<(\w+:)?Body/, `<!-- ${markup} --><$1Body`), 'window.pwned=2'],
        [() => `<html>${markup}</html>`, undefined],
        [() => '\u0000\u202E not xml at all', undefined],
        [(body: string) => body.replace(/sendMessage|SendMessageRequest/g, 'constructor'), 'constructor'],
      ] as const) {
        const transport = await tampering(stage.directory, '/ehBoxPublication/v3', change)
        await using me = await client(stage.directory, 'physician', { transport })
        const before = await stage.rows().first().getAttribute('data-item')
        await stage.send('Letter', 'text', false, me).catch(() => undefined)
        await expect.poll(() => stage.rows().first().getAttribute('data-item')).not.toBe(before)
        await stage.rows().first().click()
        const pane = stage.detail('exchanges')
        const number = await stage.rows().first().getAttribute('data-item')
        await pane.getByRole('heading', { name: new RegExp(`no\\. ${number}$`) }).waitFor()
        if (shown !== undefined) expect(await pane.locator('pre').first().innerText()).toContain(shown)
        transport.close()
      }
      expect(await page.locator('main').locator('img, script').count()).toBe(0)
      expect(await pwned()).toBe(false)
    })

    it('in a line of a mebibyte, of which a part is shown until somebody asks for all', async () => {
      const line = '<'.repeat(1024 * 1024)
      await stage.send('Long', line)
      await stage.page.goto(`${stage.ui}#/mailboxes`)
      await stage.page.locator('#mailbox-list .row', { hasText: 'Long' }).first().click()
      const pane = stage.detail('mailboxes')
      const box = pane.locator('pre')
      const length = () => box.evaluate((pre) => pre.textContent.length)
      await box.waitFor()
      expect(await length()).toBeLessThan(line.length)
      await pane.getByRole('button', { name: /^Show all/ }).click()
      await expect.poll(length).toBeGreaterThan(500_000)
      expect(await overflow(stage.page)).toBeLessThanOrEqual(0)
      await stage.tab('Exchanges').click()
      await stage.rows().first().waitFor()
    })

    it('in the address of the page', async () => {
      const { page } = stage
      const wanted = encodeURIComponent(markup)
      for (const [route, shown] of [
        [`exchanges/${wanted}`, '#title-exchanges'],
        [`register?search=${wanted}&offset=-1`, '#register-pages .empty'],
        ['%E0%A4%A', '#panel-exchanges'],
        ['__proto__/constructor', '#title-exchanges'],
      ] as const) {
        await page.goto(`${stage.ui}#/${route}`)
        await page.locator(shown).waitFor()
      }
      expect(await pwned()).toBe(false)
      // nothing of this number is there: the browser reports the answer 404
      expect(stage.mischief.splice(0).filter((line) => !line.includes('status of 40'))).toEqual([])
    })
  })
}
