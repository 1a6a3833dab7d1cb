import { countDown } from './countdown.js'
import { keepFresh } from './fresh.js'

forgetNews()
countDown()
// What a page asks for stands in the answer to a form: its address would show another one.
if (!('asks' in document.querySelector('main').dataset)) keepFresh(countDown)

/** What was said of what was just done is not said once more when the page is loaded again. */
function forgetNews() {
  const address = new URL(location.href)
  if (!address.searchParams.has('done')) return
  for (const name of ['done', 'of', 'taken', 'all']) address.searchParams.delete(name)
  history.replaceState(null, '', address)
}
