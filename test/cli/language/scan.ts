/** Finds the texts for a person in the sources of the command, with the compiler's own parser. */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'

import ts from 'typescript'

const folder = fileURLToPath(new URL('../../../src/cli', import.meta.url))

/** A text where it stands. */
export interface Found {
  text: string
  place: string
}

/** What the sources of the command say. */
export interface Texts {
  /** Templates tagged `t` or `english`, with `{0}` for values. */
  tagged: Found[]
  /** Every other text that holds a word, with `{0}` for values. */
  bare: Found[]
  /** Names in the objects that are printed as fields. */
  labels: Found[]
  /** What goes to a person without a tag: argument of a function that shows it. */
  shown: Found[]
  /** Every text without values, whatever it is for. */
  all: Set<string>
}

/** Sources that hold no text for a person: programs and examples in code, and the texts themselves. */
const apart = /^(language|console)\/|^(examples|starter|completion)\.ts$/

/** Functions whose argument a person sees. */
const showing = new Set([
  'remark',
  'print',
  'promptPassword',
  'InvalidArgumentError',
  'confirmed',
  'progressOf',
])

/** Texts with a word, those called `title`, and names in objects called `facts`, of a source of the library. */
export function librarySays(file: string): { texts: string[]; titles: string[]; facts: string[] } {
  const source = ts.createSourceFile(
    file,
    readFileSync(join(folder, '..', file), 'utf8'),
    ts.ScriptTarget.Latest,
    true,
  )
  const said = { texts: new Array<string>(), titles: new Array<string>(), facts: new Array<string>() }
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteral(node) && !isName(node) && hasWord(node.text)) said.texts.push(node.text)
    if (
      ts.isPropertyAssignment(node) &&
      node.name.getText() === 'title' &&
      ts.isStringLiteral(node.initializer)
    )
      said.titles.push(node.initializer.text)
    if (ts.isPropertyAssignment(node) && node.name.getText() === 'facts')
      said.facts.push(...namesBelow(node.initializer))
    ts.forEachChild(node, visit)
  }
  visit(source)
  return said
}

function namesBelow(node: ts.Node): string[] {
  if (ts.isSpreadAssignment(node)) return namesBelow(node.expression)
  const names: string[] = []
  const visit = (child: ts.Node): void => {
    if (ts.isPropertyAssignment(child) || ts.isShorthandPropertyAssignment(child))
      names.push(child.name.getText())
    else ts.forEachChild(child, visit)
  }
  ts.forEachChild(node, visit)
  return names
}

/** The texts of the command. */
export function scan(): Texts {
  const found: Texts = { tagged: [], bare: [], labels: [], shown: [], all: new Set() }
  for (const name of readdirSync(folder, { recursive: true, encoding: 'utf8' }))
    if (name.endsWith('.ts') && !apart.test(name)) scanFile(join(folder, name), found)
  return found
}

function scanFile(file: string, found: Texts): void {
  const source = ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true)
  const at = (node: ts.Node): string =>
    `${relative(folder, file)}:${source.getLineAndCharacterOfPosition(node.getStart()).line + 1}`
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node)) {
      const tag = node.tag.getText()
      if (tag === 't' || tag === 'english')
        found.tagged.push({ text: textOf(node.template), place: at(node) })
      if (ts.isTemplateExpression(node.template)) node.template.templateSpans.forEach(visit)
      return
    }
    if (isText(node)) {
      found.all.add(textOf(node))
      if (hasWord(textOf(node)) && !isName(node)) found.bare.push({ text: textOf(node), place: at(node) })
    }
    if (isCall(node) && showing.has(calledName(node)) && node.arguments?.[0] !== undefined)
      for (const one of branches(node.arguments[0]))
        if (isText(one) && /[a-z]{2}/i.test(literalPart(one)))
          found.shown.push({ text: textOf(one), place: at(one) })
    if (isCall(node) && calledName(node) === 'printFields') labelsOf(node.arguments![0]!, at, found)
    ts.forEachChild(node, visit)
  }
  ts.forEachChild(source, visit)
}

type Text = ts.StringLiteral | ts.NoSubstitutionTemplateLiteral | ts.TemplateExpression

const isText = (node: ts.Node): node is Text =>
  ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node)

const isCall = (node: ts.Node): node is ts.CallExpression | ts.NewExpression =>
  ts.isCallExpression(node) || ts.isNewExpression(node)

const calledName = ({ expression }: ts.CallExpression | ts.NewExpression): string => expression.getText()

