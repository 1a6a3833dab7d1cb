import { chartsOf, readCharts, span, switchSpan } from './charts.js'
import { fold, h, show } from './dom.js'
import { markdown } from './markdown.js'
import { showPhone } from './phone.js'
import { soundOn, switchSound } from './sound.js'
import { language, say, switchLanguage } from './texts.js'

/** How many of the newest are in sight; the others are a click away. */
const SHOWN = { incidents: 5, messages: 5 }
/** How many incidents that are not over have their timeline in sight. */
const UNFOLDED = 3

const place = (id) => document.getElementById(id)
let state

place('language').addEventListener('click', () => {
  switchLanguage()
  draw()
})
place('span').addEventListener('click', async () => {
  await switchSpan()
  draw()
})
place('sound').addEventListener('click', async () => {
  await switchSound()
  draw()
})

/** Something happened on the stack, or might have: reads all of it again. One reading at a time. */
let reading
let again = false
async function refresh() {
  if (reading) {
    again = true
    return
  }
  reading = fetch('_local/state')
    .then(async (response) => {
      // While it starts or stops it says so instead.
      if (!response.ok) throw new Error(response.statusText)
      const before = state
      state = await response.json()
      if (sinces(before) !== sinces(state)) readCharts().then(draw)
      setOffline(false)
    })
    .catch(() => {
      setOffline(true)
      // A phone of a stack that has stopped does not ring.
      if (state) state.calls = []
    })
  await reading
  reading = undefined
  draw()
  if (again) {
    again = false
    refresh()
  }
}

/** What is shown of a stack that has stopped is the past: it is grey, and takes no clicks. */
function setOffline(isOffline) {
  document.body.classList.toggle('offline', isOffline)
  document.querySelector('main').inert = isOffline
}

/** Since when each check is what it is: charts are read again at once when one becomes something else. */
function sinces(of) {
  return of?.checks.map(({ since }) => since).join()
}

/** Asks the stack to do something on the person's behalf. */
async function act(path) {
  await fetch(`_local/${path}`, { method: 'POST' }).catch(() => undefined)
  refresh()
}

