// The sample's app: keeps the order in which everything happened.

export interface SampleApp {
  steps: string[]
}

App<SampleApp>({
  steps: [],
  onLaunch() {
    this.steps.push('app launch')
  },
  onShow() {
    this.steps.push('app show')
  },
})
