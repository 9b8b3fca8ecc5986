import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { afterAll, describe, expect, it } from 'vitest'

import { openFileStore } from '../../../../src/business/genericAsync/index.js'

const place = mkdtempSync(join(tmpdir(), 'async-store-'))
afterAll(() => rmSync(place, { recursive: true }))
let stores = 0
const directory = (): string => join(place, `store-${(stores += 1)}`)
const octets = (text: string): Uint8Array => Buffer.from(text)

describe('a store in a directory', () => {
  it('gives back what was written, by kind and name, in order', async () => {
    await using store = await openFileStore(directory())
    await store.write('inbox', 'b', octets('two'))
    await store.write('inbox', 'a', octets('one'))
    await store.write('mark', 'a', octets('other'))
    await store.write('inbox', 'a', octets('three'))
    expect(await store.list('inbox')).toEqual(['a', 'b'])
    expect(Buffer.from((await store.read('inbox', 'a'))!).toString()).toBe('three')
    expect(await store.read('outbox', 'a')).toBeUndefined()
    await store.remove('inbox', 'a')
    await store.remove('inbox', 'a')
    expect(await store.list('inbox')).toEqual(['b'])
    expect(await store.list('mark')).toEqual(['a'])
  })

  it('keeps everything for the next process, but not the half of a record that a death has left', async () => {
    const dir = directory()
    const first = await openFileStore(dir)
    await first.write('content', 'post', octets('whole'))
    await first.close()
    writeFileSync(join(dir, 'content', 'post.part'), 'hal')
    await using second = await openFileStore(dir)
    expect(await second.list('content')).toEqual(['post'])
    expect(Buffer.from((await second.read('content', 'post'))!).toString()).toBe('whole')
  })

  it('belongs to one at a time, and a lock whose process has died holds nobody up', async () => {
    const dir = directory()
    const first = await openFileStore(dir)
    await expect(openFileStore(dir)).rejects.toMatchObject({ code: 'async.store-locked', origin: 'client' })
    await first.close()
    writeFileSync(join(dir, 'lock'), '2147483000 1 somebody')
    await using second = await openFileStore(dir)
    expect(await second.list('inbox')).toEqual([])
    expect(readFileSync(join(dir, 'lock'), 'utf8')).toContain(String(process.pid))
  })

  it('lets nobody else on the machine read what is in it', async () => {
    const dir = directory()
    await using store = await openFileStore(dir)
    await store.write('inbox', 'a', octets('one'))
    expect(statSync(join(dir, 'inbox')).mode & 0o077).toBe(0)
    expect(statSync(join(dir, 'inbox', 'a')).mode & 0o077).toBe(0)
  })

  it.each(['../lock', 'a/b', '', '.hidden', 'x.part', 'x'.repeat(121)])(
    'has no place outside of it: name %j',
    async (name) => {
      const dir = directory()
      await using store = await openFileStore(dir)
      await expect(store.write('inbox', name, octets('x'))).rejects.toMatchObject({ code: 'async.store' })
      expect(readdirSync(join(dir, 'inbox'))).toEqual([])
      expect(existsSync(join(place, 'x'))).toBe(false)
    },
  )

  it('says that a directory cannot be used, without its name', async () => {
    const file = join(place, 'a-file')
    writeFileSync(file, '')
    const failed = await openFileStore(file).catch((error: unknown) => error)
    expect(failed).toMatchObject({ code: 'async.store', path: 'store' })
    expect(JSON.stringify(failed)).not.toContain(file)
    await expect(openFileStore('')).rejects.toMatchObject({ code: 'configuration.invalid' })
  })
})