/** The phone's keys are the keyboard's, too, while somebody on the line is listened to. */
document.addEventListener('keydown', ({ key, ctrlKey, metaKey, altKey }) => {
  const call = state?.calls.find(({ status }) => status === 'answered')
  if (!call?.listening || ctrlKey || metaKey || altKey || !/^[0-9*#]$/.test(key)) return
  act(`phone/${encodeURIComponent(call.contactId)}/press?key=${encodeURIComponent(key)}`)
})

new EventSource('_local/events').onmessage = refresh
setInterval(refresh, 2000)
setInterval(() => readCharts().then(draw), 30_000)
refresh()

function draw() {
  document.documentElement.lang = language()
  for (const element of document.querySelectorAll('[data-text]')) element.textContent = say()[element.dataset.text]
  place('language').textContent = say().other
  place('span').textContent = say().span[span()]
  place('sound').textContent = say().sound(soundOn())
  place('sound').setAttribute('aria-pressed', String(soundOn()))
  if (!state) return
  const said = summary()
  // Said once: the same text again would be read aloud again.
  if (place('summary').textContent !== said) place('summary').textContent = said
  document.title = titleNow()
  showIcon()
  place('zone').textContent = say().zone(state.timezone)
  drawDemo(state.demo)
  show(place('checks'), [language(), state.checks, span(), state.checks.map(({ id }) => chartsOf(id).key)], () =>
    each(state.checks, check, say().noChecks),
  )
  const today = dateOf(Date.now())
  show(place('incidents'), [language(), state.incidents, today], () =>
    newest('incidents', state.incidents, incident, say().noIncidents),
  )
  show(place('channels'), [language(), state.channels], () => state.channels.map(channel))
  show(place('messages'), [language(), state.messages, today], () =>
    newest('messages', state.messages, message, say().noMessages),
  )
  showPhone(place('phone'), state.calls, clock(Date.now()), act)
}

function each(items, make, none) {
  return items.length > 0 ? items.map(make) : [h('p', { class: 'empty' }, none)]
}

/** The newest of a list, and the others behind a line. */
function newest(list, items, make, none) {
  const shown = each(items, make, none)
  const folded = shown.splice(SHOWN[list])
  const line = say().folded[list](folded.length)
  return folded.length > 0 ? [...shown, fold(list, line, h('div', { class: 'stack' }, folded))] : shown
}

function summary() {
  if (document.body.classList.contains('offline')) return say().offline
  const bad = state.checks.filter(({ verdict }) => verdict === 'down' || verdict === 'degraded').length
  const open = state.incidents.filter(({ status }) => status === 'open').length
  if (bad || open) return say().trouble(bad, open)
  return state.checks.some(({ verdict }) => verdict === 'up') ? say().allUp(state.checks.length) : say().waitingFirst
}

/** What the tab shows while another one is looked at. */
function titleNow() {
  if (document.body.classList.contains('offline')) return `⏹ ${say().offline}`
  const ringing = state.calls.find(({ status }) => status === 'ringing')
  return ringing ? `☎ ${say().calling}: ${ringing.name ?? ringing.phone}` : '烽火 Fenghuo'
}

/** The tab's icon while a phone rings is another one. Set once: browsers fetch it each time. */
function showIcon() {
  const isRinging = state.calls.some(({ status }) => status === 'ringing')
  const icon = isRinging ? 'ringing.svg' : 'beacon.svg'
  if (place('icon').getAttribute('href') !== icon) place('icon').setAttribute('href', icon)
}

function drawDemo(demo) {
  place('demo').hidden = !demo
  if (!demo) return
  show(place('demo'), [language(), demo], () => [
    h('div', {}, h('h3', {}, say().demo), h('p', {}, demo.broken ? say().demoDown : say().demoUp)),
    h(
      'button',
      {
        type: 'button',
        class: demo.broken ? undefined : 'primary',
        onclick: () => act(demo.broken ? 'demo/mend' : 'demo/break'),
      },
      demo.broken ? say().mend : say().break,
    ),
  ])
}

function check({ id, title, projectTitle, target, verdict, said, detail, sightings, since, held }) {
  return h(
    'div',
    {},
    h('span', {}, h('span', { class: `word ${verdict}` }, said[language()])),
    h(
      'span',
      {},
      h('strong', {}, `${projectTitle} / ${title}`),
      h('div', { class: 'quiet break' }, detail && verdict !== 'up' ? detail[language()] : target),
      held && h('div', { class: 'quiet break held' }, held[language()]),
    ),
    h('span', { class: 'latency' }, since && say().since(clock(since))),
    h(
      'div',
      { class: 'vantages' },
      sightings.map((one) => h('div', { class: 'vantage' }, sighting(one), chartsOf(id).of(one.vantage, clock))),
    ),
  )
}

/** What one vantage makes of a check. */
function sighting({ vantage, name, verdict, said, detail, latencyMs }) {
  const latency = latencyMs === undefined ? '' : ` ${Math.round(latencyMs)} ms`
  return h(
    'span',
    { class: `word ${verdict}`, title: [vantage, detail?.[language()]].filter(Boolean).join(': ') },
    `${name} · ${said[language()]}${latency}`,
  )
}

function incident(item, index) {
  const opened = clock(item.openedAt)
  const times = item.lasted ? say().lasted(opened, item.lasted[language()]) : say().opened(opened)
  return h(
    'article',
    { class: `card incident ${item.status}` },
    h(
      'h3',
      {},
      h('span', { class: `word ${item.status}` }, item.said[language()]),
      h('span', {}, `${item.projectTitle} / ${item.title[language()]}`),
      h('span', { class: 'number' }, `#${item.number}`),
    ),
    h('p', {}, `${item.severity[language()]} · ${times}`),
    timeline(item, index),
  )
}

/** In sight for what people work on, and for the newest in any case. */
function timeline({ id, status, timeline }, index) {
  const list = h('ol', { class: 'timeline' }, timeline.map(timelineEntry))
  const isInSight = index === 0 || (index < UNFOLDED && status !== 'resolved')
  return isInSight ? list : fold(id, say().timeline(timeline.length), list)
}

function timelineEntry(entry) {
  return h(
    'li',
    { class: entry.kind },
    h('time', { datetime: new Date(entry.at).toISOString() }, clock(entry.at, true)),
    h('i'),
    h('span', { class: 'break' }, entry.text[language()]),
  )
}

function channel({ title, mode }) {
  return h('span', { class: 'word' }, `${title[language()]} · ${say()[mode]}`)
}

function message({ title, at, to, text, lines, refused }) {
  return h(
    'article',
    { class: `card message ${refused ? 'refused' : ''}` },
    h('h3', {}, say().to(title[language()], to), h('time', {}, clock(at, true))),
    h('div', {}, refused ? say().refused(refused) : lines ? markdown(lines) : text),
  )
}

function clock(at, seconds = false) {
  const time = new Date(at).toLocaleTimeString('en-GB', { timeZone: state.timezone })
  const told = seconds ? time : time.slice(0, 5)
  // Another day than today is named: `11-27 22:05`.
  const date = dateOf(at)
  return date === dateOf(Date.now()) ? told : `${date.slice(5)} ${told}`
}

/** `2026-11-27` where the configuration is. */
function dateOf(at) {
  return new Date(at).toLocaleDateString('sv-SE', { timeZone: state.timezone })
}
