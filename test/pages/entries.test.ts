// The entries of home, the pages that exist, and the id that is read out.
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { PAGES } from '../../miniprogram/config'
import { zhCN } from '../../miniprogram/i18n/zh-cn'
import { entriesOf } from '../../miniprogram/pages/home/entries'
import { shortIdOf } from '../../miniprogram/pages/home/present'
import { anna } from '../support/client-world'

const ALL = ['pages/phone/phone', 'pages/profile/profile', 'pages/account/account']
const phone = { masked: '120****0005', countryCode: '86' }

test('the list of pages is that of app.json', () => {
  const appJson = readFileSync(resolve(__dirname, '../../miniprogram/app.json'), 'utf8')
  expect((JSON.parse(appJson) as { pages: string[] }).pages).toEqual(PAGES)
})

test('a page that does not exist has no entry', () => {
  expect(entriesOf([], anna, zhCN.home)).toEqual([])
  expect(entriesOf(['pages/account/account'], anna, zhCN.home)).toEqual([
    { url: '/pages/account/account', label: '账号与设备', value: '' },
  ])
})

test('an entry says what is known already', () => {
  const values = (user: typeof anna) => entriesOf(ALL, user, zhCN.home).map(({ value }) => value)
  expect(values(anna)).toEqual(['未绑定', '未填写', ''])
  expect(values({ ...anna, phone })).toEqual(['120****0005', '未填写', ''])
  expect(values({ ...anna, nickname: '小禾' })).toEqual(['未绑定', '未完善', ''])
  expect(values({ ...anna, nickname: '小禾', avatarUrl: 'https://a/b.png' })).toEqual(['未绑定', '已完善', ''])
})

test.each([
  ['7f3k2qxm99887766', '7F3K·2QXM'],
  ['0a1b2c', '0A1B·2C'],
  ['ab', 'AB'],
  ['a-b_c-d_e', 'ABCD·E'],
])('the id %s is read out as %s', (id, short) => {
  expect(shortIdOf(id)).toBe(short)
})
