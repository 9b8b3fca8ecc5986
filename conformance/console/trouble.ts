/** Faults and clock. */
import { describe, expect, it } from 'vitest'

import type { Stage } from './stage.js'

export function troubleIsMade(stage: Stage): void {
  const { rows, tab, send } = stage

  describe('faults and clock', () => {
    it('a button makes the next call fail as it says, and the call is marked', async () => {
      await tab('Faults and clock').click()
      await stage.page.locator('#fault-service').selectOption('ehboxPublication')
      await stage.page.getByRole('button', { name: /SOA-01002/ }).click()
      await stage.page.locator('#plans').getByText('SOA-01002').waitFor()
      expect(await stage.page.locator('#fault-count').innerText()).toBe('1 pending')
      await expect(send('Refused', 'text', false)).rejects.toMatchObject({ platform: { code: 'SOA-01002' } })
      await stage.page.getByText('None: the platform has a good day.').waitFor()
      await tab('Exchanges').click()
      const words = await rows().first().innerText()
      for (const word of ['⚡', 'refused', 'SOA-01002']) expect(words).toContain(word)
      await send('Accepted', 'text', false)
    })

    it('takes a plan of one’s own, says what is wrong with it, and forgets all', async () => {
      await tab('Faults and clock').click()
      const plan = stage.page.getByLabel('A plan as JSON')
      await plan.fill('{"kind": ')
      await stage.page.getByRole('button', { name: 'Add the plan' }).click()
      await stage.page.locator('#plan-problem', { hasText: 'no JSON' }).waitFor()
      await plan.fill('{"kind": "nonsense"}')
      await stage.page.getByRole('button', { name: 'Add the plan' }).click()
      await stage.page.locator('#plan-problem', { hasText: 'expected one of delay' }).waitFor()
      expect(stage.mischief.splice(0)).toEqual([expect.stringContaining('status of 400')])
      await plan.fill('{"kind": "delay", "milliseconds": 5, "service": "consent", "times": "always"}')
      await stage.page.getByRole('button', { name: 'Add the plan' }).click()
      await stage.page.locator('#plans').getByText('until cleared').waitFor()
      expect(await stage.page.locator('#plan-problem').innerText()).toBe('')
      await stage.page.getByRole('button', { name: 'Clear all' }).click()
      await stage.page.getByText('None: the platform has a good day.').waitFor()
    })

    it('holds, moves and releases the clock', async () => {
      const state = stage.page.locator('.bigclock .clock-state')
      const time = stage.page.locator('.bigclock .simulated-time')
      await stage.page.getByRole('button', { name: 'Hold' }).click()
      await expect.poll(() => state.innerText()).toContain('held')
      const held = await time.getAttribute('title')
      await stage.page.getByRole('button', { name: '+1 day' }).click()
      await expect.poll(() => time.getAttribute('title')).not.toBe(held)
      expect(Date.parse((await time.getAttribute('title'))!) - Date.parse(held!)).toBe(86_400_000)
      await stage.page.getByRole('button', { name: 'Release' }).click()
      await expect.poll(() => state.innerText()).toBe('as this machine')
      await stage.page.getByLabel('Move by').fill('-90')
      await stage.page.getByRole('button', { name: 'Move', exact: true }).click()
      await expect.poll(() => state.innerText()).toMatch(/^1 h (29 min|30 min) behind$/)
      await stage.page.getByRole('button', { name: 'Release' }).click()
      await expect.poll(() => state.innerText()).toBe('as this machine')
    })
  })
}
