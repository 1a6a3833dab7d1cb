import { Idiomorph } from 'idiomorph'

const EVERY_MS = 5_000
const SOON_MS = 300

/** In which zone times are read here: the server writes them so from then on. */
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone

let etag

/**
 * Has the page be what the server would show now; `then` is called after each change. Nothing is asked while nobody looks, unless it is
 * to be heard, too. Returns what asks at once.
 */
export function keepFresh(then, { everyMs = EVERY_MS, isHeard = false } = {}) {
  let timer
  const next = (ms) => {
    clearTimeout(timer)
    timer = setTimeout(look, ms)
  }
  async function look() {
    if (isHeard || !document.hidden) await renew(then)
    next(everyMs)
  }
  document.addEventListener('visibilitychange', () => !document.hidden && next(0))
  next(SOON_MS)
  return () => next(0)
}

async function renew(then) {
  const headers = { accept: 'text/html', ...(zone && { 'time-zone': zone }), ...(etag && { 'if-none-match': etag }) }
  try {
    const answer = await fetch(location.href, { headers, cache: 'no-store' })
    setLost(false)
    if (answer.status === 304) return
    // Some page that says why not: what is there stays, and the next look tells.
    if (!answer.ok) return setLost(answer.status >= 500)
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html')
    etag = answer.headers.get('etag')
    show(page)
    then()
  } catch {
    setLost(true)
  }
}

/** Changes what differs, and leaves alone what somebody has opened, is writing, or has in the focus. */
export function show(page) {
  const main = page.querySelector('main')
  if (!main) return
  document.title = page.title
  // It names the zone of the times above it, which is the reader's from now on.
  const foot = page.querySelector('footer')
  if (foot) Idiomorph.morph(document.querySelector('footer'), foot.innerHTML, { morphStyle: 'innerHTML' })
  Idiomorph.morph(document.querySelector('main'), main.innerHTML, {
    morphStyle: 'innerHTML',
    // Only what is written is kept: a button, or a line that can be opened, says something else by now, maybe.
    ignoreActiveValue: document.activeElement?.matches('input, select, textarea') ?? false,
    callbacks: {
      beforeNodeMorphed: (old) => !(old instanceof Element && 'keep' in (old.dataset ?? {})),
      beforeNodeRemoved: (old) => !(old instanceof Element && (old.id === 'notice' || 'drawn' in (old.dataset ?? {}))),
      beforeAttributeUpdated: (name, element) =>
        !(name === 'open' && element instanceof HTMLDetailsElement) && !(name === 'hidden' && 'own' in element.dataset),
    },
  })
}

function setLost(isLost) {
  const lost = document.getElementById('lost')
  if (lost) lost.hidden = !isLost
  document.body.classList.toggle('lost', isLost)
}
