// The components on their own.
import { openComponent, usePages } from '../support/page'

usePages()

const NOTICE = 'components/notice-bar/notice-bar'
const AVATAR = 'components/user-avatar/user-avatar'

test('a notice fires its action once per tap', async () => {
  const bar = openComponent(NOTICE, { text: '网络不通', action: '重试' }, 'act')
  await bar.fire('tap', '.act')
  expect(bar.fired()).toBe(1)
})

test('a busy notice takes no tap', async () => {
  const bar = openComponent(NOTICE, { text: '网络不通', action: '正在重试…', busy: true }, 'act')
  await bar.fire('tap', '.act')
  expect(bar.fired()).toBe(0)
})

test('a notice with nothing to do has no button', () => {
  expect(openComponent(NOTICE, { text: '昵称没有通过审核' }, 'act').has('.act')).toBe(false)
})

test('a face without a name smiles', () => {
  const face = openComponent(AVATAR, { name: '  ' }, 'tap')
  expect(face.has('.smile')).toBe(true)
})

test('a face shows the first letter of the name, whole', () => {
  expect(openComponent(AVATAR, { name: '🌾禾' }, 'tap').text()).toBe('🌾')
})

test('a picture that does not load gives way to the letter', async () => {
  const face = openComponent(AVATAR, { name: '小禾', src: 'https://example.com/a.png' }, 'tap')
  expect(face.has('.picture')).toBe(true)
  await face.fire('error', '.picture')
  expect(face.has('.picture')).toBe(false)
  expect(face.text()).toBe('小')
})
