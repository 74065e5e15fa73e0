// The text of a push: WeChat's two formats become the same fields, anything else becomes nothing.
import { parsePushText } from '../../cloudfunctions/core/push-text'

const XML = `<xml>
<ToUserName><![CDATA[gh_870882ca4b1]]></ToUserName>
<CreateTime>1626857200</CreateTime>
<Event><![CDATA[wxa_media_check]]></Event>
<result><suggest><![CDATA[risky]]></suggest><label>20001</label></result>
<detail><strategy><![CDATA[one]]></strategy></detail>
<detail><strategy><![CDATA[two]]></strategy></detail>
</xml>`

it('reads XML: texts, CDATA, one level of elements inside, the first of many', () => {
  expect(parsePushText(XML)).toEqual({
    ToUserName: 'gh_870882ca4b1',
    CreateTime: '1626857200',
    Event: 'wxa_media_check',
    result: { suggest: 'risky', label: '20001' },
    detail: { strategy: 'one' },
  })
})

it('reads JSON, also with the blanks that WeChat prints before keys', () => {
  expect(parsePushText('{"Event":"x"," OpenID":"o1"}')).toEqual({ Event: 'x', OpenID: 'o1' })
})

it('keeps what CDATA hides: a tag in a text is text', () => {
  expect(parsePushText('<xml><a><![CDATA[<b>&amp;]]]></a></xml>')).toEqual({ a: '<b>&amp;]' })
})

it.each([
  ['nothing', ''],
  ['half of JSON', '{"Event":'],
  ['a list', '[]'],
  ['a text', '"x"'],
  ['JSON too deep', `${'{"a":'.repeat(20)}1${'}'.repeat(20)}`],
  ['a declaration', '<?xml version="1.0"?><xml><a>1</a></xml>'],
  ['a DTD', '<!DOCTYPE xml [<!ENTITY a "x">]><xml><a>&a;</a></xml>'],
  ['an entity', '<xml><a>&lt;</a></xml>'],
  ['an attribute', '<xml a="1"><b>1</b></xml>'],
  ['a comment', '<xml><!-- x --><a>1</a></xml>'],
  ['another root', '<html><a>1</a></html>'],
  ['two roots', '<xml><a>1</a></xml><xml><a>2</a></xml>'],
  ['text beside the root', 'x<xml><a>1</a></xml>'],
  ['a root with text only', '<xml>1</xml>'],
  ['a tag that is not closed', '<xml><a>1</xml>'],
  ['tags that cross', '<xml><a><b>1</a></b></xml>'],
  ['a tag closed too often', '<xml><a>1</a></xml></xml>'],
  ['CDATA that does not end', '<xml><a><![CDATA[1</a></xml>'],
  ['an element that closes itself', '<xml><a/></xml>'],
  ['XML too deep', `<xml>${'<a>'.repeat(20)}1${'</a>'.repeat(20)}</xml>`],
  ['XML too long', `<xml><a>${'x'.repeat(70_000)}</a></xml>`],
])('reads nothing from %s', (_what, text) => {
  expect(parsePushText(text)).toBeUndefined()
})

it('gives up on ten thousand opened tags at once', () => {
  expect(parsePushText('<a>'.repeat(10_000))).toBeUndefined()
})

it('does not let a key reach the prototype', () => {
  const read = parsePushText('<xml><__proto__><admin>1</admin></__proto__></xml>')
  expect(Reflect.get(read ?? {}, 'admin')).toBeUndefined()
})
