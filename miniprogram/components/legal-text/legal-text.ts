// A text to read in peace: title, lead, headed paragraphs.
import type { LegalText } from '../../i18n/index'

Component({
  properties: {
    title: { type: String, value: '' },
    lead: { type: String, value: '' },
    sections: { type: Array, value: [] as LegalText['sections'] },
  },
})
