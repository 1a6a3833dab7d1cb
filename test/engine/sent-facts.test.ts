import { expect, it } from 'vitest'
import { takeCloudEvent } from '../../shared/engine/ingest/take-cloud-event.ts'
import { request, WayIn } from '../ingest/requests.ts'
import { at } from '../messages/notices.ts'
import { Grouping } from './grouping.ts'
import { PathWorld } from './world.ts'

const cluster = {
  ...{ source: 'aws.emr', 'detail-type': 'EMR Cluster State Change', id: 'e-1', account: '1', region: 'us-east-1' },
  time: '2026-11-28T10:00:00Z',
  detail: { clusterId: 'j-1', name: 'nightly', state: 'TERMINATED_WITH_ERRORS' },
}
const GROUP = 'fenghuo:group:region=us-east-1'
const incidentKey = 'aws/1/us-east-1/emr-cluster/j-1'

/** The message that an event of AWS puts on the events queue. */
async function messageOf(event: object): Promise<object> {
  const way = new WayIn()
  way.options.aws = { events: ['emr'] }
  await takeCloudEvent(event, way.io)
  return JSON.parse(way.batches.flat()[0] ?? '')
}

it('what AWS reports is told to each reader in their own language', async () => {
  const world = new PathWorld()
  await world.evaluate(await messageOf(cluster))
  expect(world.says('pay', incidentKey, 'en')).toBe('EMR cluster nightly (j-1) has terminated with errors')
  expect(world.says('pay', incidentKey, 'zh')).toBe('EMR 集群 nightly（j-1）异常终止')
  expect(world.incident('pay', incidentKey)).toMatchObject({
    title: 'nightly',
    summary: '',
    labels: { name: 'nightly' },
  })
})

it('it joins the groups of its project, and is named there', async () => {
  const world = new Grouping({ groupBy: ['region'] })
  await world.evaluate(await messageOf(cluster))
  await world.evaluate(await messageOf({ ...cluster, detail: { ...cluster.detail, clusterId: 'j-2', name: '夜间' } }))
  expect(world.says('pay', GROUP)).toContain('2 alerts')
  expect(world.incident('pay', GROUP).details).toEqual({
    newest: ['aws/1/us-east-1/emr-cluster/j-2: 夜间'],
  })
})

it('arguments of another version page all the same', async () => {
  const world = new PathWorld()
  const fact = { code: 'aws-change', args: { thing: 'moon', phase: ['full'] } }
  await world.evaluate({
    ...{ v: 1, kind: 'alerts' },
    alerts: [{ action: 'trigger', dedupKey: 'web', project: 'pay', fact }],
  })
  expect(world.says('pay', 'web')).toBe('aws change ({"thing":"moon","phase":["full"]})')
})

it('over HTTP nobody brings a fact: a stranger’s words are their own', async () => {
  const way = new WayIn()
  const fact = { code: 'aws-change', args: { thing: 'ec2', id: 'i-1', state: 'stopped' } }
  const body = { action: 'trigger', dedupKey: 'web', summary: 'web is down', at: at('02:10'), fact }
  await way.take(request(`/alerts/${'0123456789abcdef'.repeat(2)}`, body))
  expect(way.alerts).toMatchObject([{ summary: 'web is down' }])
  expect(way.alerts).not.toMatchObject([{ fact: expect.anything() }])
})

it('what AWS says at great length is cut, and the page is not lost', async () => {
  const world = new PathWorld()
  const reason = JSON.stringify({ code: 'X', message: '"'.repeat(5_000) })
  await world.evaluate(
    await messageOf({ ...cluster, detail: { ...cluster.detail, name: 'n"'.repeat(500), stateChangeReason: reason } }),
  )
  expect(world.says('pay', incidentKey)).toMatch(/^EMR cluster n"n".* has terminated with errors: X: "{100}/)
})
