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
    for (let time = 0; time < 600; time++) expect((await program.get('/api/v1/incidents', bearing)).status).toBe(200)
    const { status, answer } = await program.get('/api/v1/incidents', bearing)
    expect([status, answer.headers.get('retry-after')]).toEqual([429, '60'])
    world.now += 60_000
    expect((await program.get('/api/v1/incidents', bearing)).status).toBe(200)
  })

  it('of an admin alone sends dead letters back; what they say is told to none', async () => {
    const admin = 'a-token-of-somebody-who-rules'
    const sent: unknown[] = []
    const queueDesk = async () => ({
      depths: async () => ({}),
      look: async () => ({
        letters: [{ id: 'm-1', body: 'a secret', sentAt: 5_000, redrives: 2, reason: 'no: +8613800000001' }],
        all: true,
      }),
      sendBack: async (...asked: unknown[]) => {
        sent.push(asked)
        return { sent: 1 }
      },
    })
    const rules = { access: [...(access as { access: [] }).access, { role: 'admin' as const, tokens: [admin] }] }
    const program = new Visitor(new PathWorld(), { access: rules, queueDesk })
    const { text } = await program.get('/api/v1/queues/events/letters', bearing)
    expect(JSON.parse(text)).toEqual({
      letters: [{ id: 'm-1', sentAt: '1970-01-01T00:00:05.000Z', redrives: 2, reason: 'no: …' }],
      all: true,
    })
    const back = '/api/v1/queues/events/send-back'
    expect((await program.json(back, {}, bearing)).status).toBe(403)
    expect(sent).toEqual([])
    const ruling = { authorization: `Bearer ${admin}` }
    expect((await program.json(back, { letter: 'm-1' }, ruling)).text).toBe('{"sent":1}')
    await program.json(back, {}, ruling)
    expect(sent).toEqual([
      ['events', { id: 'm-1' }],
      ['events', 'all'],
    ])
    expect((await program.json('/api/v1/queues/overflow/send-back', {}, ruling)).status).toBe(400)
  })

  it('sees by /projects what it may do, and with whom', async () => {
    const { text } = await new Visitor(new PathWorld(), { access }).get('/api/v1/projects', bearing)
    expect(JSON.parse(text).projects).toContainEqual(
      expect.objectContaining({ name: 'pay', role: 'viewer', contacts: expect.objectContaining({ lin: '林悦' }) }),
    )
  })
})
