import type { NavItem } from './view.ts'

/** The pages of the line at the top, wherever the console runs. */
export const nav: NavItem[] = [
  { path: '/', name: 'now' },
  { path: '/checks', name: 'checks' },
  { path: '/oncall', name: 'oncall' },
  { path: '/silences', name: 'silences' },
  { path: '/inbound', name: 'inbound' },
  { path: '/system', name: 'system' },
]
