import { expect, it } from 'vitest'
import { localPath } from '../../services/console/html.ts'
import { PathWorld } from '../engine/world.ts'
import { ORIGIN, Visitor } from './console-visitor.ts'

it.each([
  '//evil.example',
  '/\\evil.example',
  '/\t/evil.example',
  '/\r\n/evil.example',
  '\t//evil.example',
  'https://evil.example',
  'javascript:alert(1)',
  '/a\\..\\evil',
  '/\u0000/evil.example',
  '/#//evil.example',
])('%j leads nowhere but home', (asked) => expect(localPath(asked)).toBe('/'))

it.each([
  '/incidents/1024',
  '/checks/pay/收银台?span=day',
  '/checks/pay/a~b!(c):d@e,f',
  '/.//evil.example',
  '/@evil.example',
  '/％2f/evil',
])('%j stays here', (asked) => {
  const path = localPath(asked)
  expect(path).toMatch(/^\/[ -~]+$/)
  expect(new URL(path, ORIGIN).origin).toBe(ORIGIN)
  expect(decodeURI(path)).toBe(asked)
})

it('whoever chooses a language stays on the page of a check with a Chinese name', async () => {
  const { answer } = await new Visitor(new PathWorld()).get(
    `/language?to=zh&back=${encodeURIComponent('/checks/pay/收银台')}`,
  )
  expect(answer.headers.get('location')).toBe(`/checks/pay/${encodeURIComponent('收银台')}`)
})

it('a number that no incident can have is not there', async () => {
  const visitor = new Visitor(new PathWorld())
  for (const number of ['0', '9'.repeat(25), '9'.repeat(400)])
    expect((await visitor.get(`/incidents/${number}`)).status).toBe(404)
})
