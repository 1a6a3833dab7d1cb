import { inBoth } from '../../../../shared/contracts/words.ts'
import { silentMs } from '../../../../shared/engine/console/silent-ms.ts'
import { type GroupView, viewGroup } from '../../../../shared/engine/console/view-kafka.ts'
import { kafkaWords } from '../../../../shared/messages/console/kafka.ts'
import type { Handlers } from '../asked.ts'
import type { kafka } from '../contract/kafka.ts'
import { pageOf } from '../paging.ts'
import { refusal } from '../refusal.ts'

export const kafkaHandlers: Handlers<keyof typeof kafka> = {
  async listGroups({ query, rights, reading }, { groups }) {
    const { project } = query
    const mine = (await groups()).filter(
      ({ check: one }) => rights.can('viewer', one.project) && (project ?? one.project) === one.project,
    )
    const { shown, next } = pageOf(mine, nameOf, query)
    return { body: { groups: shown.map((one) => groupResource(one, reading.now)), ...next } }
  },

  async readGroup({ query: { check: id, vantage, group }, rights, io, reading }, { config }) {
    const found = await viewGroup({ id, vantage, group }, config, io)
    if (found === undefined || !rights.can('viewer', found.check.project))
      throw refusal(404, 'not-found', (say) => say.noGroup)
    const { partitions = [] } = found.detail ?? {}
    const whyOf = (status: (typeof partitions)[number]['status']) =>
      inBoth((language) => kafkaWords[language].why[status])
    const shown = partitions.map((one) => ({ ...one, why: whyOf(one.status) }))
    return { body: { ...groupResource(found, reading.now), partitions: shown } }
  },
}

function nameOf({ check, vantage, group }: GroupView): string {
  return `${check.id}#${vantage}#${group}`
}

function groupResource({ check, vantage, group, detail }: GroupView, now: number) {
  const { worst, at, lag, ageMs, partitions = [] } = detail ?? {}
  const inTrouble = partitions.filter(({ status }) => status !== 'OK').length
  return {
    project: check.project,
    check: check.id,
    vantage,
    group,
    ...(worst !== undefined && { status: worst }),
    ...(at !== undefined && { at: new Date(at).toISOString() }),
    stale: detail !== undefined && silentMs(detail, check, now) !== undefined,
    ...(lag !== undefined && { lag }),
    ...(ageMs !== undefined && { ageMs }),
    count: { partitions: partitions.length, inTrouble },
  }
}
