import type { z } from 'zod/mini'
import type { alertFate, incidentWhy } from '../../services/console/api/schemas/why.ts'
import { changeText } from '../../shared/messages/changes.ts'
import { titleOf } from '../incident.ts'
import type { CliIo } from '../io.ts'
import type { ConsoleClient } from './console-client.ts'
import type { Fate, Why } from './desk.ts'

export async function whyAt(number: number, client: ConsoleClient, io: CliIo): Promise<Why> {
  const { text } = await client.ask('GET', `/api/v1/incidents/${number}/why`)
  return whyIn(JSON.parse(text), io)
}

export async function whyOfKeyAt(
  key: string,
  project: string | undefined,
  client: ConsoleClient,
  io: CliIo,
): Promise<Why | Fate> {
  const query = new URLSearchParams({ key, ...(project !== undefined && { project }) })
  const { text } = await client.ask('GET', `/api/v1/alerts/fate?${query}`)
  const { number, fate } = JSON.parse(text) as z.infer<typeof alertFate>
  if (number !== undefined) return whyAt(number, client, io)
  return { fate: fate?.text[io.language] ?? '', neverCame: fate?.code === 'never-came', machines: { fate } }
}

function whyIn(of: z.infer<typeof incidentWhy>, { language }: CliIo): Why {
  const { number, project, title, policy, changes } = of
  const openedAt = Date.parse(of.openedAt)
  return {
    title: titleOf({ number, project, title: title[language] }, { language }),
    project,
    openedAt,
    changes: changes?.map((change) => changeText(change, openedAt - Date.parse(change.at), language)),
    decisions: of.decisions.map(({ at, text, rule }) => ({
      at: Date.parse(at),
      text: text[language],
      rule: rule?.text[language],
    })),
    notCalled: of.notCalled.map(({ name, why }) => ({ name, why: why.text[language] })),
    hasPolicy: policy !== undefined,
    machines: of,
  }
}
