import type { ChannelIo } from './channel.ts'

/** A signed request, to be posted as it is. */
interface Request {
  url: string
  headers: Record<string, string>
  body?: string
}

/** What a vendor answers to a question, as JSON; nothing where it gives no such answer. Rejects never. */
export async function askJson({ url, ...request }: Request, io: ChannelIo): Promise<Record<string, unknown>> {
  try {
    const response = await io.fetch(url, { ...request, method: 'POST', redirect: 'manual', signal: io.signal })
    return Object(await response.json())
  } catch {
    return {}
  }
}
