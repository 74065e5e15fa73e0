// A page written with Component(): its query arrives as properties too.

import type { SampleApp } from '../../app'

Component({
  properties: { n: Number },
  data: { from: '', steps: '' },
  methods: {
    onLoad(query: Record<string, string | undefined>) {
      getApp<SampleApp>().steps.push('detail load')
      this.setData({ from: query['from'] ?? '' })
    },
    onUnload() {
      getApp<SampleApp>().steps.push('detail unload')
    },
    list() {
      this.setData({ steps: getApp<SampleApp>().steps.join(', ') })
    },
    leave() {
      void wx.navigateBack()
    },
  },
})
