/** The phone's ring and voice. Browsers allow sound only after somebody has clicked, so it is off until switched on. */
let context
let ringing

export function soundOn() {
  return context?.state === 'running'
}

/** Switches sound on or off. Has to be called from a click. */
export async function switchSound() {
  if (soundOn()) {
    silence()
    await context.suspend()
    return
  }
  context ??= new AudioContext()
  await context.resume()
}

/** Rings until told otherwise: two tones, one second of ring in three, as phones do. */
export function ring() {
  if (!soundOn() || ringing) return
  burst()
  ringing = setInterval(burst, 3000)
}

export function stopRinging() {
  clearInterval(ringing)
  ringing = undefined
}

export function silence() {
  stopRinging()
  window.speechSynthesis?.cancel()
}

/** Speaks where the browser has a voice; the text is on the screen all the same. */
export function speak(text, language) {
  if (!soundOn() || !window.speechSynthesis) return
  speechSynthesis.cancel()
  const words = new SpeechSynthesisUtterance(text)
  words.lang = language === 'zh' ? 'zh-CN' : 'en-US'
  speechSynthesis.speak(words)
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
