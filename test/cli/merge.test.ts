import { afterAll, beforeAll, expect, it } from 'vitest'
import { page } from './paging.ts'
import { startTestStack, type TestStack } from './stack.ts'

let stack: TestStack
beforeAll(async () => {
  stack = await startTestStack('local')
})
afterAll(() => stack.stop())

it('merges incidents, says so in both timelines, and takes one out again', async () => {
  const [one, other, third] = [(await page(stack)).number, (await page(stack)).number, (await page(stack)).number]
  const run = (...command: string[]) => stack.terminal.run(...command)
  expect((await run('merge', `${one}`, `${other}`)).out).toContain(`is merged into #${one}`)
  expect((await run('incidents', `${one}`)).out).toContain(`#${other} merged into this one by`)
  expect((await run('incidents', `${other}`)).out).toContain(`Merged into #${one} by`)
  expect(await run('merge', `${one}`, `${other}`)).toMatchObject({ code: 2, err: expect.stringContaining('already') })
  expect(await run('merge', `${other}`, `${one}`)).toMatchObject({
    code: 2,
    err: expect.stringContaining('name that one'),
  })
  expect(await run('merge', `${one}`, `${one}`)).toMatchObject({ code: 2, err: expect.stringContaining('into itself') })
  expect((await run('merge', `${third}`, `${other}`)).out).toContain(`is merged into #${third}`)
  expect((await run('incidents', `${one}`)).out).toContain(`#${other} taken out again by`)
  expect(await run('merge', `${one}`, 'web')).toMatchObject({
    code: 2,
    err: expect.stringContaining("'web' is invalid"),
  })
  expect((await run('split', `${other}`)).out).toContain(`is taken out of #${third}`)
  expect(await run('split', `${other}`)).toMatchObject({ code: 2, err: expect.stringContaining('merged into none') })
})
