/** Small PNG files of pictures with few colours, such as those of a page: one octet per pixel, into a palette. */
import { crc32, deflateSync } from 'node:zlib'

const signature = Buffer.from('89504e470d0a1a0a', 'hex')

/**
 * @param {{ width: number, height: number, pixels: Uint8Array }} picture four octets per pixel: red, green, blue, alpha
 * @returns {Buffer} a PNG with the 255 most frequent colours; all others become the nearest of them
 */
export function indexedPng({ width, height, pixels }) {
  const colour = (at) => (pixels[at] << 16) | (pixels[at + 1] << 8) | pixels[at + 2]
  const frequency = new Map()
  for (let at = 0; at < pixels.length; at += 4)
    frequency.set(colour(at), (frequency.get(colour(at)) ?? 0) + 1)
  const palette = [...frequency.entries()]
    .sort(([, one], [, other]) => other - one)
    .slice(0, 255)
    .map(([value]) => value)
  const channels = (value) => [value >> 16, (value >> 8) & 255, value & 255]
  const distance = (one, other) =>
    channels(one).reduce((sum, channel, index) => sum + (channel - channels(other)[index]) ** 2, 0)
  const indexes = new Map(palette.map((value, index) => [value, index]))
  for (const value of frequency.keys())
    if (!indexes.has(value)) {
      const distances = palette.map((one) => distance(one, value))
      indexes.set(value, distances.indexOf(Math.min(...distances)))
    }
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) rows[y * (width + 1) + 1 + x] = indexes.get(colour((y * width + x) * 4))
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', Buffer.from(palette.flatMap((value) => channels(value)))),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(name, content) {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), content])
  const frame = Buffer.alloc(8)
  frame.writeUInt32BE(content.length, 0)
  frame.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([frame.subarray(0, 4), body, frame.subarray(4)])
}
