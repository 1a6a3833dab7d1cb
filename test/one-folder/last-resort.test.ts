import { expect, it } from 'vitest'
import { channelsPage } from '../../cli/channels-page.ts'
import { lastResort } from '../../cli/doctor/last-resort.ts'
import { withRecipients } from '../../plugins/config/environment.ts'
import { zipPatterns } from '../../plugins/config/functions.ts'
import type { CompiledConfig } from '../../shared/contracts/compiled-config.ts'
import { tellLastResort } from '../../shared/delivery/last-resort.ts'
import { recipientsOf } from '../../shared/delivery/last-resort-settings.ts'
import { ioWith } from '../channels/io.ts'
import { deployed, lines, patientWith } from '../cli/doctor/patient.ts'
import { at } from '../messages/notices.ts'

const board = { LAST_RESORT_BOARD: '7,8' }

it('is read of the environment, in its clouds alone', () => {
  expect(recipientsOf(board, 'aws')).toEqual([{ type: 'pager', settings: { to: ['7', '8'] } }])
  expect(() => recipientsOf({ LAST_RESORT_BOARD: 'seven' }, 'aws')).toThrow('LAST_RESORT_BOARD: seven should be')
  expect(() => recipientsOf(board, 'tencent')).toThrow('LAST_RESORT_BOARD: probes on tencent have no such channel')
})

it('is packaged with the probes of its clouds: variables, and the sender in the zip', () => {
  const env = { ...board, LAST_RESORT_BOARD_AWS: '9' }
  expect(withRecipients({}, env, 'aws')).toEqual({ LAST_RESORT_BOARD: '9' })
  expect(withRecipients({}, env, 'tencent')).toEqual({})
  const patternsAt = (vantage: string) => {
    const environment = { FENGHUO_CONFIG: 'probe.json', VANTAGE: vantage }
    return zipPatterns({ handler: 'services/probe/aws.handler', environment }, {
      checks: [],
    } as unknown as CompiledConfig)
  }
  const sender = 'services/probe/aws.pager.last-resort.js'
  expect(patternsAt('aws/ap-southeast-1')).toContain(sender)
  expect(patternsAt('tencent/ap-guangzhou')).not.toContain(sender)
})

it('tells people', async () => {
  const now = at('02:14')
  const trouble = { check: 'pay/web', project: 'pay', title: 'web', state: 'down', since: now, urgent: false } as const
  const place = { vantage: 'aws/ap-southeast-1', language: 'en', timezone: 'Asia/Shanghai' } as const
  const notice = { ...place, at: now, lostSince: now, troubles: [trouble] }
  const told = await tellLastResort(notice, new Map(), ioWith(board))
  const title = 'LAST RESORT | 1 check in trouble | AWS Singapore'
  expect(told).toEqual(
    ['7', '8'].map((to) => ({
      channel: 'pager',
      troubles: 1,
      delivery: { status: 'sent', receipt: `${to}: ${title}` },
    })),
  )
})

it('has a line of doctor and a row in the documents', async () => {
  const patient = patientWith({}, { lambda: async () => deployed(board) })
  expect((await lines(lastResort, patient)).at(0)).toMatch(/^ok .*pager to 2: board 7,8 hangs$/)
  expect(channelsPage('en')).toContain('| `LAST_RESORT_BOARD` | `pager`, of probes on aws | the number of a board |')
})
