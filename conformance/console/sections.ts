/** Mailboxes, consents and links, the register. */
import { describe, expect, it } from 'vitest'

import { patient, type Stage } from './stage.js'

export function sectionsAreShown(stage: Stage): void {
  const { tab, detail } = stage

  describe('the sections', () => {
    it('mailboxes: a letter opens as its addressee sees it', async () => {
      await tab('Mailboxes').click()
      const letter = stage.page.locator('#mailbox-list .row', { hasText: 'Discharge letter' }).first()
      expect(await letter.innerText()).toContain('sealed')
      await letter.click()
      const pane = detail('mailboxes')
      await pane.getByRole('heading', { name: 'Discharge letter' }).waitFor()
      expect(await pane.innerText()).toContain('Dear colleague, the report is attached.')
      expect(await pane.innerText()).toContain('opened with the key of')
    })

    it('consents and links: empty with a command, filled while somebody looks', async () => {
      await tab('Consents and links').click()
      await stage.page.getByText(/^ehealth consent declare --patient/).waitFor()
      await stage.doctor.consent.declare({ patient })
      await stage.page.getByRole('table', { name: 'Consents' }).getByText('Lou Voorbeeld').waitFor()
      await stage.doctor.therlink.declare({ patient, proof: 'eidreading' })
      await stage.page.getByRole('table', { name: 'Therapeutic links' }).getByText(patient.ssin).waitFor()
    })

    it('register: by number and by name, page by page, with everything about one person', async () => {
      await tab('Register').click()
      const people = stage.page.locator('#register-list .row')
      const first = await people.first().innerText()
      await stage.page.getByRole('link', { name: 'Next' }).click()
      await expect.poll(() => people.first().innerText()).not.toBe(first)
      await stage.page.getByRole('link', { name: 'Previous' }).click()
      await expect.poll(() => people.first().innerText()).toBe(first)
      await stage.page.getByLabel('Name or number').fill(patient.ssin)
      await stage.page.keyboard.press('Enter')
      await expect.poll(() => people.count()).toBe(1)
      await people.first().click()
      await detail('register').getByRole('heading', { name: 'Everything known' }).waitFor()
      expect(await detail('register').innerText()).toContain(patient.ssin)
      await stage.page.keyboard.press('Escape')
      await stage.page.getByLabel('Name or number').fill('nobody is called so')
      await stage.page.getByRole('button', { name: 'Search' }).click()
      await stage.page.getByText(/^Nobody is called so/).waitFor()
    })
  })
}
