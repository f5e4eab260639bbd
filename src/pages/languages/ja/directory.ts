/** Japanese texts of the directory of certified shops. */
import type { DirectoryTexts } from '../en/directory.js'

export const directory: DirectoryTexts = {
  title: '認証ショップ一覧',
  description:
    '認証マークが有効なネットショップの一覧です。ここで公表しているすべての機関の認証を、名前、国・地域、マーク、対象となる原則から探せます。',
  lead: '認証が有効なネットショップの一覧です。ここで公表しているすべての機関の認証を載せています。停止中、取消し、期限切れの認証は載せていません。',
  kinds:
    '品質マークだけでなく、身元確認マークと届出・登録も載せています。この二つは品質については何も示しません。どの種類のマークかは、各ショップの欄に示しています。',
  pair: '{label}：{value}',
  form: {
    label: '認証ショップを探す',
    q: 'ショップ名またはアドレス',
    hint: '一部だけでもかまいません。どの文字でも探せます。',
    sectorHint: 'ショップを認証した機関の言語で書かれた言葉です。一部だけでもかまいません。',
    more: '条件を追加',
    any: '指定しない',
    whole: 'この機関のすべてのマーク',
    button: 'ショップを表示',
  },
  filters: {
    q: '名前・アドレス',
    country: 'ショップの国・地域',
    member: '機関',
    mark: 'マーク',
    level: 'マークと等級',
    kind: 'マークの種類',
    principle: '対象となる原則',
    language: '対応言語',
    shipsTo: '配送先',
    sector: '取扱商品',
    platform: '販売している場所',
  },
  inTitle: {
    q: '名前「{value}」',
    country: '{value}所在',
    principle: '「{value}」が対象',
    language: '{value}対応',
    shipsTo: '{value}へ配送',
    sector: '「{value}」を販売',
  },
  set: {
    title: '表示の条件',
    remove: '条件を外す',
    all: 'すべての条件を外す',
  },
  found: { one: '認証 {count} 件', other: '認証 {count} 件' },
  more: { one: '認証 {count} 件超', other: '認証 {count} 件超' },
  newest: '新しい認証から順に表示しています。',
  nothing: {
    title: '条件に合う有効な認証はありません',
    loosen: '条件を一つ外すと、見つかることがあります。',
    sector:
      '取扱商品は、ショップを認証した機関の言語で書かれています。その言語の言葉で試すか、入力欄に出る候補から選んでください。',
    check:
      '特定のショップについて知りたいときは、そのアドレスを調べてください。停止中、取消し、期限切れの認証についてもわかります。',
  },
  empty: {
    title: '認証はまだありません',
    says: '現在、ここには有効な認証がありません。',
  },
  busy: {
    title: '一覧を作成しています',
    says: '認証ショップの一覧はまだ準備中です。しばらくしてからもう一度お試しください。その間も、個々のショップは調べられます。',
    again: 'もう一度試す',
  },
  leftOut: {
    title: '一部の条件を除いて表示しています',
    unknown: '{filter}：「{value}」はここにはありません。',
    repeated: '{filter}：指定できるのは一つだけです。「{value}」は除きました。',
    long: {
      one: '{filter}：{count}文字までにしてください。',
      other: '{filter}：{count}文字までにしてください。',
    },
    parameter: '「{value}」という条件はありません。',
    place: '一覧の中にこの位置は見つかりません。最初から表示しています。',
  },
  shop: {
    others: { one: 'ほか{count}件', other: 'ほか{count}件' },
    lost: '失効または停止中の認証を見る',
    open: 'ショップを開く',
    record: '認証を見る',
  },
  covers: {
    all: '五つの原則すべてが対象',
    none: '五つの原則はいずれも対象外',
  },
  pages: {
    label: '一覧のページ',
    next: '次のページ',
    start: '一覧の最初に戻る',
  },
}
