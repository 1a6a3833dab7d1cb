/** Makes an element. Text is always set as text, so nothing that a message holds becomes markup. */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === false) continue
    if (name.startsWith('on')) element.addEventListener(name.slice(2), value)
    else element.setAttribute(name, value === true ? '' : value)
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== false && child !== ''))
  return element
}

/** Folds that somebody has opened, by their keys. */
const unfolded = new Set()

/** What is out of sight behind a line until somebody asks for it; what was opened stays so when the page is drawn anew. */
export function fold(key, line, ...children) {
  const details = h('details', { open: unfolded.has(key) }, h('summary', { 'data-key': key }, line), ...children)
  details.addEventListener('toggle', () => (details.open ? unfolded.add(key) : unfolded.delete(key)))
  return details
}

/** Shows `make()` in a place, and leaves the place alone while `data` is the same: a selection stays. So does a focus, in any case. */
export function show(place, data, make) {
  const key = JSON.stringify(data)
  if (place.dataset.shown === key) return
  place.dataset.shown = key
  const focused = names(place).find(([, element]) => element === document.activeElement)?.[0]
  place.replaceChildren(...[make()].flat())
  const same = names(place).find(([name]) => name === focused)
  same?.[1].focus({ preventScroll: true })
}

/** What may have the focus, each with a name that it has again when it is drawn anew. */
function names(place) {
  const all = [...place.querySelectorAll('button, summary, a')]
  return all.map((element, index) => [element.dataset.key ?? element.getAttribute('href') ?? index, element])
}
