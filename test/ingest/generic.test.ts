import { beforeEach, describe, expect, it } from 'vitest'
import { KEY, request, sampleText, WayIn } from './requests.ts'

let way: WayIn
beforeEach(() => {
  way = new WayIn()
})

const send = (body: unknown, headers: Record<string, string> = {}) =>
  way.take(request(`/events/${KEY}`, body, { headers }))
const form = { 'content-type': 'application/x-www-form-urlencoded; charset=UTF-8' }

describe('any JSON', () => {
  const example = JSON.parse(sampleText('generic-mapping.example.json'))

  it('is read by a mapping', async () => {
    way.options.generic = example.mapping
    expect((await send(example.body)).status).toBe(202)
    expect(way.alerts).toMatchObject([example.alert])
    await send({ ...example.body, state: 0 })
    expect(way.alerts[1]).toMatchObject({ action: 'resolve', dedupKey: example.alert.dedupKey })
  })

  it('is read item by item where a list is named', async () => {
    way.options.generic = { each: 'items', summary: 'what', dedupKey: '{kind}/{no}' }
    await send({ items: [{ what: 'a', kind: 'x', no: 1 }, { what: 'b' }, 'nothing'] })
    expect(way.alerts).toMatchObject([
      { summary: 'a', dedupKey: 'x/1' },
      { summary: 'b', dedupKey: 'made-1' },
    ])
    const notes = way.alerts.map((one) => (one as { notes?: unknown }).notes)
    expect(notes).toEqual([[{ code: 'alerts-unreadable', args: { count: 1, first: 'alerts.2' } }], undefined])
  })

  it.each<[string, unknown, object]>([
    ['there is one alert in place of the list', { items: { what: 'a', no: 7 } }, { summary: 'a', dedupKey: '7' }],
    [
      'the list is elsewhere',
      { what: 'a', data: [{ no: 1 }] },
      { summary: 'a', notes: [{ code: 'alerts-unreadable', args: { count: 1, first: 'items' } }] },
    ],
    [
      'nothing in the list is an alert',
      { what: 'a', items: ['disk full'] },
      { summary: 'a', details: { items: ['disk full'] }, notes: [{ code: 'alerts-unreadable' }] },
    ],
  ])('pages all the same where %s', async (_, body, expected) => {
    way.options.generic = { each: 'items', summary: 'what', dedupKey: 'no' }
    expect((await send(body)).status).toBe(202)
    expect(way.alerts).toMatchObject([expected])
  })

  it('says in Chinese, too, that it is over', async () => {
    await send({ id: 7, title: '磁盘已满', status: '已恢复' })
    expect(way.alerts).toMatchObject([{ action: 'resolve', dedupKey: '7' }])
  })

  it('is read by what fields are usually called, in a form and in a list, too', async () => {
    await send([
      { title: 'one', id: 7, level: 'P2' },
      { msg: 'two', key: 'k', state: 'OK' },
    ])
    await send('message=three&alias=x&priority=low', form)
    expect(way.alerts).toMatchObject([
      { action: 'trigger', summary: 'one', dedupKey: '7', severity: 'error' },
      { action: 'resolve', summary: 'two', dedupKey: 'k' },
      { action: 'trigger', summary: 'three', dedupKey: 'x', severity: 'info' },
    ])
  })
})
