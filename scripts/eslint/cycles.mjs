/**
 * ESLint rule: no file of `src/` imports itself through others. What counts is what Node.js would load: type imports
 * and lazy `import()` close no circle.
 */
import { readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

/** Files that a file imports, by absolute path; parsed again when the file has changed. */
const parsed = new Map()

const toSource = (from, specifier) => path.resolve(path.dirname(from), specifier.replace(/\.js$/, '.ts'))

function importsOf(file) {
  const changed = statSync(file, { throwIfNoEntry: false })?.mtimeMs
  if (changed === undefined) return []
  const known = parsed.get(file)
  if (known?.changed === changed) return known.imports
  const imports = ts
    .createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest)
    .statements.filter(
      (statement) =>
        (ts.isImportDeclaration(statement) && !statement.importClause?.isTypeOnly) ||
        (ts.isExportDeclaration(statement) && statement.moduleSpecifier && !statement.isTypeOnly),
    )
    .map((statement) => statement.moduleSpecifier.text)
    .filter((specifier) => specifier.startsWith('.'))
    .map((specifier) => toSource(file, specifier))
  parsed.set(file, { changed, imports })
  return imports
}

/** The files on a way from `start` to `goal`, or undefined. */
function wayTo(goal, start) {
  const cameFrom = new Map([[start, undefined]])
  for (const file of cameFrom.keys()) {
    if (file === goal) {
      const way = []
      for (let step = file; step !== undefined; step = cameFrom.get(step)) way.unshift(step)
      return way
    }
    for (const next of importsOf(file)) if (!cameFrom.has(next)) cameFrom.set(next, file)
  }
  return undefined
}

/** @type {import('eslint').Rule.RuleModule} */
export const cyclesRule = {
  meta: {
    type: 'problem',
    docs: { description: 'no import cycle' },
    messages: { cycle: 'Import cycle: {{way}}.' },
    schema: [],
  },
  create(context) {
    const file = context.physicalFilename
    const check = (node) => {
      const specifier = node.source?.value
      if (typeof specifier !== 'string' || !specifier.startsWith('.')) return
      if ((node.importKind ?? node.exportKind) === 'type') return
      const way = wayTo(file, toSource(file, specifier))
      if (!way) return
      const names = [file, ...way].map((step) => path.relative(context.cwd, step))
      context.report({ node: node.source, messageId: 'cycle', data: { way: names.join(' → ') } })
    }
    return { ImportDeclaration: check, ExportNamedDeclaration: check, ExportAllDeclaration: check }
  },
}
