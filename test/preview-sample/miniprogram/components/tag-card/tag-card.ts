// A component with its own look, an event and a full life.

import type { SampleApp } from '../../app'

Component({
  properties: { label: String },
  lifetimes: {
    attached() {
      getApp<SampleApp>().steps.push('component attached')
    },
    ready() {
      getApp<SampleApp>().steps.push('component ready')
    },
    detached() {
      getApp<SampleApp>().steps.push('component detached')
    },
  },
  pageLifetimes: {
    show() {
      getApp<SampleApp>().steps.push('component page show')
    },
    hide() {
      getApp<SampleApp>().steps.push('component page hide')
    },
  },
  methods: {
    pick() {
      this.triggerEvent('pick', { label: this.data.label })
    },
  },
})
