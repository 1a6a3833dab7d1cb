import type { Language } from '../../contracts/words.ts'

/** What the console's page of silences says of planned work. */
interface MaintenanceWords {
  /** Above the windows that stand in the configuration. */
  configured: string
  how: string
  /** Before the end of one that counts. */
  until: string
  end: string
}

/** What is hatched, where it is pointed at or explained. */
export const maintenanceWord: Record<Language, string> = { zh: '维护时段', en: 'maintenance' }

export const maintenanceWords: Record<Language, MaintenanceWords> = {
  zh: {
    configured: 'fenghuo.yml 里的维护时段',
    how: '在 fenghuo.yml 里修改并部署；临时的维护用 bin/fenghuo.js maintenance add。',
    until: '到',
    end: '结束维护',
  },
  en: {
    configured: 'Maintenance windows of fenghuo.yml',
    how: 'They are changed there and deployed; bin/fenghuo.js maintenance add plans work without that.',
    until: 'until',
    end: 'End the maintenance',
  },
}
