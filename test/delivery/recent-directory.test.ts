import { expect, it } from 'vitest'
import { readRecently } from '../../shared/delivery/recent-directory.ts'
import type { Directory } from '../../shared/oncall/plan.ts'

const people = (name: string): Directory => ({ contacts: { lin: { name } }, schedules: {}, overrides: [] })

/** A table whose row changes, or cannot be read, and a clock that is moved by hand. */
function phoneLine() {
  const told: unknown[] = []
  const table = { name: '林悦', broken: false, reads: 0 }
  let now = 0
  const read = async () => {
    table.reads += 1
    if (table.broken) throw new Error('throttled')
    return { directory: people(table.name), problems: [{ en: 'a phone without a country', zh: '电话缺少国家码' }] }
  }
  const directory = readRecently(
    { read },
    () => now,
    (line) => told.push(line),
  )
  const nameOf = async (project = 'pay') => (await directory(project))?.contacts.lin?.name
  return {
    table,
    told,
    nameOf,
    pass: (ms: number) => {
      now += ms
    },
  }
}

it('a directory is read once in two seconds, however many ask', async () => {
  const { table, told, nameOf, pass } = phoneLine()
  expect(await Promise.all([nameOf(), nameOf(), nameOf('shop')])).toEqual(['林悦', '林悦', '林悦'])
  expect(table.reads).toBe(2)

  table.name = '王磊'
  pass(1_999)
  expect(await nameOf()).toBe('林悦')
  pass(1)
  expect(await nameOf()).toBe('王磊')
  expect(table.reads).toBe(3)
  expect(told).toHaveLength(3)
  expect(told[0]).toEqual({ level: 'error', event: 'contacts', project: 'pay', problem: 'a phone without a country' })
})

it('what could not be read is read again by who asks next', async () => {
  const { table, nameOf } = phoneLine()
  table.broken = true
  await expect(Promise.all([nameOf(), nameOf()])).rejects.toThrow('throttled')

  table.broken = false
  expect(await nameOf()).toBe('林悦')
})
