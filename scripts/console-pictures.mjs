/**
 * Pictures of the console for docs/console.md, made by hand with `npm run docs:console` and committed: starts the
 * simulator with its console, lets the command make some traffic, and photographs the page in Debian's Chromium.
 * EHEALTH_CHROMIUM names another browser.
 */
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

import { chromium } from 'playwright-core'

import { indexedPng } from './indexed-png.mjs'

const root = fileURLToPath(new URL('../', import.meta.url))
const program = path.join(root, 'dist/cli/main.js')
const place = mkdtempSync(path.join(tmpdir(), 'console-'))
const patient = '{"ssin":"68052199235","eidCard":"599000010135","firstName":"Lou","familyName":"Voorbeeld"}'

const simulator = spawn(
  process.execPath,
  [program, 'simulator', '--port', '0', '--dir', 'platform', '--ui'],
  { cwd: place, stdio: ['ignore', 'pipe', 'inherit'] },
)
let browser
try {
  const [line] = await once(simulator.stdout.setEncoding('utf8'), 'data')
  const { ui } = JSON.parse(line)
  browser = await chromium.launch({
    executablePath: process.env.EHEALTH_CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-sync'],
  })
  const page = await browser.newPage({ viewport: { width: 1200, height: 760 }, colorScheme: 'light' })
  await page.goto(ui)
  await page.locator('.connection.live').waitFor()

  const letter = ['ehbox', 'send', '--to', 'NURSE:SSIN:84112399460', 'HOSPITAL:NIHII:71997358', '--body', '-']
  ehealth([...letter, '--title', 'Discharge letter', '--encrypt'], 'Dear colleague, the report is attached.')
  ehealth([...letter, '--title', 'Appointment'], 'Tomorrow at nine.')
  ehealth(['ehbox', 'list'], '', 'nurse')
  ehealth(['consent', 'declare', '--patient', patient])
  ehealth(['therlink', 'declare', '--patient', patient])
  await page.getByRole('tab', { name: 'Faults' }).click()
  await page.locator('#fault-service').selectOption('ehboxPublication')
  await page.locator('#fault-times').selectOption('always')
  await page.locator('#troubles button', { hasText: 'SOA-01002' }).click()
  ehealth([...letter, '--title', 'Refused'], 'Nobody gets this.')
  await page.locator('#fault-service').selectOption('sts')
  await page.locator('#fault-times').selectOption('2')
  await page.locator('#troubles button', { hasText: '2 seconds late' }).click()
  await picture(page, 'faults')

  await page.getByRole('tab', { name: 'Exchanges' }).click()
  await picture(page, 'exchanges')
  const sent = page.locator('#exchange-list .row:not(.refused)', { hasText: 'sendMessage' })
  await sent.last().click()
  await page.getByRole('heading', { name: 'Sealed content' }).first().waitFor()
  await page.setViewportSize({ width: 1200, height: 960 })
  await picture(page, 'exchange')

  await page.setViewportSize({ width: 1200, height: 760 })
  await page.getByRole('tab', { name: 'Mailboxes' }).click()
  await page.locator('#mailbox-list .row', { hasText: 'Discharge letter' }).first().click()
  await page.getByRole('heading', { name: 'Body' }).waitFor()
  await picture(page, 'mailboxes')
} finally {
  await browser?.close()
  simulator.kill()
  await once(simulator, 'close')
  rmSync(place, { recursive: true })
}

function ehealth(parameters, input = '', persona = 'physician') {
  const call = [program, ...parameters, '--simulator', 'platform', '--persona', persona]
  spawnSync(process.execPath, call, { cwd: place, input, stdio: ['pipe', 'ignore', 'ignore'] })
}

async function picture(page, name) {
  await page.evaluate(`document.querySelector('#status').classList.remove('shown')`)
  await page.waitForTimeout(1500) // new lines have settled
  const png = indexedPng(await pixelsOf(await page.screenshot({ animations: 'disabled' })))
  const file = `docs/pictures/console-${name}.png`
  writeFileSync(path.join(root, file), png)
  console.log(`${file} ${Math.round(png.length / 1000)} kB`)
}

/** The browser reads its own pictures. */
async function pixelsOf(png) {
  const page = await browser.newPage()
  const { width, height, base64 } = await page.evaluate(
    `(async () => {
      const octets = Uint8Array.from(atob('${png.toString('base64')}'), (sign) => sign.charCodeAt(0))
      const bitmap = await createImageBitmap(new Blob([octets]))
      const { width, height } = bitmap
      const context = new OffscreenCanvas(width, height).getContext('2d')
      context.drawImage(bitmap, 0, 0)
      const { data } = context.getImageData(0, 0, width, height)
      const url = await new Promise((done) => {
        const reader = new FileReader()
        reader.onload = () => done(reader.result)
        reader.readAsDataURL(new Blob([data]))
      })
      return { width, height, base64: url.slice(url.indexOf(',') + 1) }
    })()`,
  )
  await page.close()
  return { width, height, pixels: Buffer.from(base64, 'base64') }
}
