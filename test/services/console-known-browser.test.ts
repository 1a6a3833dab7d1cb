import { expect, it } from 'vitest'
import { sealed } from '../../services/console/access/sealed.ts'
import { PathWorld } from '../engine/world.ts'
import { Visitor } from './console-visitor.ts'

it('strangers of one address, or of a thousand, use up nothing of a browser in which somebody has signed in before', async () => {
  const world = new PathWorld()
  // One instance of the console, to which all of them come.
  const visitor = new Visitor(world, { access: { link: true, access: [{ role: 'viewer', who: ['contact:lin'] }] } })
  const look = async (known?: string) => {
    visitor.cookies.clear()
    if (known !== undefined) visitor.cookies.set('__Host-fenghuo-known', known)
    return (await visitor.get('/sign-in/link')).status
  }
  const known = (id: string) => sealed('known-browser', { contact: 'lin', id }, world.now + 60_000, 'secret')
  const statuses: number[] = []
  for (let time = 0; time < 21; time++) statuses.push(await look())
  expect([statuses.slice(0, 20), statuses.at(-1)]).toEqual([Array(20).fill(200), 429])
  for (let stranger = 0; stranger < 1_000; stranger++) {
    visitor.source = `2001:db8::${stranger.toString(16)}`
    await look()
  }

  for (let time = 0; time < 20; time++) expect(await look(known('phone'))).toBe(200)
  expect([await look(known('phone')), await look(known('laptop')), await look(`${known('phone')}x`)]).toEqual([
    429, 200, 429,
  ])
})
