import { expect, it } from 'vitest'
import { channelsPage } from '../../cli/channels-page.ts'
import { robots as doctorsRobots } from '../../cli/doctor/channels.ts'
import type { Patient } from '../../cli/doctor/patient.ts'
import { cast } from '../../cli/drill/cast.ts'
import { fenghuoYml } from '../../cli/drill/files.ts'
import { vendorAddresses } from '../../local/addresses.ts'
import { createJournal } from '../../local/journal.ts'
import { startSandboxes } from '../../local/sandboxes.ts'
import { FORBIDDEN } from '../../shared/channels/callback.ts'
import { callbacks } from '../../shared/channels/registered/callbacks.ts'
import { sendersOf } from '../../shared/channels/senders.ts'
import { compileFor } from '../../shared/config/compile-for.ts'
import { fenghuoSchema, oncallSchema } from '../../shared/config/json-schema.ts'
import { loadConfig } from '../../shared/config/load.ts'
import { loadOnCall } from '../../shared/config/oncall-file.ts'
import { group, ioWith } from '../channels/io.ts'
import { simulator } from '../fixtures/channels/pager/simulator.ts'
import { messageOf, opened } from '../messages/notices.ts'

const yml = fenghuoYml('http://127.0.0.1:1/', cast)

function configured() {
  const { config, problems } = loadConfig(yml, 'fenghuo.yml')
  expect(problems).toEqual([])
  if (config === undefined) throw new Error('no configuration')
  return config
}

it('a channel of one folder is in the rehearsal, in the configuration and among the robots of a plan', () => {
  expect(configured().channels.pager).toEqual({ name: 'pager', type: 'pager', settings: { board: '${BOARD}' } })
  expect(configured().projects.drill?.chat).toContain('pager')
})

it('its settings and its key of a contact are read, and published', () => {
  const wrong = loadConfig(yml.replace('board:', 'bored:'), 'fenghuo.yml').problems
  expect(JSON.stringify(wrong)).toContain('board')
  const contacts = (key: string) => `contacts:\n  lin: { name: Lin, email: l@example.com, ${key}: "7" }\n`
  expect(loadOnCall(contacts('badge'), 'oncall.yml').directory?.contacts.lin).toMatchObject({ badge: '7' })
  expect(loadOnCall(contacts('batch'), 'oncall.yml').problems).toHaveLength(1)
  expect(JSON.stringify(fenghuoSchema())).toContain('The number of the board')
  expect(JSON.stringify(oncallSchema())).toContain('Number of the badge.')
})

it('its limits, codes and address are documented', () => {
  const page = channelsPage('en')
  expect(page).toContain(
    '| `pager` | Board, 告示牌 | any name | a group | 99 | 3 a minute | 9 s | `badge` | `FENGHUO_PAGER_URL` |',
  )
  expect(page).toContain('Source of the limits: The board’s own plate.')
  expect(page).toContain(
    '| `7` | there is no such robot, application or instance | hang up a board | the next channel takes over |',
  )
  expect(page).toContain('Source of the codes: The back of the board.')
})

it('page sends by it, and one machine has a sandbox for it, with its title on the page, and an address for other tools', async () => {
  const journal = createJournal()
  const sandboxes = await startSandboxes({
    config: configured(),
    env: {},
    region: 'ap-southeast-1',
    journal,
    now: () => 5,
    speaking: false,
    invokeLambda: async () => ({}),
    emit: async () => {},
    postReceipts: async () => {},
    simulatorOf: async (type) => (type === 'pager' ? simulator : undefined),
  })
  expect(sandboxes.channels).toContainEqual({
    name: 'pager',
    type: 'pager',
    title: { zh: '告示牌', en: 'Board' },
    mode: 'sandbox',
  })
  expect(vendorAddresses(sandboxes, {})).toEqual({ pager: sandboxes.env.FENGHUO_PAGER_URL })
  const settings = { board: sandboxes.env.BOARD }
  const { pager } = await sendersOf(['pager'])
  expect(pager?.limits).toMatchObject({ perMinute: 3, lockOutMs: 9_000 })
  const delivery = await pager?.send(messageOf(opened), group, settings, ioWith(sandboxes.env))
  expect(delivery).toEqual({ status: 'sent' })
  expect(journal.messages()).toMatchObject([{ channel: 'pager', title: { en: 'Board' }, text: 'opened' }])
  await sandboxes.stop()
})

it('presses on its buttons are read, by the settings that this needs', async () => {
  const { channels } = compileFor('acknowledge', configured())
  expect(channels.pager?.settings).toEqual({ board: '${BOARD}' })
  const { addressKey, read } = (await callbacks.pager?.reader()) ?? expect.fail('nothing reads presses')
  const press = (board: string) =>
    read(
      { method: 'GET', query: new URLSearchParams({ board, token: 't', badge: '7' }), headers: {}, body: '' },
      { board: '12' } as never,
      0,
      'r',
    )
  expect(addressKey).toBe('badge')
  expect(press('12')).toMatchObject({ token: 't', id: '7' })
  expect(press('13')).toBe(FORBIDDEN)
})

it('doctor has a line for it', async () => {
  const { pager } = configured().channels
  const patient = { config: { channels: { pager } }, channelEnv: async () => ({ BOARD: '12' }) } as unknown as Patient
  const [examination] = await doctorsRobots.examinations(patient)
  expect(examination?.subject).toEqual({ en: 'pager', zh: 'pager' })
  expect(await examination?.ask(new AbortController().signal)).toMatchObject({
    status: 'ok',
    detail: { en: 'board 12 hangs', zh: '告示牌 12 挂着' },
  })
})
