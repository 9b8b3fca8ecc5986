/** Every section before axe: both colour schemes, a wide window and a telephone's. */
import { beforeAll, describe, expect, it } from 'vitest'

import { accessibilityProblems, openConsole, overflow, type WatchedPage } from './browser.js'
import { patient, type Stage } from './stage.js'

const looks = [
  { colorScheme: 'light', width: 1280 },
  { colorScheme: 'dark', width: 360 },
] as const

export function everybodyCanUseIt(stage: Stage): void {
  describe('everybody can use', () => {
    /** The judge is a script of its own, which the page's policy does not let in. */
    let judged: WatchedPage
    const views: [name: string, ready: string, route: () => Promise<string>][] = [
      ['the exchanges', '#exchange-list .row', async () => 'exchanges'],
      [
        'an exchange',
        '#detail-exchanges .explained',
        async () => `exchanges/${await stage.rows().first().getAttribute('data-item')}`,
      ],
      [
        'a refused exchange',
        '#detail-exchanges .refusal',
        async () => `exchanges/${await stage.page.locator('.row.refused').last().getAttribute('data-item')}`,
      ],
      ['the mailboxes', '#mailbox-list .row', async () => 'mailboxes'],
      [
        'a message',
        '#detail-mailboxes .textbox',
        async () => (await stage.page.locator('#mailbox-list .row').first().getAttribute('href'))!.slice(2),
      ],
      ['consents and links', '#access h3', async () => 'access'],
      ['the register', '#register-list .row', async () => 'register'],
      ['a person', '#detail-register .facts', async () => `register/${patient.ssin}`],
      ['faults and clock', '#troubles button', async () => 'faults'],
    ]

    beforeAll(async () => {
      await stage.tab('Mailboxes').click()
      await stage.tab('Exchanges').click()
      judged = await openConsole(stage.browser, stage.ui, { bypassCSP: true })
      return () => judged.page.context().close()
    })

    it.each(views)('%s', async (_name, ready, route) => {
      const { page } = judged
      const at = await route()
      await page.goto(`${stage.ui}#/${at}`)
      await page.locator(ready).first().waitFor()
      const problems: string[] = []
      for (const { colorScheme, width } of looks) {
        await page.setViewportSize({ width, height: 900 })
        await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
        const found = await accessibilityProblems(page)
        problems.push(...found.map((problem) => `${colorScheme} ${width}: ${problem}`))
        const beyond = await overflow(page)
        if (beyond > 0) problems.push(`${colorScheme} ${width}: scrolls sideways by ${beyond}`)
      }
      expect(problems).toEqual([])
      const levels = await page
        .locator('h1:visible, h2:visible, h3:visible, h4:visible')
        .evaluateAll((headings) => headings.map(({ tagName }) => Number(tagName[1])))
      expect(levels[0]).toBe(1)
      levels.slice(1).forEach((level, index) => expect(level - levels[index]!).toBeLessThanOrEqual(1))
    })
  })
}
