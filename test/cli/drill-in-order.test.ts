import { expect, it } from 'vitest'
import { linesInOrder } from '../../cli/drill/regions/in-order.ts'

it('what a timeline tells late stands above what came after it, and each line is printed once', () => {
  const printed: string[] = []
  let now = 10_000
  const lines = linesInOrder(
    (line) => printed.push(line),
    () => now,
  )
  lines.add(10_000, 'rings')
  lines.add(10_120, 'the phone is silent')
  lines.print()
  expect(printed).toEqual([])
  now = 10_200
  lines.add(10_050, 'answered')
  now = 11_060
  lines.print()
  expect(printed).toEqual(['rings', 'answered'])
  lines.add(11_000, 'over')
  lines.add(11_000, 'resolved')
  lines.print(true)
  lines.print(true)
  expect(printed).toEqual(['rings', 'answered', 'the phone is silent', 'over', 'resolved'])
})
