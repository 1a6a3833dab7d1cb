import { countDown } from './countdown.js'
import { keepFresh } from './fresh.js'
import { rememberZone } from './zone.js'

rememberZone()
forgetNews()
countDown()
keepFresh(countDown)

/** What was said of what was just done is not said once more when the page is loaded again. */
function forgetNews() {
  const address = new URL(location.href)
  if (!address.searchParams.has('done')) return
  address.searchParams.delete('done')
  history.replaceState(null, '', address)
}
