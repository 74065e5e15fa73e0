// A face: the picture, else the first letter of the name, else a smile. Fires `broken` ({ src }).
Component({
  properties: {
    name: { type: String, value: '' },
    src: { type: String, value: '' },
    /** `small` beside a name, `large` on its own. */
    size: { type: String, value: 'small' },
  },

  data: { letter: '', isBroken: false },

  observers: {
    name(name: string) {
      // By code point: half an emoji is a box.
      this.setData({ letter: Array.from(name.trim())[0] ?? '' })
    },
    src() {
      this.setData({ isBroken: false })
    },
  },

  methods: {
    /** A temporary address expires, a network fails: the letter is better than a hole. */
    onBroken() {
      this.setData({ isBroken: true })
      this.triggerEvent('broken', { src: this.data.src })
    },
  },
})
