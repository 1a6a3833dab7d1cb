/** Writes how long it is until the times that the page names: `0:42`. */
export function countDown() {
  for (const element of document.querySelectorAll('[data-until]')) {
    const seconds = Math.max(0, Math.ceil((Number(element.dataset.until) - Date.now()) / 1000))
    const text =
      seconds > 0 && seconds < 3600 ? `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}` : ''
    if (element.textContent !== text) element.textContent = text
  }
}

setInterval(countDown, 1000)
