import type { Examination, Found } from '../../shared/channels/diagnoses/finding.ts'
import { credentialsFor } from '../../shared/clouds/aws/clients.ts'
import { lastPut, putObject } from '../../shared/clouds/bucket.ts'
import { copyBucket } from '../../shared/clouds/copy-bucket.ts'
import { resolveReferences } from '../../shared/contracts/references.ts'
import type { CompiledCopy } from '../../shared/contracts/status-page.ts'
import { asWritten } from '../../shared/contracts/words.ts'
import { found } from '../words/findings/copies.ts'
import type { Area } from './finding.ts'
import type { Patient } from './patient.ts'

/** What is put beside a copy to see whether that can be done: the same each time, so that one is there at most. */
const TRIAL = 'fenghuo-doctor.txt'

/** Whether the bucket elsewhere takes the copy of each status page that has one: a small object is put there, and looked for. */
export const copies: Area = {
  name: 'copies',
  examinations(patient) {
    if (patient.stage === undefined) return []
    return Object.entries(patient.config.status ?? {}).flatMap(([page, { copy }]): Examination[] =>
      copy === undefined ? [] : [{ subject: asWritten(`${page} (${copy.bucket})`), ask: () => oneCopy(copy, patient) }],
    )
  },
}

/** Elsewhere by the key that watch has; at AWS by the rights of whoever asks, since nobody else signs as watch does. */
async function oneCopy(copy: CompiledCopy, patient: Patient): Promise<Found> {
  const { env: deployed } = await patient.lambda('watch')
  const missing = copy.store === undefined ? [] : resolveReferences(copy.store, deployed).missing
  if (missing.length > 0) return found('unset', missing)
  const own = await credentialsFor(patient.target.env)()
  const env = { ...patient.env, ...deployed }
  const bucket = copyBucket(copy, env, () => own, patient.now)
  const key = copy.prefix + TRIAL
  const body = `Put by bin/fenghuo.js doctor at ${new Date(patient.now()).toISOString()}\n`
  try {
    await putObject({ key, body, type: 'text/plain', cacheControl: 'no-store' }, bucket)
  } catch (error) {
    const { code } = error as { code?: string }
    if (code === undefined) throw error
    if (copy.store === undefined && code === 'AccessDenied') return found('not-yours', key)
    return found('not-put', code)
  }
  return (await lastPut(key, bucket)) === undefined ? found('unread', key) : found('put', key)
}
