import { listIncidents } from '../../shared/store/incidents.ts'
import { checksFrom, Probes } from '../engine/probes.ts'

const sg = 'aws/ap-southeast-1'

/** Two checks that are down, of which the first is behind a component of a status page; `numberOf`: of the incident of one. */
export async function burningForOutsiders() {
  const title = { zh: '收银台', en: 'Checkout' }
  const components = { checkout: { title, checks: ['pay/web'] } }
  const of = new Probes({
    checks: checksFrom(['web', 'db'], [sg]),
    status: { pay: { title, languages: ['zh', 'en'], components } },
  })
  of.config.vantages = { sg }
  await of.minutes(3, { [sg]: 'dd' })
  const open = await listIncidents('open', 9, of.io())
  const numberOf = (check: string) => open.find(({ component }) => component === check)?.number ?? 0
  return { of, numberOf }
}
