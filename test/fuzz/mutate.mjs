/**
 * Changes to binary structures: of octets anywhere, and of ASN.1 values by those who know where they begin and end.
 * Everything comes from one seeded generator, so that a run can be repeated.
 */

/** Mulberry32. @param {number} seed */
export function generator(seed) {
  let state = seed >>> 0
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  return { below: (n) => Math.floor(next() * n), pick: (list) => list[Math.floor(next() * list.length)] }
}

/** All values of a BER structure, `[start, contentStart, end]`; what cannot be read is passed over. */
function values(bytes) {
  const found = []
  const visit = (start, end, depth) => {
    for (let at = start; at < end && found.length < 4000 && depth < 30;) {
      let offset = at + 1
      if ((bytes[at] & 0x1f) === 0x1f) while (offset < end && bytes[offset++] & 0x80);
      const first = bytes[offset++]
      let length = first
      if (first === 0x80) length = end - offset
      else if (first > 0x80) {
        length = 0
        for (let i = 0; i < (first & 0x7f); i++) length = length * 256 + (bytes[offset++] ?? 0)
      }
      if (length === undefined || offset + length > end) return
      found.push([at, offset, offset + length])
      // Messages stand in octet strings, too.
      if (bytes[at] & 0x20 || (bytes[at] === 0x04 && length > 20)) visit(offset, offset + length, depth + 1)
      at = offset + length
    }
  }
  visit(0, bytes.length, 0)
  return found
}

const interesting = [0, 1, 2, 0x30, 0x31, 0x04, 0x24, 0x80, 0xa0, 0xa1, 0x7f, 0x81, 0x84, 0x86, 0xff]

/** A changed copy. `others` are donors of parts. */
export function mutate(bytes, others, { below, pick }) {
  let changed = Buffer.from(bytes)
  for (let times = 1 + below(4); times > 0; times--) changed = once(changed, others, { below, pick })
  return changed.length > 200_000 ? changed.subarray(0, 200_000) : changed
}

function once(bytes, others, { below, pick }) {
  if (bytes.length === 0) return Buffer.from(pick(others))
  const at = below(bytes.length)
  const cut = (start, end, ...between) =>
    Buffer.concat([bytes.subarray(0, start), ...between, bytes.subarray(end)])
  switch (below(12)) {
    case 0: {
      const changed = Buffer.from(bytes)
      changed[at] ^= 1 << below(8)
      return changed
    }
    case 1: {
      const changed = Buffer.from(bytes)
      changed[at] = pick(interesting)
      return changed
    }
    case 2:
      return bytes.subarray(0, at)
    case 3:
      return cut(at, Math.min(bytes.length, at + 1 + below(40)))
    case 4:
      return cut(at, at, Buffer.alloc(1 + below(20), pick(interesting)))
    case 5: {
      const other = pick(others)
      const start = below(other.length)
      return cut(at, at, other.subarray(start, start + below(300)))
    }
    default:
      return structural(bytes, others, { below, pick }, cut)
  }
}

function structural(bytes, others, { below, pick }, cut) {
  const all = values(bytes)
  if (all.length === 0) return bytes
  const [start, content, end] = pick(all)
  switch (below(8)) {
    case 0: // gone
      return cut(start, end)
    case 1: // twice
      return cut(end, end, bytes.subarray(start, end))
    case 2: {
      // another one of the same message in its place
      const [from, , to] = pick(all)
      return cut(start, end, bytes.subarray(from, to))
    }
    case 3: {
      // one of another message in its place
      const other = pick(others)
      const [from, , to] = pick(values(other)) ?? [0, 0, 0]
      return cut(start, end, other.subarray(from, to))
    }
    case 4: {
      // another tag
      const changed = Buffer.from(bytes)
      changed[start] = below(2) ? pick(interesting) : changed[start] ^ 0x20
      return changed
    }
    case 5: // another length
      return cut(
        start + 1,
        content,
        Buffer.from([pick([0, 1, 0x7f, 0x80, 0x81, 0x84, 0x85, 0xff]), below(256)]),
      )
    case 6: // indefinite length
      return cut(
        start,
        end,
        Buffer.from([bytes[start] | 0x20, 0x80]),
        bytes.subarray(content, end),
        Buffer.from([0, 0]),
      )
    default: // empty, or very long
      return below(3)
        ? cut(content, end)
        : cut(content, content, Buffer.alloc(below(5000), bytes[content] ?? 0))
  }
}
