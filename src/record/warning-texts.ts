/** What each warning and piece of advice of a verdict says, in the hub's languages (DESIGN 4.13, 5). */
import type { LocalText } from '../alliance/text.js'
import type { Similar, WarningCode } from './verdict.js'

export const WARNING_TEXTS: Record<WarningCode, LocalText> = {
  'higher-mark-lapsed': {
    en: 'This shop held a higher mark within the last twelve months and has lost it.',
    th: 'ร้านนี้เคยได้รับเครื่องหมายระดับสูงกว่าภายในสิบสองเดือนที่ผ่านมา และเครื่องหมายนั้นสิ้นสุดลงแล้ว',
    vi: 'Trong mười hai tháng qua, cửa hàng này từng có nhãn cao hơn và đã mất nhãn đó.',
    ja: 'この店舗は過去12か月以内に上位のマークを持っていましたが、失いました。',
  },
  'higher-mark-suspended': {
    en: 'The agency has suspended a higher mark of this shop. Only the lower mark is in force.',
    th: 'หน่วยงานได้สั่งพักใช้เครื่องหมายระดับสูงกว่าของร้านนี้ ขณะนี้มีผลเฉพาะเครื่องหมายระดับต่ำกว่า',
    vi: 'Cơ quan đã đình chỉ nhãn cao hơn của cửa hàng này. Hiện chỉ nhãn thấp hơn còn hiệu lực.',
    ja: '機関はこの店舗の上位のマークを停止しました。有効なのは下位のマークだけです。',
  },
  lookalike: {
    en: 'This address looks much like that of a certified shop or a known platform, but it is another address.',
    th: 'ที่อยู่นี้คล้ายกับที่อยู่ของร้านที่ได้รับการรับรองหรือแพลตฟอร์มที่รู้จัก แต่เป็นคนละที่อยู่',
    vi: 'Địa chỉ này rất giống địa chỉ của một cửa hàng đã được chứng nhận hoặc một nền tảng quen thuộc, nhưng là địa chỉ khác.',
    ja: 'このアドレスは認証店舗や有名なサービスのものとよく似ていますが、別のアドレスです。',
  },
  'name-inside': {
    en: 'The name of a certified shop is part of this address, but its mark does not cover the address.',
    th: 'ที่อยู่นี้มีชื่อของร้านที่ได้รับการรับรองอยู่ด้วย แต่เครื่องหมายของร้านนั้นไม่ครอบคลุมที่อยู่นี้',
    vi: 'Địa chỉ này có chứa tên của một cửa hàng đã được chứng nhận, nhưng nhãn của cửa hàng đó không áp dụng cho địa chỉ này.',
    ja: 'このアドレスには認証店舗の名前が含まれていますが、その店舗のマークの対象ではありません。',
  },
  'mixed-script': {
    en: 'This address mixes letters of several scripts, which is a common way to imitate another address.',
    th: 'ที่อยู่นี้ผสมตัวอักษรจากหลายระบบการเขียน ซึ่งเป็นวิธีปลอมแปลงที่อยู่ที่พบบ่อย',
    vi: 'Địa chỉ này trộn chữ cái của nhiều hệ chữ viết, một cách giả mạo địa chỉ thường gặp.',
    ja: 'このアドレスは複数の文字体系を混ぜています。他のアドレスを装うためによく使われる手口です。',
  },
  'member-stale': {
    en: 'The agency has not updated its register for longer than it promises to.',
    th: 'หน่วยงานนี้ไม่ได้ปรับปรุงทะเบียนนานเกินกว่าที่ประกาศไว้',
    vi: 'Cơ quan này đã không cập nhật danh sách trong thời hạn đã cam kết.',
    ja: 'この機関は、約束した期間を超えて登録簿を更新していません。',
  },
  'scheme-status-unconfirmed': {
    en: 'Whether this scheme still runs on the same legal basis could not be confirmed.',
    th: 'ยังไม่สามารถยืนยันได้ว่าโครงการเครื่องหมายนี้ยังดำเนินการอยู่บนฐานกฎหมายเดิม',
    vi: 'Chưa xác nhận được chương trình nhãn này còn hoạt động trên cơ sở pháp lý cũ hay không.',
    ja: 'この制度が現在も同じ法的根拠で運用されているかは確認できていません。',
  },
  'handle-may-change-hands': {
    en: 'Account names on this platform can pass to somebody else. Compare the shop with the holder named here.',
    th: 'ชื่อบัญชีบนแพลตฟอร์มนี้อาจเปลี่ยนเจ้าของได้ โปรดเปรียบเทียบร้านกับชื่อผู้ถือเครื่องหมายที่แสดงไว้',
    vi: 'Tên tài khoản trên nền tảng này có thể đổi chủ. Hãy so sánh cửa hàng với chủ sở hữu nêu ở đây.',
    ja: 'このプラットフォームのアカウント名は他人の手に渡ることがあります。ここに示す保有者と店舗を見比べてください。',
  },
  'presence-not-covered': {
    en: 'A mark is held at a neighbouring address; it does not cover the address you asked about.',
    th: 'มีเครื่องหมายสำหรับที่อยู่ใกล้เคียง แต่ไม่ครอบคลุมที่อยู่ที่คุณสอบถาม',
    vi: 'Có nhãn cấp cho một địa chỉ gần giống, nhưng nhãn đó không áp dụng cho địa chỉ bạn hỏi.',
    ja: '近い別のアドレスにはマークがありますが、お尋ねのアドレスは対象外です。',
  },
}

