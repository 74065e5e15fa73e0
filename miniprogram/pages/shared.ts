// What every page does between `wx` and its view.

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b)

/** Only what is new crosses to the view layer. */
export const difference = <View extends object>(from: View, to: View): Partial<View> =>
  Object.fromEntries(
    Object.entries(to).filter(([key, value]) => !isSame(from[key as keyof View], value)),
  ) as Partial<View>

/** For the button that takes something away. WeChat's own sheets follow the theme, but take no variable of ours. */
export const destructiveColour = (): string => {
  const { theme } = typeof wx.getAppBaseInfo === 'function' ? wx.getAppBaseInfo() : wx.getSystemInfoSync()
  return theme === 'dark' ? '#FF7A74' : '#C9302C'
}

/** WeChat's own view of the guideline from 2.32.3; our page where that is missing or does not open. */
export const openGuideline = (): void => {
  const openOurs = () => void wx.navigateTo({ url: '/pages/privacy/privacy' })
  if (typeof wx.openPrivacyContract === 'function') wx.openPrivacyContract({ fail: openOurs })
  else openOurs()
}
