import { perSeverity } from '../../shared/contracts/severities.ts'
import { wakingSeverity } from '../../shared/engine/waking-trial.ts'
import { guides } from '../../shared/ingest/registered/guides.ts'

/** Enough for an example: nothing of it is kept. */
const someone = { receivedAt: 0, token: () => 'test', options: undefined }

/** What the pages say of each format: of the guides, that which is data. */
export const inboundGuides = guides.map((guide) => ({
  format: guide.format.format,
  routes: guide.format.routes,
  title: guide.title,
  setup: guide.setup,
  example: guide.example,
  isSigned: guide.sign !== undefined,
  /** How severe a test would be in a project whose alerts without a severity are this, if it may call somebody. */
  wakes: perSeverity(({ name }) =>
    wakingSeverity(guide, { ...someone, project: { name: 'test', title: 'test', severity: name } }),
  ),
}))
