import { readRevision } from '../../clouds/aws/contacts-row.ts'
import { dynamoDbIn } from '../../clouds/aws/dynamodb-in.ts'
import type { Env } from '../../clouds/aws/lambda.ts'
import { dutyTable } from '../../clouds/aws/regions-table.ts'
import { dynamoTable } from '../../clouds/aws/table.ts'
import { writeLog } from '../../clouds/aws/write-log.ts'
import { canaryIn } from '../../store/canary.ts'
import { readDuty } from '../../store/duty.ts'
import { readEnded } from '../../store/ended-sessions.ts'
import { readAddress } from '../../store/region-addresses.ts'
import { readSilences } from '../../store/silences.ts'
import { readSwaps } from '../../store/swaps.ts'
import type { KnownRegion } from './follow-regions.ts'

/** A region of the deployment as watch reads it: its tables have the names of ours. */
export function knownRegion(
  region: string,
  env: Env,
  tables: { incidents: string; contacts: string; regions: string },
): KnownRegion {
  const dynamodb = dynamoDbIn(region, env)
  const incidents = dynamoTable(dynamodb, tables.incidents)
  return {
    region,
    swaps: () => readSwaps({ incidents, log: writeLog }),
    silences: () => readSilences({ incidents, log: writeLog }),
    sessions: () => readEnded({ incidents, log: writeLog }),
    address: () => readAddress(region, { incidents }),
    duty: () => readDuty(dutyTable(dynamodb, tables.regions)),
    canary: () => canaryIn({ incidents }),
    people: (project) => readRevision(dynamodb, tables.contacts, project),
  }
}
