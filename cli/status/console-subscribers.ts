import type { z } from 'zod/mini'
import type { subscriberList } from '../../services/console/api/schemas/subscribers.ts'
import type { SubscriberView } from '../../shared/engine/status/view-subscribers.ts'
import { consoleClient, pagesOf } from '../desk/console-client.ts'
import type { ConsolePlace } from '../desk/place.ts'
import type { CliIo } from '../io.ts'

const SUBSCRIBERS = '/api/v1/subscribers'

/** Who has subscribed to a status page, or to all, as a console tells it: those of its own region. */
export async function subscribersAt(
  place: ConsolePlace,
  page: string | undefined,
  io: CliIo,
): Promise<SubscriberView[]> {
  const client = consoleClient(place, io)
  const all: SubscriberView[] = []
  for await (const { subscribers } of pagesOf<z.infer<typeof subscriberList>>(
    SUBSCRIBERS,
    { ...(page && { page }) },
    client,
  ))
    all.push(...subscribers.map(viewOf))
  return all
}

/** Takes a subscriber away by a console. Throws a `CommandError` in its words when it knows no such one. */
export async function dropAt(place: ConsolePlace, page: string, id: string, io: CliIo): Promise<void> {
  await consoleClient(place, io).ask('DELETE', `${SUBSCRIBERS}/${encodeURIComponent(page)}/${encodeURIComponent(id)}`)
}

function viewOf(of: z.infer<typeof subscriberList>['subscribers'][number]): SubscriberView {
  const { page, id, way, address, confirmed, since, sentAt, failures } = of
  return {
    ...{ page, name: id, way, state: confirmed ? 'active' : 'asked', since: Date.parse(since), failures },
    ...(address !== undefined && { address }),
    ...(sentAt !== undefined && { sentAt: Date.parse(sentAt) }),
  }
}
