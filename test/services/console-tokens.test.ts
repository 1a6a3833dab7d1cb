import { describe, expect, it } from 'vitest'
import type { Access } from '../../services/console/access/admission.ts'
import { PathWorld } from '../engine/world.ts'
import { Visitor } from './console-visitor.ts'

const TOKEN = 'a-token-of-a-program-that-reads'
const bearing = { authorization: `Bearer ${TOKEN}` }
const access: Access = { access: [{ role: 'viewer', tokens: [TOKEN] }] }

describe('a token', () => {
  it('has so many requests a minute', async () => {
    const world = new PathWorld()
    const program = new Visitor(world, { access })
    for (let time = 0; time < 600; time++) expect((await program.get('/api/v1/openapi.json', bearing)).status).toBe(200)
    const { status, answer } = await program.get('/api/v1/incidents', bearing)
    expect([status, answer.headers.get('retry-after')]).toEqual([429, '60'])
    world.now += 60_000
    expect((await program.get('/api/v1/incidents', bearing)).status).toBe(200)
  })

  it('sees by /projects what it may do, and with whom', async () => {
    const { text } = await new Visitor(new PathWorld(), { access }).get('/api/v1/projects', bearing)
    expect(JSON.parse(text).projects).toContainEqual(
      expect.objectContaining({ name: 'pay', role: 'viewer', contacts: expect.objectContaining({ lin: '林悦' }) }),
    )
  })
})
