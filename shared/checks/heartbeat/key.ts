import { isSameSecret } from '../../contracts/same-secret.ts'
import { subjectToken } from '../../contracts/subject-token.ts'

/** What a job shows when it reports by HTTP: it stands for one check, and is worth nothing for another. */
export function heartbeatKey(check: string, secret: string): string {
  return subjectToken(`heartbeat:${check}`, secret)
}

/** Whether a key is that of a check; compared in constant time. */
export function isHeartbeatKey(given: string, check: string, secret: string): boolean {
  return isSameSecret(given, heartbeatKey(check, secret))
}

/** What all jobs of a project may show, in the form of Healthchecks: it stands for every heartbeat of this project. */
export function pingKey(project: string, secret: string): string {
  return subjectToken(`ping:${project}`, secret)
}

/** Where a job reports in the form of Healthchecks, whose clients append `/start`, `/fail` or an exit status. */
export function pingUrl(base: string, check: string, secret: string): string {
  const [project = '', name = ''] = check.split('/')
  return `${base.replace(/\/+$/, '')}/ping/${pingKey(project, secret)}/${name}`
}

/** Where a job reports, below the address of the function that hears it. */
export function heartbeatUrl(base: string, check: string, secret: string): string {
  return `${base.replace(/\/+$/, '')}/heartbeat/${check}?key=${heartbeatKey(check, secret)}`
}
