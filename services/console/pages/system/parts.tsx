import { consoleWords } from '../../../../shared/messages/console/words.ts'
import type { View } from '../../view.ts'

/** Leads among the pages about Fenghuo itself. */
export function SystemNav({ view }: { view: View }) {
  const { system } = consoleWords[view.language]
  return (
    <p class="parts">
      {Object.entries(system).map(([part, name]) => {
        const path = `/system/${part}`
        return (
          <a href={path} aria-current={view.path === path ? 'page' : undefined}>
            {name}
          </a>
        )
      })}
    </p>
  )
}
