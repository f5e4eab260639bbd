/** The words of a check without network, on a terminal. Data; `{name}` is filled in when shown. */
import type { Translated } from '../../../alliance/text.js'
import type { NotConfirmed } from './report.js'

export interface OfflineWords {
  lead: string
  /** Before each line: what kind of finding it is. */
  confirmed: string
  denied: string
  refuted: string
  notConfirmed: string
  logged: string
  /** A proof whose statement was not brought. */
  entry: string
  signed: string
  inForce: string
  /** The verdict says that the record was not in force. */
  notInForce: string
  verdictUntil: string
  verdictExpired: string
  change: string
  /** Stands behind a change whose signature, or whose log entry, was not shown. */
  changeUnsigned: string
  changeUnlogged: string
  open: Readonly<Record<NotConfirmed, string>>
  /** The last line. */
  sound: string
  against: string
  unsound: string
}

export const OFFLINE_WORDS: Translated<OfflineWords> = {
  en: {
    lead: 'Checked without network, against nothing but the pinned keys of {alliance}.',
    confirmed: 'CONFIRMED',
    denied: 'NO',
    refuted: 'REFUTED',
    notConfirmed: 'NOT CONFIRMED',
    logged:
      'logged: entry {index} of the log {log}, accepted at {time}; under its signed checkpoint of size {size}',
    entry:
      'what was logged is a statement of kind “{kind}” by {issuer} with the SHA-256 {sha256}; bring it to learn what it says',
    signed: 'signed by {name} ({member}), whose key the alliance’s operator admitted',
    inForce: 'not revoked as of {time}: the hub’s signed verdict said “{verdict}” (log size {size})',
    notInForce: 'as of {time} the hub’s signed verdict said “{verdict}” (log size {size})',
    verdictUntil: 'the verdict could be used as an answer until {time}',
    verdictExpired: 'the verdict expired at {time}: it shows what held then, and nothing of the time since',
    change: '{change}: {reason}',
    changeUnsigned: 'who signed this change was not checked',
    changeUnlogged: 'that this change was logged was not checked',
    open: {
      logged: 'that it was logged (bring its .tlog-proof)',
      signer: 'who signed it (bring the issuer’s admission)',
      'admission-logged': 'that the issuer’s admission was logged (bring its .tlog-proof)',
      'revoked-later': 'whether it was revoked later (bring a signed verdict)',
      'status-today': 'its status today',
      'after-checkpoint': 'anything that was logged after the checkpoint',
    },
    sound: 'Everything that was given holds.',
    against: 'What was given holds, and says that the mark was not in force.',
    unsound: 'DO NOT RELY ON THESE FILES: they do not hold together.',
  },
  th: {
    lead: 'ตรวจสอบโดยไม่ใช้เครือข่าย เทียบกับกุญแจของ {alliance} ที่เก็บไว้เท่านั้น',
    confirmed: 'ยืนยันแล้ว',
    denied: 'ไม่ใช่',
    refuted: 'ไม่ถูกต้อง',
    notConfirmed: 'ไม่ได้ยืนยัน',
    logged: 'มีในบันทึก: รายการที่ {index} ของบันทึก {log} รับเมื่อ {time} อยู่ภายใต้จุดตรวจสอบที่ลงลายมือชื่อ ขนาด {size}',
    entry:
      'สิ่งที่บันทึกไว้คือถ้อยแถลงชนิด “{kind}” ของ {issuer} ที่มีค่า SHA-256 {sha256} โปรดนำถ้อยแถลงนั้นมาด้วยเพื่อดูว่ากล่าวว่าอย่างไร',
    signed: 'ลงลายมือชื่อโดย {name} ({member}) ซึ่งผู้ดูแลของพันธมิตรรับรองกุญแจแล้ว',
    inForce: 'ยังไม่ถูกเพิกถอน ณ {time}: คำตอบที่ฮับลงลายมือชื่อระบุว่า “{verdict}” (ขนาดบันทึก {size})',
    notInForce: 'ณ {time} คำตอบที่ฮับลงลายมือชื่อระบุว่า “{verdict}” (ขนาดบันทึก {size})',
    verdictUntil: 'ใช้คำตอบนี้อ้างอิงได้ถึง {time}',
    verdictExpired: 'คำตอบนี้หมดอายุเมื่อ {time}: แสดงสถานะในขณะนั้นเท่านั้น ไม่ได้บอกสิ่งที่เกิดขึ้นภายหลัง',
    change: '{change}: {reason}',
    changeUnsigned: 'ไม่ได้ตรวจสอบว่าใครลงลายมือชื่อการเปลี่ยนแปลงนี้',
    changeUnlogged: 'ไม่ได้ตรวจสอบว่าการเปลี่ยนแปลงนี้มีในบันทึก',
    open: {
      logged: 'ว่ามีในบันทึก (โปรดนำไฟล์ .tlog-proof มาด้วย)',
      signer: 'ว่าใครลงลายมือชื่อ (โปรดนำเอกสารรับผู้ออกเข้าเป็นสมาชิกมาด้วย)',
      'admission-logged': 'ว่าการรับผู้ออกเข้าเป็นสมาชิกมีในบันทึก (โปรดนำไฟล์ .tlog-proof มาด้วย)',
      'revoked-later': 'ว่าภายหลังถูกเพิกถอนหรือไม่ (โปรดนำคำตอบที่ลงลายมือชื่อมาด้วย)',
      'status-today': 'สถานะในวันนี้',
      'after-checkpoint': 'สิ่งที่บันทึกหลังจุดตรวจสอบ',
    },
    sound: 'ทุกสิ่งที่ให้มาถูกต้อง',
    against: 'สิ่งที่ให้มาถูกต้อง และระบุว่าเครื่องหมายไม่มีผลใช้งาน',
    unsound: 'อย่าเชื่อถือไฟล์เหล่านี้: ข้อมูลไม่สอดคล้องกัน',
  },
  vi: {
    lead: 'Đã kiểm tra không cần mạng, chỉ dựa vào các khóa đã lưu của {alliance}.',
    confirmed: 'ĐÃ XÁC NHẬN',
    denied: 'KHÔNG',
    refuted: 'SAI',
    notConfirmed: 'CHƯA XÁC NHẬN',
    logged:
      'đã ghi vào nhật ký: mục {index} của nhật ký {log}, được nhận lúc {time}; theo điểm kiểm tra đã ký với kích thước {size}',
    entry:
      'điều đã ghi là một tuyên bố loại “{kind}” của {issuer} có SHA-256 {sha256}; hãy đưa tuyên bố đó để biết nội dung',
    signed: 'được ký bởi {name} ({member}), khóa đã được đơn vị điều hành liên minh chấp nhận',
    inForce:
      'chưa bị thu hồi tính đến {time}: kết luận có chữ ký của hub ghi “{verdict}” (kích thước nhật ký {size})',
    notInForce: 'tính đến {time}, kết luận có chữ ký của hub ghi “{verdict}” (kích thước nhật ký {size})',
    verdictUntil: 'kết luận này dùng làm câu trả lời được đến {time}',
    verdictExpired:
      'kết luận này đã hết hạn lúc {time}: nó cho biết tình trạng khi đó và không nói gì về thời gian sau',
    change: '{change}: {reason}',
    changeUnsigned: 'chưa kiểm tra ai đã ký thay đổi này',
    changeUnlogged: 'chưa kiểm tra thay đổi này đã được ghi vào nhật ký',
    open: {
      logged: 'việc đã ghi vào nhật ký (hãy đưa tệp .tlog-proof)',
      signer: 'ai đã ký (hãy đưa văn bản chấp nhận đơn vị cấp)',
      'admission-logged': 'việc chấp nhận đơn vị cấp đã được ghi vào nhật ký (hãy đưa tệp .tlog-proof)',
      'revoked-later': 'sau đó có bị thu hồi hay không (hãy đưa kết luận có chữ ký)',
      'status-today': 'tình trạng hôm nay',
      'after-checkpoint': 'mọi điều được ghi sau điểm kiểm tra',
    },
    sound: 'Mọi thứ được đưa vào đều đúng.',
    against: 'Những gì được đưa vào đều đúng, và cho biết nhãn không có hiệu lực.',
    unsound: 'ĐỪNG TIN CÁC TỆP NÀY: chúng không khớp với nhau.',
  },
  ja: {
    lead: 'ネットワークを使わず、保存してある {alliance} の鍵だけで確認しました。',
    confirmed: '確認済み',
    denied: '否',
    refuted: '不成立',
    notConfirmed: '未確認',
    logged:
      'ログに記録：ログ {log} の {index} 番、受理は{time}、署名付きチェックポイント（サイズ {size}）による',
    entry:
      '記録されているのは {issuer} による種類「{kind}」、SHA-256 {sha256} の文書です。内容を知るにはその文書も指定してください',
    signed: '署名者：{name}（{member}）。鍵は連合の運営者が承認したもの',
    inForce: '{time}の時点で取り消されていない：ハブの署名付き回答は「{verdict}」（ログのサイズ {size}）',
    notInForce: '{time}の時点で、ハブの署名付き回答は「{verdict}」（ログのサイズ {size}）',
    verdictUntil: 'この回答を回答として使えるのは{time}まで',
    verdictExpired: 'この回答は{time}に期限切れ：当時の状態を示すもので、その後については何も示しません',
    change: '{change}：{reason}',
    changeUnsigned: 'この変更の署名者は確認していません',
    changeUnlogged: 'この変更がログに記録されたことは確認していません',
    open: {
      logged: 'ログに記録されたこと（.tlog-proof を指定してください）',
      signer: '署名者（発行機関の承認書を指定してください）',
      'admission-logged': '発行機関の承認書がログに記録されたこと（.tlog-proof を指定してください）',
      'revoked-later': 'その後取り消されたかどうか（署名付き回答を指定してください）',
      'status-today': '今日の状態',
      'after-checkpoint': 'チェックポイントより後に記録されたこと',
    },
    sound: '指定されたものはすべて成立しています。',
    against: '指定されたものは成立しており、マークが有効でなかったことを示しています。',
    unsound: 'これらのファイルを信用しないでください。整合していません。',
  },
}
