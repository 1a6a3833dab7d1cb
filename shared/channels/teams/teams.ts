import type { Channel } from '../channel.ts'
import { type Settings, settings } from './settings.ts'
import { teamsSender as sender } from './teams.sender.ts'

/** Microsoft Teams, by a workflow that takes Adaptive Cards. */
export const teams: Channel<Settings> = {
  ...sender,
  title: { zh: 'Microsoft Teams', en: 'Microsoft Teams' },
  summary: {
    en: 'Microsoft Teams, by a workflow: one Adaptive Card for each state change, with the ack link as its button.',
    zh: 'Microsoft Teams 工作流：每次状态变化发一张自适应卡片，按钮是认领链接。',
  },
  reaches: 'group',
  settings,
  example: { url: '${TEAMS_URL}' },
}
