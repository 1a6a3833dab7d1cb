/** Browsers allow sound only after somebody has clicked, so it is off until switched on. */
let context
let ringing

/** How much of each call has been said aloud. */
const spoken = new Map()

const isOn = () => context?.state === 'running'

/** Switches sound on or off; has to be called from a click. Resolves with what it is now. */
export async function switchSound() {
  context ??= new AudioContext()
  if (isOn()) {
    stopRinging()
    window.speechSynthesis?.cancel()
    await context.suspend()
  } else await context.resume()
  return isOn()
}

/** Rings while a phone of the page does, and says what each call says: once, and nothing of what was said while sound was off. */
export function hearPhones(isLost) {
  if (!isLost && document.querySelector('.phone.ringing')) ring()
  else stopRinging()
  for (const said of document.querySelectorAll('.talking .said')) sayNew(said)
}

function sayNew(said) {
  const texts = [...said.children].map(({ textContent }) => textContent).filter((text) => text !== '…')
  const before = spoken.get(said.dataset.call) ?? 0
  spoken.set(said.dataset.call, texts.length)
  if (isOn()) for (const text of texts.slice(before)) speak(text, said.lang)
}

/** Speaks where the browser has a voice; the text is on the screen all the same. */
function speak(text, language) {
  if (!window.speechSynthesis) return
  const words = new SpeechSynthesisUtterance(text)
  words.lang = language === 'en' ? 'en-US' : language
  speechSynthesis.speak(words)
}

/** Rings until told otherwise: two tones, one second of ring in three, as phones do. */
function ring() {
  if (!isOn() || ringing) return
  burst()
  ringing = setInterval(burst, 3000)
}

function stopRinging() {
  clearInterval(ringing)
  ringing = undefined
}

function burst() {
  const start = context.currentTime
  const volume = context.createGain()
  volume.connect(context.destination)
  volume.gain.setValueAtTime(0, start)
  volume.gain.linearRampToValueAtTime(0.12, start + 0.03)
  volume.gain.setValueAtTime(0.12, start + 0.95)
  volume.gain.linearRampToValueAtTime(0, start + 1)
  for (const frequency of [440, 480]) {
    const tone = context.createOscillator()
    tone.frequency.value = frequency
    tone.connect(volume)
    tone.start(start)
    tone.stop(start + 1)
  }
}