/** Two words and a blank between them: a sentence, or a part of one. */
const hasWord = (text: string): boolean =>
  /[a-z]{2,},? [a-z(]{1,}|[a-z]{3,}[.:?]?$/i.test(text) && / /.test(text.trim())

/** Names of modules, and types. */
const isName = ({ parent }: ts.Node): boolean =>
  ts.isImportDeclaration(parent) || ts.isExportDeclaration(parent) || ts.isLiteralTypeNode(parent)

function textOf(node: ts.TemplateLiteral | ts.StringLiteral): string {
  if (!ts.isTemplateExpression(node)) return node.text
  return node.head.text + node.templateSpans.map(({ literal }, index) => `{${index}}${literal.text}`).join('')
}

const literalPart = (node: Text): string =>
  ts.isTemplateExpression(node)
    ? [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join(' ')
    : node.text

/** What an expression may become. */
function branches(node: ts.Expression): ts.Expression[] {
  if (ts.isConditionalExpression(node)) return [...branches(node.whenTrue), ...branches(node.whenFalse)]
  if (ts.isParenthesizedExpression(node)) return branches(node.expression)
  if (ts.isCallExpression(node) && ['plain', 'styled'].includes(calledName(node)))
    return node.arguments.flatMap((one, index) =>
      calledName(node) === 'styled' && index !== 1 ? [] : branches(one),
    )
  if (ts.isTemplateExpression(node))
    return [node, ...node.templateSpans.flatMap(({ expression }) => branches(expression))]
  if (ts.isArrayLiteralExpression(node)) return node.elements.flatMap(branches)
  if (ts.isPropertyAccessExpression(node) || ts.isCallExpression(node)) return branches(node.expression)
  return [node]
}

/** Names of an object, also of those that are spread into it. */
function labelsOf(node: ts.Expression, at: (node: ts.Node) => string, found: Texts): void {
  if (ts.isConditionalExpression(node)) {
    labelsOf(node.whenTrue, at, found)
    labelsOf(node.whenFalse, at, found)
  } else if (ts.isParenthesizedExpression(node)) labelsOf(node.expression, at, found)
  else if (ts.isIdentifier(node)) {
    const declared = declarationOf(node)
    if (declared !== undefined) labelsOf(declared, at, found)
  } else if (ts.isObjectLiteralExpression(node))
    for (const property of node.properties)
      if (ts.isSpreadAssignment(property)) labelsOf(property.expression, at, found)
      else if (property.name !== undefined && !ts.isComputedPropertyName(property.name))
        found.labels.push({ text: (property.name as ts.Identifier).text, place: at(property) })
}

/** The value that a name was given in the same file. */
function declarationOf(name: ts.Identifier): ts.Expression | undefined {
  let value: ts.Expression | undefined
  const visit = (node: ts.Node): void => {
    if (ts.isVariableDeclaration(node) && node.name.getText() === name.text) value ??= node.initializer
    ts.forEachChild(node, visit)
  }
  visit(name.getSourceFile())
  return value
}

/** Modules that a source of the command loads before it runs, by their names there. */
export function loadedAtOnce(): Found[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/^language\/(texts|errors)\//.test(name))
    .flatMap((name) =>
      [
        ...readFileSync(join(folder, name), 'utf8').matchAll(
          /^(?:import|export)\b(?! type)[^;']*?'([^']+)'/gm,
        ),
      ].map(([, text]) => ({ text: text!, place: name })),
    )
}

/** What commander says in errors, with something in the place of each value. */
export function commanderMessages(): string[] {
  const library = fileURLToPath(new URL('../../../node_modules/commander/lib', import.meta.url))
  const raw = readdirSync(library).flatMap((name) =>
    [
      ...readFileSync(join(library, name), 'utf8').matchAll(/`((?:error: |\\n\(Did|Allowed choices)[^`]*)`/g),
    ].map(([, text]) => text!.replace('\\n', '')),
  )
  const variants: Readonly<Record<string, readonly string[]>> = {
    suggestion: ['', '\n(Did you mean one of ab, cd?)'],
    forSubcommand: ['', " for 'list'"],
    s: ['', 's'],
  }
  const filled = Object.entries(variants).reduce(
    (all, [name, values]) =>
      all.flatMap((text) => values.map((value) => text.replaceAll(`\${${name}}`, value))),
    raw,
  )
  return [...new Set(filled)].map((text) => {
    const whole = text
      .replaceAll(/\$\{getErrorMessage\(\w+\)\}/g, "option '--x'")
      .replaceAll(/\$\{[^}]*\}/g, 'x')
    return whole.startsWith('error:') && whole.includes('is invalid')
      ? `${whole} Allowed choices are x.`
      : whole
  })
}
