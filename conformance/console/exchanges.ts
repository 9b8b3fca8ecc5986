/** The list of exchanges, and one of them. */
import { describe, expect, it } from 'vitest'

import { client, tampering } from './browser.js'
import type { Stage } from './stage.js'

const publication = '/ehBoxPublication/v3'

export function exchangesAreShown(stage: Stage): void {
  const { rows, tab, detail, send } = stage

  describe('before anything happened', () => {
    it('says which platform it watches, its time, and what to type', async () => {
      expect(await stage.page.locator('#platform').innerText()).toBe(stage.simulator.ready.url)
      expect(await stage.page.locator('#exchange-empty code').innerText()).toBe(
        `ehealth token --simulator ${stage.directory} --persona physician`,
      )
      await tab('Mailboxes').click()
      await stage.page.getByText(/^No message lies anywhere yet/).waitFor()
      const command = stage.page.getByText(/^echo .* ehealth ehbox send --to NURSE:SSIN:/)
      expect(await command.innerText()).toContain(`--simulator ${stage.directory} --persona physician`)
      await tab('Exchanges').click()
      const before = await stage.page.locator('header .simulated-time').innerText()
      await expect.poll(() => stage.page.locator('header .simulated-time').innerText()).not.toBe(before)
    })
  })

  describe('an exchange', () => {
    it('is in the list as soon as it happened, newest on top', async () => {
      await send('Discharge letter', 'Dear colleague, the report is attached.')
      const newest = rows().first()
      await newest.getByText('sendMessage', { exact: true }).waitFor()
      const words = await newest.innerText()
      for (const word of ['ehboxPublication', 'SAMPLEMANS', 'all passed', 'answered', '200', ' ms'])
        expect(words).toContain(word)
      expect(await rows().allInnerTexts()).toContainEqual(expect.stringContaining('RequestSecurityToken'))
    })

    it('opens: checks, the token with its attributes, the sealed text with the key of the addressee', async () => {
      await rows().first().click()
      const pane = detail('exchanges')
      await pane.getByRole('heading', { name: /^sendMessage/ }).waitFor()
      expect(await pane.locator('.explained > li.passed').count()).toBe(6)
      const attributes = await pane.getByRole('table', { name: /^Token.*attributes/ }).innerText()
      expect(attributes).toContain('urn:be:fgov:person:ssin')
      expect(
        await pane
          .getByText(/ left$/)
          .first()
          .isVisible(),
      ).toBe(true)
      const sealed = pane.locator('section').filter({ hasText: 'Opened with the key of' }).first()
      expect(await sealed.innerText()).toContain('Dear colleague, the report is attached.')
      expect(await sealed.innerText()).toMatch(/Signed by\s.*\S/)
      expect(await pane.locator('pre[aria-label="Request: envelope"]').innerText()).toContain('<S:Envelope')
      expect(await pane.locator('.xml-name').count()).toBeGreaterThan(20)
    })

    it('closes by the browser’s own button, and is there again after loading the address', async () => {
      await stage.page.reload()
      await detail('exchanges')
        .getByRole('heading', { name: /^sendMessage/ })
        .waitFor()
      await stage.page.goBack()
      await expect.poll(() => detail('exchanges').isVisible()).toBe(false)
    })

    it('that was changed on the way shows which check failed and why, and says so aloud', async () => {
      const transport = await tampering(stage.directory, publication, (body) =>
        body.replace(/(Title>)Report/, '$1Raport'),
      )
      await using me = await client(stage.directory, 'physician', { transport })
      await expect(send('Report', 'text', false, me)).rejects.toMatchObject({
        code: 'fault.not-authenticated',
      })
      transport.close()
      const newest = rows().first()
      await newest.getByText('security failed').waitFor()
      expect(await newest.innerText()).toContain('SOA-01001')
      await expect.poll(() => stage.page.locator('#announcer').innerText()).toContain('security failed')
      await newest.click()
      const refusal = detail('exchanges').getByRole('region', { name: /Refused at the check/ })
      const words = await refusal.innerText()
      for (const word of ['security', 'signature.', 'What to do', 'SOA-01001']) expect(words).toContain(word)
      expect(await detail('exchanges').locator('.explained > li.failed').count()).toBe(1)
    })

    it('is found by filters, and waits while the list is held', async () => {
      await tab('Exchanges').click()
      const all = await rows().count()
      const refused = await stage.page.locator('.row.refused').count()
      expect(refused).toBeGreaterThan(0)
      await stage.page.getByLabel('Outcome').selectOption('refused')
      await expect.poll(() => rows().count()).toBe(refused)
      await stage.page.getByRole('button', { name: 'Reset' }).click()
      await stage.page.getByLabel('Text').fill('sendmessage')
      await expect.poll(() => rows().count()).toBe(1 + refused)
      await stage.page.locator('#filter-service').selectOption('sts')
      await stage.page.getByText('No exchange fits the filters.').waitFor()
      await stage.page.getByRole('button', { name: 'Reset' }).click()
      await expect.poll(() => rows().count()).toBe(all)
      await stage.page.getByRole('button', { name: 'Pause' }).click()
      await send('Held back', 'text', false)
      await stage.page.getByRole('button', { name: 'Resume (1 new)' }).waitFor()
      expect(await rows().count()).toBe(all)
      await stage.page.getByRole('button', { name: 'Resume' }).click()
      await expect.poll(() => rows().count()).toBe(all + 1)
    })
  })
}
