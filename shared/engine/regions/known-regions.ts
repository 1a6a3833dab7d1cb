import { readRevision } from '../../clouds/aws/contacts-row.ts'
import { dynamoDbIn } from '../../clouds/aws/dynamodb-in.ts'
import { required } from '../../clouds/aws/env.ts'
import { invoke } from '../../clouds/aws/invoke.ts'
import type { JsonServiceOptions } from '../../clouds/aws/json-service.ts'
import type { Env } from '../../clouds/aws/lambda.ts'
import { LITTLE_PATIENCE } from '../../clouds/aws/patience.ts'
import { dutyTable } from '../../clouds/aws/regions-table.ts'
import { credentialsOf } from '../../clouds/aws/sigv4.ts'
import { dynamoTable } from '../../clouds/aws/table.ts'
import { writeLog } from '../../clouds/aws/write-log.ts'
import type { Instant } from '../../contracts/words.ts'
import { canaryIn } from '../../store/canary.ts'
import { readDuty } from '../../store/duty.ts'
import { readAddress } from '../../store/region-addresses.ts'
import { readSilences } from '../../store/silences.ts'
import type { KnownRegion } from './follow-regions.ts'
import { greetPeer } from './greet-peer.ts'

/** The function of a region that nothing has woken yet begins in less. */
const GREET_MS = 5_000

/** A region of the deployment as watch reads it: its tables have the names of ours. What is lost may not hold up watch for long. */
export function knownRegion(
  region: string,
  env: Env,
  tables: { incidents: string; contacts: string; regions: string },
  now: () => Instant,
  credentials?: JsonServiceOptions['credentials'],
): KnownRegion {
  const options = { patience: { ...LITTLE_PATIENCE, tries: 2 }, ...(credentials && { credentials }) }
  const dynamodb = dynamoDbIn(region, env, options)
  const incidents = dynamoTable(dynamodb, tables.incidents)
  return {
    region,
    silences: () => readSilences({ incidents, log: writeLog }),
    address: () => readAddress(region, { incidents }),
    duty: () => readDuty(dutyTable(dynamodb, tables.regions)),
    canary: () => canaryIn({ incidents }),
    greet: () =>
      greetPeer(region, { own: env.AWS_REGION ?? '', now }, (greeting) => {
        const [functionName, credentials] = [required(env, 'PEER_FUNCTION'), credentialsOf(env)]
        return invoke(functionName, greeting, { region, credentials, limitMs: GREET_MS, env, now })
      }),
    people: (project) => readRevision(dynamodb, tables.contacts, project),
  }
}
