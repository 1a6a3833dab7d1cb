import { expect, it } from 'vitest'
import { inboundDocument } from '../../cli/inbound/document.ts'
import { inboundPage } from '../../cli/inbound/page.ts'
import { guides } from '../../shared/ingest/registered/guides.ts'
import { KEY, request, WayIn } from '../ingest/requests.ts'

it('is taken at its route, and answered as its sender wants', async () => {
  const way = new WayIn()
  const beaten = { drum: 'north', beats: 3 }
  expect(await way.take(request(`/drum/${KEY}`, beaten))).toMatchObject({ status: 202 })
  expect(await way.take(request(`/drum/${KEY}`, { ...beaten, beats: 1 }))).toMatchObject({ status: 202 })
  expect(way.alerts).toMatchObject([
    { action: 'trigger', dedupKey: 'drum/north', summary: 'north: 3' },
    { action: 'resolve', dedupKey: 'drum/north' },
  ])
})

it('is documented in both languages, by a page of its own', () => {
  const drum = guides.find(({ format: { format } }) => format === 'drum') ?? expect.unreachable()
  expect(inboundDocument('en')).toContain('(inbound/drum.md)')
  expect(inboundDocument('zh')).toContain('(inbound/drum.zh-CN.md)')
  expect(inboundPage(drum, 'en')).toContain('Beat it towards')
  expect(inboundPage(drum, 'zh')).toContain('更鼓')
})
