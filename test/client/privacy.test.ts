// One owner of WeChat's privacy question: it queues, shows one sheet, and always answers.
import { createPrivacyCore } from '../../miniprogram/auth/core/privacy'
import { createPrivacyPort } from '../../miniprogram/auth/platform/privacy'

const createScene = () => {
  let now = 1_000
  let need = (_resolve: (answer: object) => void, _referrer: string): void => {}
  const privacy = createPrivacyCore({
    privacy: {
      onNeeded: (ask) => {
        need = ask
      },
    },
    clock: { now: () => now, after: () => () => {} },
  })
  return {
    privacy,
    /** An interface needs consent; what it is answered, in order. */
    ask: (referrer: string, onAnswer = (_answer: object) => {}) => {
      const answers: object[] = []
      need((answer) => {
        answers.push(answer)
        onAnswer(answer)
      }, referrer)
      return answers
    },
    advance: (ms: number) => {
      now += ms
    },
  }
}
const withSheet = () => {
  const scene = createScene()
  const seen: Array<string | undefined> = []
  const forget = scene.privacy.onChange((asking) => seen.push(asking))
  return { ...scene, seen, forget }
}
const disagree = { event: 'disagree' }

test('who asks is told to the sheet, and stays asking until it is answered', () => {
  const { privacy, ask, seen } = withSheet()
  const answers = ask('button.getPhoneNumber')
  expect([privacy.asking, seen, answers]).toEqual(['button.getPhoneNumber', ['button.getPhoneNumber'], []])
})

test('agreeing answers with the id of the button, and the sheet goes', () => {
  const { privacy, ask, seen } = withSheet()
  const answers = ask('chooseAvatar')
  privacy.agree('yes-button')
  expect(answers).toEqual([{ event: 'agree', buttonId: 'yes-button' }])
  expect([privacy.asking, seen]).toEqual([undefined, ['chooseAvatar', undefined]])
})

test('several who ask at once get one sheet and one answer', () => {
  const { privacy, ask, seen } = withSheet()
  const all = [ask('chooseAvatar'), ask('setClipboardData'), ask('button.getPhoneNumber')]
  privacy.agree('b')
  expect(seen).toEqual(['chooseAvatar', undefined])
  expect(all).toEqual(Array(3).fill([{ event: 'agree', buttonId: 'b' }]))
})

test('the exposure of the sheet is reported to all who wait', () => {
  const { privacy, ask } = withSheet()
  const all = [ask('chooseAvatar'), ask('setClipboardData')]
  privacy.shown()
  expect(all).toEqual(Array(2).fill([{ event: 'exposureAuthorization' }]))
})

test('with nobody to show the question it is answered at once, which is no refusal of the user', () => {
  const { privacy, ask } = createScene()
  expect(ask('chooseAvatar')).toEqual([disagree])
  privacy.onChange(() => {})
  expect(ask('chooseAvatar')).toEqual([])
})

test('the last sheet that goes away answers for the user; one of two does not', () => {
  const { privacy, ask, forget } = withSheet()
  const forgetOther = privacy.onChange(() => {})
  const answers = ask('chooseAvatar')
  forget()
  expect(answers).toEqual([])
  forgetOther()
  expect(answers).toEqual([disagree])
})

test('for ten seconds after a refusal nobody is asked again', () => {
  const { privacy, ask, advance, seen } = withSheet()
  ask('chooseAvatar')
  privacy.disagree()
  advance(9_999)
  expect(ask('chooseAvatar')).toEqual([disagree])
  expect(seen).toEqual(['chooseAvatar', undefined])
  advance(1)
  expect(ask('chooseAvatar')).toEqual([])
})

test('a "no" to nobody starts no silence', () => {
  const { privacy, ask, seen } = withSheet()
  privacy.disagree()
  expect(ask('chooseAvatar')).toEqual([])
  expect(seen).toEqual(['chooseAvatar'])
})

test('an answer that brings up the next question leaves the sheet open for it', () => {
  const { privacy, ask, seen } = withSheet()
  let next: object[] = []
  ask('chooseAvatar', () => {
    next = ask('setClipboardData')
  })
  privacy.agree('b')
  expect([privacy.asking, next]).toEqual(['setClipboardData', []])
  expect(seen).toEqual(['chooseAvatar', 'setClipboardData'])
})

test('an interface without a name is asked for all the same', () => {
  const { privacy, ask } = withSheet()
  const answers = ask('')
  privacy.disagree()
  expect(answers).toEqual([disagree])
})

test('below 2.32.3 nothing is registered and nothing breaks', () => {
  const needed = jest.fn()
  createPrivacyPort({} as WechatMiniprogram.Wx).onNeeded(needed)
  expect(needed).not.toHaveBeenCalled()
})

test('from 2.32.3 the referrer comes out of the event, and is empty where there is none', () => {
  type Real = (resolve: () => void, event?: { referrer: string }) => void
  let real: Real = () => {}
  const needed = jest.fn()
  const device = { onNeedPrivacyAuthorization: (listener: Real) => (real = listener) }
  createPrivacyPort(device as object as WechatMiniprogram.Wx).onNeeded(needed)
  const resolve = () => {}
  real(resolve, { referrer: 'button.getPhoneNumber' })
  real(resolve)
  expect(needed.mock.calls).toEqual([
    [resolve, 'button.getPhoneNumber'],
    [resolve, ''],
  ])
})
