import { countDown } from './countdown.js'
import { keepFresh } from './fresh.js'

forgetNews()
renewed()
// What a page asks for stands in the answer to a form: its address would show another one.
if (!('asks' in document.querySelector('main').dataset)) keepFresh(renewed)

function renewed() {
  countDown()
  offerCopies()
  drawCharts().catch(() => {})
}

/** Charts that a pointer can look into, where there is one; without, and where they cannot be loaded, the page has pictures. */
async function drawCharts() {
  const section = document.querySelector('[data-charts]')
  if (!section || !matchMedia('(pointer: fine)').matches) return
  const { script, style } = section.dataset
  if (!document.querySelector(`link[href="${style}"]`)) {
    const link = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: style })
    document.head.append(link)
    await new Promise((done) => link.addEventListener('load', done))
  }
  const { draw } = await import(script)
  draw(section)
}

/** What can be copied has a button where there is a script, and where the browser lets one copy. */
function offerCopies() {
  if (!navigator.clipboard) return
  for (const button of document.querySelectorAll('[data-copy]')) {
    button.hidden = false
    button.onclick = () => navigator.clipboard.writeText(button.dataset.copy)
  }
}

/** What was said of what was just done is not said once more when the page is loaded again. */
function forgetNews() {
  const address = new URL(location.href)
  if (!address.searchParams.has('done')) return
  for (const name of ['done', 'of', 'taken', 'all', 'missed']) address.searchParams.delete(name)
  history.replaceState(null, '', address)
}
