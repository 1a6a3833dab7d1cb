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

/** Shows `make()` in a place, and leaves the place alone while `data` is the same: a selection stays. So does a focus, in any case. */
export function show(place, data, make) {
  const key = JSON.stringify(data)
  if (place.dataset.shown === key) return
  place.dataset.shown = key
  const focused = [...place.querySelectorAll('button')].indexOf(document.activeElement)
  place.replaceChildren(...[make()].flat())
  if (focused >= 0) place.querySelectorAll('button')[focused]?.focus()
}
