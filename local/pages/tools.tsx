import type { View } from '../../services/console/view.ts'
import { pageWords } from './words.ts'

/** Switches ring and voice, by a script: without one it is not there, and what is said is read. */
export function Sound({ view }: { view: View }) {
  const { sound } = pageWords[view.language]
  return (
    <button type="button" id="sound" aria-pressed="false" data-keep="" data-on={sound.on} data-off={sound.off} hidden>
      {sound.off}
    </button>
  )
}

/** By which the page is looked at again where no script does it. */
export function Again({ view }: { view: View }) {
  return (
    <noscript>
      <a class="button" href={view.path}>
        {pageWords[view.language].again}
      </a>
    </noscript>
  )
}
