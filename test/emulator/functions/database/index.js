// Runs a list of database steps with the real SDK and tells what each gave: { value } or { errCode, errMsg }.
const cloud = require('wx-server-sdk')
cloud.init({ env: cloud.DYNAMIC_CURRENT_ENV })
const db = cloud.database()
const _ = db.command

const steps = {
  add: (c, { data }) => c.add({ data }),
  get: (c, { id }) => c.doc(id).get(),
  set: (c, { id, data }) => c.doc(id).set({ data }),
  update: (c, { id, data }) => c.doc(id).update({ data }),
  remove: (c, { id }) => c.doc(id).remove(),
  inc: (c, { id, field, by }) => c.doc(id).update({ data: { [field]: _.inc(by) } }),
  unset: (c, { id, field }) => c.doc(id).update({ data: { [field]: _.remove() } }),
  replaceField: (c, { id, field, value }) => c.doc(id).update({ data: { [field]: _.set(value) } }),
  push: (c, { id, field, value }) => c.doc(id).update({ data: { [field]: _.push(value) } }),
  stamp: (c, { id }) =>
    c.doc(id).set({ data: { at: db.serverDate(), later: db.serverDate({ offset: 60000 }), own: new Date(1e12) } }),
  dates: async (c, { id }) => {
    const { data } = await c.doc(id).get()
    return [data.at, data.later, data.own].map((date) => [date instanceof Date, date.getTime()])
  },
  before: (c, { ms }) => c.where({ own: _.lt(new Date(ms)) }).get(),
  where: (c, { query }) => c.where(query).get(),
  command: (c, { field, name, args }) => c.where({ [field]: _[name](...args) }).get(),
  either: (c, { branches }) => c.where(_.or(branches)).get(),
  neither: (c, { field, value }) => c.where({ [field]: _.not(_.eq(value)) }).get(),
  matching: (c, { field, pattern }) => c.where({ [field]: new RegExp(pattern, 'i') }).get(),
  dbRegExp: (c, { field, pattern }) => c.where({ [field]: db.RegExp({ regexp: pattern, options: 'i' }) }).get(),
  page: (c, { field, direction, skip, limit, only }) =>
    c.orderBy(field, direction).skip(skip).limit(limit).field(only).get(),
  all: (c) => c.get(),
  count: (c, { query }) => c.where(query).count(),
  updateWhere: (c, { query, data }) => c.where(query).update({ data }),
  removeWhere: (c, { query }) => c.where(query).remove(),
  elemMatch: (c) => c.where({ tags: _.elemMatch({ a: 1 }) }).get(),
  pull: (c, { id }) => c.doc(id).update({ data: { tags: _.pull('a') } }),
  aggregate: (c) => c.aggregate().group({ _id: '$n' }).end(),
  transaction: () => db.runTransaction((t) => t.collection('things').doc('x').get()),
  openapi: () => cloud.openapi.wxacode.getUnlimited({ scene: 'x' }),
  callFunction: () => cloud.callFunction({ name: 'plain' }),
  setBlob: (c, { id, bytes }) => c.doc(id).set({ data: { blob: 'x'.repeat(bytes) } }),
}

exports.main = async ({ on = 'things', do: list }) => {
  const told = []
  for (const [step, details = {}] of list)
    told.push(
      await steps[step](db.collection(on), details).then(
        (value) => ({ value }),
        ({ errCode, errMsg }) => ({ errCode, errMsg }),
      ),
    )
  return told
}
