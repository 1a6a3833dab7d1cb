import { countDown } from '../../../services/console/browser/countdown.js'
import { keepFresh, show } from '../../../services/console/browser/fresh.js'
import { hearPhones, switchSound } from './sound.js'

/** A phone that rings is seen, and heard, within so long. */
const EVERY_MS = 1_000

countDown()
offerSound()
const lookNow = keepFresh(hear, { everyMs: EVERY_MS, isHeard: true })
setInterval(hear, EVERY_MS)

function hear() {
  countDown()
  offerSound()
  hearPhones(document.body.classList.contains('lost'))
}

/** A page that only says why there is no other has no such button, and becomes the other by itself. */
function offerSound() {
  const sound = document.getElementById('sound')
  if (!sound) return
  sound.hidden = false
  sound.onclick = async () => {
    const isOn = await switchSound()
    sound.setAttribute('aria-pressed', String(isOn))
    sound.textContent = isOn ? sound.dataset.on : sound.dataset.off
  }
}

/** A page that is left has to be switched to sound again: what is pressed is done without leaving it. */
document.addEventListener('submit', async (event) => {
  event.preventDefault()
  const { target: form, submitter } = event
  document.getElementById('notice')?.remove()
  const answer = await fetch(form.getAttribute('action'), {
    method: 'POST',
    body: new URLSearchParams(new FormData(form, submitter)),
  }).catch(() => undefined)
  if (answer !== undefined && !answer.ok) show(new DOMParser().parseFromString(await answer.text(), 'text/html'))
  lookNow()
})

/** The phone's keys are the keyboard's, too, while somebody on the line is listened to. */
document.addEventListener('keydown', ({ key, ctrlKey, metaKey, altKey }) => {
  if (ctrlKey || metaKey || altKey || !/^[0-9*#]$/.test(key)) return
  document.querySelector(`.listening button[value="${key}"]`)?.click()
})