/** `presence-not-covered`, where `{address}` is the one that is covered. */
export const NOT_COVERED_TEXT: LocalText = {
  en: 'The mark belongs to {address}. It does not cover the address you asked about.',
  th: 'เครื่องหมายนี้เป็นของ {address} และไม่ครอบคลุมที่อยู่ที่คุณสอบถาม',
  vi: 'Nhãn này thuộc về {address} và không áp dụng cho địa chỉ bạn hỏi.',
  ja: 'マークは {address} のものです。お尋ねのアドレスは対象外です。',
}

/**
 * Whom an address resembles, where that is a shop with a mark in force: `{address}` is the genuine one. A name that merely stands
 * within another accuses nobody, so that is said with caution.
 */
export const SIMILAR_TEXTS: Record<Similar['resemblance'], LocalText> = {
  letters: {
    en: 'The shop with the mark is at {address}. The address you asked about is written with letters that only look the same.',
    th: 'ร้านที่มีเครื่องหมายอยู่ที่ {address} ส่วนที่อยู่ที่คุณสอบถามเขียนด้วยตัวอักษรที่แค่ดูเหมือนกัน',
    vi: 'Cửa hàng có nhãn ở địa chỉ {address}. Địa chỉ bạn hỏi được viết bằng những chữ cái chỉ trông giống như vậy.',
    ja: 'マークを持つ店舗のアドレスは {address} です。お尋ねのアドレスは、見た目だけが似た文字で書かれています。',
  },
  typo: {
    en: 'The shop with the mark is at {address}. The address you asked about differs from it by one character.',
    th: 'ร้านที่มีเครื่องหมายอยู่ที่ {address} ส่วนที่อยู่ที่คุณสอบถามต่างจากที่อยู่นั้นหนึ่งตัวอักษร',
    vi: 'Cửa hàng có nhãn ở địa chỉ {address}. Địa chỉ bạn hỏi khác địa chỉ đó một ký tự.',
    ja: 'マークを持つ店舗のアドレスは {address} です。お尋ねのアドレスとは1文字違います。',
  },
  suffix: {
    en: 'The shop with the mark is at {address}. The address you asked about has the same name but another ending.',
    th: 'ร้านที่มีเครื่องหมายอยู่ที่ {address} ส่วนที่อยู่ที่คุณสอบถามใช้ชื่อเดียวกันแต่ลงท้ายต่างกัน',
    vi: 'Cửa hàng có nhãn ở địa chỉ {address}. Địa chỉ bạn hỏi có cùng tên nhưng phần đuôi khác.',
    ja: 'マークを持つ店舗のアドレスは {address} です。お尋ねのアドレスは、名前は同じですが末尾が異なります。',
  },
  'name-inside': {
    en: 'The shop with the mark is at {address}. The address you asked about has that name in it, but may belong to somebody else.',
    th: 'ร้านที่มีเครื่องหมายอยู่ที่ {address} ส่วนที่อยู่ที่คุณสอบถามมีชื่อนั้นอยู่ด้วย แต่อาจเป็นของผู้อื่น',
    vi: 'Cửa hàng có nhãn ở địa chỉ {address}. Địa chỉ bạn hỏi có chứa tên đó nhưng có thể thuộc về người khác.',
    ja: 'マークを持つ店舗のアドレスは {address} です。お尋ねのアドレスにはその名前が含まれていますが、別の持ち主のものかもしれません。',
  },
}

/** Advice for a number that was not found and has the form of a company's, but not its check digit. */
export const MISTYPED_ADVICE: LocalText = {
  en: 'If this is the registration number of a company, it is mistyped: its check digit does not fit, or a leading zero is missing. Compare it digit by digit with the shop’s own page.',
  th: 'หากนี่คือเลขทะเบียนบริษัท แสดงว่าพิมพ์ผิด เพราะเลขตรวจสอบไม่ตรงหรือขาดเลขศูนย์นำหน้า โปรดเทียบทีละหลักกับที่แสดงไว้ในหน้าของร้าน',
  vi: 'Nếu đây là mã số đăng ký của một công ty thì mã đã bị gõ sai: chữ số kiểm tra không khớp hoặc thiếu số 0 ở đầu. Hãy so từng chữ số với số ghi trên trang của cửa hàng.',
  ja: '会社の登録番号でしたら、入力に誤りがあります。検査用の数字が合わないか、先頭の0が抜けています。ショップのページの表示と一桁ずつ見比べてください。',
}

/** Advice for a short link, which only its platform can resolve. */
export const UNRESOLVABLE_ADVICE: LocalText = {
  en: 'This is a short link: where it leads is known to its platform only. Open it, and copy the address of the page you reach.',
  th: 'นี่คือลิงก์ย่อ มีเพียงแพลตฟอร์มเท่านั้นที่รู้ว่าลิงก์นำไปที่ใด โปรดเปิดลิงก์แล้วคัดลอกที่อยู่ของหน้าที่ปรากฏ',
  vi: 'Đây là liên kết rút gọn: chỉ nền tảng của nó biết liên kết dẫn đến đâu. Hãy mở liên kết rồi sao chép địa chỉ trang hiện ra.',
  ja: 'これは短縮リンクで、行き先は発行元のサービスにしか分かりません。一度開いて、表示されたページのアドレスをコピーしてください。',
}
