/** Elements are made here and nowhere else: by name, attributes that run nothing, and text. */

type Attribute =
  | 'autocomplete'
  | 'class'
  | 'colspan'
  | 'datetime'
  | 'for'
  | 'hidden'
  | 'id'
  | 'lang'
  | 'max'
  | 'min'
  | 'name'
  | 'role'
  | 'scope'
  | 'selected'
  | 'tabindex'
  | 'title'
  | 'type'
  | 'value'
  | `aria-${string}`
  | `data-${string}`

export type Attributes = { [Name in Attribute]?: string | boolean | undefined }
export type Child = Node | string | number | false | undefined

/** An element; an attribute that is false or undefined is left out, as are such children. */
export function h<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[Name] {
  const element = document.createElement(name)
  for (const [key, value] of Object.entries(attributes))
    if (value !== undefined && value !== false) element.setAttribute(key, value === true ? '' : value)
  for (const child of children)
    if (child !== undefined && child !== false)
      element.append(typeof child === 'object' ? child : String(child))
  return element
}

/** A link within the page. */
export function link(
  route: string,
  attributes: Attributes,
  ...children: readonly Child[]
): HTMLAnchorElement {
  const anchor = h('a', attributes, ...children)
  anchor.setAttribute('href', `#/${route}`)
  return anchor
}

export function button(label: string, act: () => void, attributes: Attributes = {}): HTMLButtonElement {
  const made = h('button', { type: 'button', ...attributes }, label)
  made.addEventListener('click', act)
  return made
}

/** An element of the page's own skeleton. */
export function byId(id: string): HTMLElement {
  const found = document.getElementById(id)
  if (found === null) throw new Error(`the page has no #${id}`)
  return found
}

/** A field of the page's own skeleton. */
export function field(id: string): HTMLInputElement {
  return byId(id) as HTMLInputElement
}

/** Replaces what is in an element; the focus stays on what has the same `data-key`. */
export function fill(element: HTMLElement, ...children: readonly Child[]): void {
  const active = document.activeElement
  const key = element.contains(active) ? active?.getAttribute('data-key') : undefined
  element.replaceChildren(...h('div', {}, ...children).childNodes)
  if (typeof key !== 'string') return
  const heir = [...element.querySelectorAll<HTMLElement>('[data-key]')].find(
    (one) => one.dataset['key'] === key,
  )
  heir?.focus({ preventScroll: true })
}

/** Words that only screen readers say. */
export const spoken = (text: string): HTMLElement => h('span', { class: 'spoken' }, text)
