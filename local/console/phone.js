import { h, show } from './dom.js'
import { ring, silence, speak, stopRinging } from './sound.js'
import { language, say } from './texts.js'

/** The newest text that was spoken for each call, so that none is spoken twice. */
const spoken = new Map()

/** Shows the call that matters most: one that somebody listens to, else the one that rings longest. */
export function showPhone(place, calls, minute, act) {
  const live = calls.filter((call) => call.status !== 'ended')
  const call = live.find(({ status }) => status === 'answered') ?? live[0]
  place.classList.toggle('ringing', call?.status === 'ringing')
  // Only calls are news: the clock of an idle phone is not read aloud each minute.
  place.setAttribute('aria-live', call ? 'assertive' : 'off')
  sounds(call)
  show(place, [language(), call, live.length, call ? '' : minute], () => [
    h('div', { class: 'screen' }, call ? callScreen(call, act) : idleScreen(minute)),
    ...(live.length > 1 ? [h('p', { class: 'waiting quiet' }, say().more(live.length - 1))] : []),
  ])
}

function sounds(call) {
  if (call?.status === 'ringing') return ring()
  stopRinging()
  if (!call) return spoken.size > 0 && finish()
  if (call.said.length === 0 || spoken.get(call.contactId) === call.said.length) return
  spoken.set(call.contactId, call.said.length)
  speak(call.said.at(-1), call.language)
}

/** The last words may still be heard after the line is closed. */
function finish() {
  spoken.clear()
  if (!window.speechSynthesis?.speaking) silence()
}

function idleScreen(minute) {
  return [h('span'), h('div', { class: 'idle' }, h('b', {}, minute), h('small', {}, say().idle)), h('span')]
}

function callScreen(call, act) {
  const ringing = call.status === 'ringing'
  const hear = (action) => () => act(`phone/${encodeURIComponent(call.contactId)}/${action}`)
  return [
    h(
      'div',
      { class: 'caller' },
      h('small', {}, ringing ? say().calling : say().talking),
      h('b', {}, call.name ?? call.phone),
      h('span', {}, call.name ? call.phone : ''),
    ),
    ringing
      ? h('div', { class: 'ring' }, h('img', { src: 'beacon.svg', alt: '', width: 40, height: 40 }))
      : h('div', { class: 'said', lang: call.language }, call.said.at(-1) ?? '…'),
    h('div', {}, ringing ? '' : keypad(hear, call.keys, call.listening), ringing ? rings(hear) : talks(hear)),
  ]
}

/** Connect takes a key while it speaks, too, but not while it looks something up. */
function keypad(hear, keys, listening) {
  return h(
    'div',
    { class: 'keys' },
    keys.map(({ key, menu }) =>
      h(
        'button',
        { type: 'button', disabled: !listening, onclick: hear(`press?key=${key}`) },
        key,
        h('small', {}, menu[language()]),
      ),
    ),
  )
}

function rings(hear) {
  return h(
    'div',
    { class: 'controls' },
    h('button', { type: 'button', class: 'end', onclick: hear('no-answer') }, say().noAnswer),
    h('button', { type: 'button', class: 'answer', onclick: hear('answer') }, say().answer),
  )
}

function talks(hear) {
  return h(
    'div',
    { class: 'controls', style: 'grid-template-columns: 1fr' },
    h('button', { type: 'button', class: 'end', onclick: hear('hangup') }, say().hangUp),
  )
}
