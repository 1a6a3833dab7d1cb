import { expect, it } from 'vitest'
import { heldText } from '../../shared/messages/held.ts'
import { at } from './notices.ts'

const hold = { since: at('02:13'), changes: 6, withinMs: 1_800_000 }

it.each([
  ['zh', '自 02:13 起按较差的状态保持，因为 30 分钟内变化 6 次；平稳后解除'],
  ['en', 'Held in its worse state since 02:13, because it changed 6 times within 30 min; let go when calm'],
] as const)('what is held says since when and why (%s)', (language, text) => {
  expect(heldText(hold, at('02:40'), language, 'Asia/Shanghai')).toBe(text)
})
