/** The rules of repository hygiene as data; scripts/check-hygiene.mjs applies them to every file. */

const code = /^(src|test|examples|conformance|bench|scripts)\//
const anywhere = () => true
const outsideLock = (path) => path !== 'package-lock.json'

/** True for 11 digits that are a valid national number of a person who may exist (sequence below 990). */
export function isPossiblePerson(digits) {
  const month = Number(digits.slice(2, 4)) % 20
  const day = Number(digits.slice(4, 6))
  const sequence = Number(digits.slice(6, 9))
  if (Number(digits.slice(2, 4)) > 52 || month > 12 || day > 31 || sequence === 0 || sequence >= 990)
    return false
  const check = Number(digits.slice(9))
  const base = Number(digits.slice(0, 9))
  return check === 97 - (base % 97) || check === 97 - ((2_000_000_000 + base) % 97)
}

const rules = [
  {
    name: 'machine-path',
    pattern: /(?<![\w.\-$}*])\/(?:work|root|home|Users)\/[\w.-]/g,
    where: anywhere,
  },
  { name: 'registry-host', pattern: /registry[.](?:npmjs|yarnpkg|npmmirror)[.]\w+/g, where: anywhere },
  {
    name: 'note-to-self',
    pattern: /(?<![-\w])(?:TO[D]O|FI[X]ME|X[X]X|H[A]CK)(?![-\w])/g,
    where: (path) => code.test(path),
  },
  {
    name: 'test-left-out',
    pattern: /\b(?:describe|it|test|suite)(?:\.\w+)*\.(?:only|skip|todo)\b|\bx(?:it|describe)\(/g,
    where: (path) => code.test(path),
  },
  {
    name: 'private-key',
    pattern: /-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----\s+[\w+/=]/g,
    where: (path) => !path.startsWith('fixtures/'),
  },
  {
    name: 'national-number',
    pattern: /(?<![\w+/=.#-])\d{11}(?![\w+/=-])|(?<![\w+/=.#-])\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}(?![\w+/=-])/g,
    where: outsideLock,
    applies: (text) => isPossiblePerson(text.replaceAll(/\D/g, '')),
  },
]

/**
 * What is wrong with one file.
 *
 * @param {string} path relative to the project root
 * @param {string} content
 * @returns {{ line: number, rule: string, text: string, value: string }[]} `text` may be shown, `value` not
 */
export function findings(path, content) {
  const found = []
  for (const { name, pattern, where, applies } of rules) {
    if (!where(path)) continue
    for (const match of content.matchAll(pattern)) {
      if (applies && !applies(match[0])) continue
      const line = content.slice(0, match.index).split('\n').length
      // A number that may be a person's is not repeated in the log.
      const text = name === 'national-number' ? `${match[0].slice(0, 6)}…` : match[0].trim().split('\n')[0]
      found.push({ line, rule: name, text, value: match[0] })
    }
  }
  return found
}
