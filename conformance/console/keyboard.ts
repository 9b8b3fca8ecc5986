/** A whole job with no other device. */
import { describe, expect, it } from 'vitest'

import type { Stage } from './stage.js'

export function keyboardSuffices(stage: Stage): void {
  describe('with the keyboard alone', () => {
    const press = (key: string) => stage.page.keyboard.press(key)
    const focused = (attribute: string) =>
      stage.page.evaluate<string | null>(`document.activeElement?.getAttribute('${attribute}') ?? null`)

    /** Tab until an element with this id has the focus. */
    const tabTo = async (id: string): Promise<void> => {
      for (let step = 0; step < 60; step++) {
        if ((await focused('id')) === id) return
        await press('Tab')
      }
      throw new Error(`Tab does not lead to #${id}`)
    }

    it('the first stop leads past the tabs to the content', async () => {
      await stage.page.goto(`${stage.ui}#/exchanges`)
      await stage.page.reload()
      await stage.rows().first().waitFor()
      await press('Tab')
      expect(await focused('id')).toBe('skip')
      await press('Enter')
      expect(await focused('id')).toBe('content')
      expect(stage.page.url()).toBe(`${stage.ui}#/exchanges`)
    })

    it('an exchange is found by arrow keys, opened, read, closed by Escape, and has the focus again', async () => {
      await tabTo('pause')
      await press('Tab')
      const numbers = await stage
        .rows()
        .evaluateAll((rows) => rows.map((row) => row.getAttribute('data-item')))
      expect(await focused('data-item')).toBe(numbers[0])
      await press('ArrowDown')
      await press('ArrowDown')
      expect(await focused('data-item')).toBe(numbers[2])
      await press('End')
      expect(await focused('data-item')).toBe(numbers.at(-1))
      await press('Home')
      await press('ArrowDown')
      await press('Enter')
      await expect.poll(() => focused('id')).toBe('title-exchanges')
      const outline = await stage.page.evaluate<string>(
        'getComputedStyle(document.activeElement).outlineStyle',
      )
      expect(outline).not.toBe('none')
      await press('Tab')
      expect(await focused('data-key')).toBe('close')
      await press('Escape')
      await expect.poll(() => focused('data-item')).toBe(numbers[1])
      expect(await stage.detail('exchanges').isVisible()).toBe(false)
    })

    it('the list is one stop of the Tab key, and stays where it was when something new comes', async () => {
      const number = await focused('data-item')
      await stage.send('While somebody reads', 'text', false)
      await expect.poll(() => stage.rows().first().getAttribute('data-item')).not.toBe(number)
      await expect.poll(() => focused('data-item')).toBe(number)
      await press('Shift+Tab')
      expect(await focused('id')).toBe('pause')
    })

    it('arrow keys change the tab, a fault is planned and cleared', async () => {
      await tabTo('tab-exchanges').catch(async () => {
        await stage.page.evaluate('document.activeElement.blur()')
        await tabTo('tab-exchanges')
      })
      await press('ArrowLeft')
      expect(await focused('id')).toBe('tab-faults')
      await stage.page.locator('#panel-faults').waitFor()
      await press('ArrowRight')
      expect(await focused('id')).toBe('tab-exchanges')
      await press('End')
      await tabTo('fault-times')
      await press('Tab')
      expect(await focused('data-key')).toContain('trouble')
      await press('Enter')
      await stage.page.locator('#plans code').waitFor()
      expect(await focused('data-key')).toContain('trouble')
      await tabTo('clear-faults')
      await press('Space')
      await stage.page.getByText('None: the platform has a good day.').waitFor()
    })

    it('everything that can have the focus shows it', async () => {
      const bare: string[] = []
      for (let step = 0; step < 70; step++) {
        await press('Tab')
        const seen = await stage.page.evaluate<string>(
          `document.activeElement === document.body || getComputedStyle(document.activeElement).outlineStyle !== 'none'
            ? '' : document.activeElement.outerHTML.slice(0, 100)`,
        )
        if (seen !== '') bare.push(seen)
      }
      expect(bare).toEqual([])
    })
  })
}
