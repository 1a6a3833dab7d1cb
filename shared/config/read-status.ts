import { mistake } from '../contracts/mistake.ts'
import { name } from '../contracts/name.ts'
import type { Reader } from './reader.ts'
import { component, type StatusPage, statusPage } from './status-schema.ts'
import type { Path } from './yaml.ts'

/** Reads `status`; a page with a mistake is left out, which the reader has noted. */
export function readStatus(reader: Reader): Record<string, StatusPage> {
  const pages: Record<string, StatusPage> = {}
  for (const slug of reader.names(name, ['status'])) {
    const path = ['status', slug]
    const components = readComponents(reader, path)
    const { components: _, ...value } = Object(reader.get(path)) as Record<string, unknown>
    const page = reader.read(statusPage, path, { value, alsoKnown: ['components'] })
    if (page === undefined) continue
    const { logo, ...rest } = page
    if (page.subscribe?.includes('mail') && reader.get(['channels', 'email']) === undefined)
      reader.note(
        [...path, 'subscribe'],
        mistake('no-mail', {
          en: 'needs a server of mail: write `channels.email`',
          zh: '需要邮件服务器：写 `channels.email`',
        }),
      )
    const image = logo === undefined ? undefined : reader.image([...path, 'logo'])
    pages[slug] = { ...rest, components, ...(image && { logo: image }) }
  }
  return pages
}

function readComponents(reader: Reader, page: Path): StatusPage['components'] {
  const components: StatusPage['components'] = {}
  const path = [...page, 'components']
  const names = reader.names(name, path)
  if (names.length === 0)
    reader.note(
      reader.get(path) === undefined ? page : path,
      mistake('no-components', {
        en: 'has no `components`: name what outsiders use, each with its `title` and `checks`',
        zh: '没有 `components`：写明外部使用的各项服务，各有 `title` 和 `checks`',
      }),
    )
  const known = checkNames(reader)
  for (const key of names) {
    const read = reader.read(component, [...path, key])
    reader.lookUp([...path, key, 'checks'], 'check', known)
    if (read !== undefined) components[key] = read
  }
  return components
}

/** What a component may name: projects that have checks, and each of these. */
function checkNames(reader: Reader): string[] {
  return reader.keys(['projects']).flatMap((project) => {
    const own = reader.keys(['projects', project, 'checks'])
    return own.length === 0 ? [] : [project, ...own.map((check) => `${project}/${check}`)]
  })
}
