import type { YearOfHolidays } from './calendar.ts'

/** Mainland China, with the working days that make up for long holidays (调休). The State Council publishes a year late in the one before. */
export const cn: YearOfHolidays[] = [
  {
    year: 2026,
    source: '国务院办公厅关于2026年部分节假日安排的通知（国办发明电〔2025〕7号，2025-11-04）',
    holidays: [
      { name: '元旦', off: ['2026-01-01', '2026-01-03'], working: ['2026-01-04'] },
      { name: '春节', off: ['2026-02-15', '2026-02-23'], working: ['2026-02-14', '2026-02-28'] },
      { name: '清明节', off: ['2026-04-04', '2026-04-06'] },
      { name: '劳动节', off: ['2026-05-01', '2026-05-05'], working: ['2026-05-09'] },
      { name: '端午节', off: ['2026-06-19', '2026-06-21'] },
      { name: '中秋节', off: ['2026-09-25', '2026-09-27'] },
      { name: '国庆节', off: ['2026-10-01', '2026-10-07'], working: ['2026-09-20', '2026-10-10'] },
    ],
  },
]
