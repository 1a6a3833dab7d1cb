import { Layout, type Notice } from '../../services/console/pages/layout.tsx'
import type { View } from '../../services/console/view.ts'
import type { Phone } from '../phones.ts'
import { PhoneCard } from './phone.tsx'
import { Again, Sound } from './tools.tsx'
import { pageWords } from './words.ts'

/** The phones of all who are on call, side by side. */
export function PhonesPage({ view, phones, notice }: { view: View; phones: Phone[]; notice?: Notice | undefined }) {
  const say = pageWords[view.language]
  const ringing = phones.filter(({ call }) => call?.state === 'ringing').length
  const title = ringing === 0 ? say.phones : `☎ ${say.calls(ringing)}`
  return (
    <Layout view={view} title={title} notice={notice}>
      <h1 class={ringing === 0 ? undefined : 'burning'}>{title}</h1>
      <p class="quiet">{phones.length === 0 ? say.noPhones : say.howPhones}</p>
      <p class="tools">
        <Sound view={view} />
        <Again view={view} />
      </p>
      <div class="phones" aria-live="polite">
        {phones.map((phone) => (
          <PhoneCard view={view} phone={phone} back="/phones" />
        ))}
      </div>
    </Layout>
  )
}
