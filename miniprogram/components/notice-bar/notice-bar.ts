// A notice where the user looks: what happened, and one action that fits. Fires `act`.
Component({
  properties: {
    text: { type: String, value: '' },
    /** Further lines, for example the number to quote. */
    facts: { type: Array, value: [] as string[] },
    /** `warn` passes by itself or by another try; `bad` does not. */
    tone: { type: String, value: 'warn' },
    /** Empty: there is nothing to do. */
    action: { type: String, value: '' },
    /** The action is under way: it says so and takes no tap. */
    busy: { type: Boolean, value: false },
  },

  methods: {
    onAct() {
      if (!this.data.busy) this.triggerEvent('act')
    },
  },
})
