/**
 * The import directions of the house as one table, and the ESLint rule that enforces it.
 *
 * `cli → professions → business → technical`; the simulator sees the technical layer and the services' contracts only;
 * nothing below the command sees the simulator. Types count as well: a type that crosses a layer couples it.
 */
import path from 'node:path'

const ground = ['asn1', 'identifiers', 'environment']
const formats = [...ground, 'pki', 'keystore', 'xml', 'observability']

/** What each folder of `src/technical/` may import besides itself and the errors. A new folder gets its line here. */
export const technicalFolders = {
  asn1: [],
  identifiers: ['environment'],
  environment: [],
  actors: [],
  observability: ['environment'],
  pki: ground,
  keystore: [...ground, 'pki'],
  xml: [...ground, 'pki', 'keystore'],
  seal: ['asn1', 'identifiers', 'environment', 'pki', 'keystore'],
  timestampToken: [...ground, 'pki', 'keystore', 'seal'],
  xades: [...formats, 'seal', 'timestampToken'],
  soap: formats,
  businessContinuity: [...formats, 'soap'],
  sts: [...formats, 'seal', 'soap'],
  session: [...formats, 'seal', 'soap', 'sts'],
  etk: [...formats, 'seal', 'soap', 'sts', 'session'],
  kgss: [...formats, 'seal', 'soap', 'sts', 'session', 'etk'],
  timestamp: [...formats, 'seal', 'timestampToken', 'soap', 'sts', 'session'],
  sso: [...formats, 'soap', 'sts', 'session'],
  service: [...formats, 'seal', 'soap', 'sts', 'session'],
}

/** What each layer may import besides itself and the errors. */
const layers = {
  errors: [],
  technical: [],
  business: ['technical'],
  professions: ['business', 'technical'],
  face: ['professions', 'business', 'technical'],
  configuration: ['face', 'professions', 'technical'],
  simulator: ['technical'],
  cli: ['face', 'configuration', 'professions', 'business', 'technical', 'simulator'],
}

/** Layer, folder and file of a path relative to the project root; undefined outside `src/`. */
function place(file) {
  const parts = file.split('/')
  if (parts[0] !== 'src' || parts.length < 2) return undefined
  if (/^errors(\.|$)/.test(parts[1])) return { layer: 'errors' }
  if (parts.length === 2) return { layer: 'face' }
  if (!Object.hasOwn(layers, parts[1])) return { layer: parts[1], unknown: true }
  return { layer: parts[1], folder: parts.length > 3 ? parts[2] : undefined, rest: parts.slice(3).join('/') }
}

const isContract = (to) => to.layer === 'business' && /^contract(\.[jt]s|\/.+)$/.test(to.rest ?? '')

/**
 * Why `from` may not import `to`, or undefined where it may.
 *
 * @param {string} from importing file, relative to the project root, with `/`
 * @param {string} to imported file, likewise; the extension does not matter
 * @returns {string | undefined}
 */
export function layerViolation(from, to) {
  const source = place(from)
  if (!source) return undefined
  const target = place(to)
  if (!target) return `${to} is outside src/: the package would not contain it`
  for (const side of [source, target])
    if (side.unknown) return `src/${side.layer}/ is no layer of the house (scripts/eslint/layers.mjs)`
  if (target.layer === 'errors') return undefined
  if (source.layer !== target.layer) {
    if (layers[source.layer].includes(target.layer)) return undefined
    if (source.layer === 'simulator' && isContract(target)) return undefined
    return `${source.layer} may not import ${target.layer}`
  }
  if (source.folder === target.folder) return undefined
  if (source.layer === 'business')
    return target.rest === undefined || /^(index|contract)\.[jt]s$/.test(target.rest)
      ? undefined
      : `a service sees another service only through its index or its contract`
  if (source.layer !== 'technical' || source.folder === undefined) return undefined
  const allowed = technicalFolders[source.folder]
  if (!allowed) return `technical/${source.folder} has no place in scripts/eslint/layers.mjs`
  return allowed.includes(target.folder)
    ? undefined
    : `technical/${source.folder} may not import technical/${target.folder ?? '*'}`
}

/** @type {import('eslint').Rule.RuleModule} */
export const layersRule = {
  meta: {
    type: 'problem',
    docs: { description: 'imports run downwards only' },
    messages: { layer: '{{reason}}.' },
    schema: [],
  },
  create(context) {
    const toProject = (file) => path.relative(context.cwd, file).split(path.sep).join('/')
    const from = toProject(context.physicalFilename)
    const check = (node) => {
      const specifier = node?.type === 'TSLiteralType' ? node.literal?.value : node?.value
      if (typeof specifier !== 'string') return
      let reason
      if (/^ehealth-connectors(\/|$)/.test(specifier) && from.startsWith('src/'))
        reason = 'src/ imports itself by relative paths, not by the name of the package'
      else if (specifier.startsWith('.'))
        reason = layerViolation(
          from,
          toProject(path.resolve(path.dirname(context.physicalFilename), specifier)),
        )
      if (reason) context.report({ node, messageId: 'layer', data: { reason } })
    }
    return {
      ImportDeclaration: (node) => check(node.source),
      ExportNamedDeclaration: (node) => check(node.source),
      ExportAllDeclaration: (node) => check(node.source),
      ImportExpression: (node) => check(node.source),
      TSImportType: (node) => check(node.source ?? node.argument),
    }
  },
}
