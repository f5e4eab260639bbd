/** The words around a route's reasons on a terminal. Data. */
import type { Translated } from '../../alliance/text.js'
import type { RouteOutcome } from '../../dispute/route-question.js'

export interface RouteWords {
  outcome: Readonly<Record<RouteOutcome, string>>
  lead: string
  partner: string
  cc: string
  why: string
  elsewhere: string
  linked: string
  nobody: string
  until: string
}

export const ROUTE_WORDS: Translated<RouteWords> = {
  en: {
    outcome: {
      case: 'This can be filed as a case.',
      referral: 'This is no case here: turn to the places below.',
      precontact: 'Write to the shop first.',
      decline: 'This is no case here.',
    },
    lead: 'Leads',
    partner: 'Reaches the shop',
    cc: 'Told that there is a case',
    why: 'Why',
    elsewhere: 'Where else to turn',
    linked: 'Beside it, the claim for money',
    nobody: 'nobody yet: the secretariat looks for an agency',
    until: 'The quote can be used until',
  },
  th: {
    outcome: {
      case: 'ยื่นเป็นเรื่องร้องเรียนได้',
      referral: 'ไม่ใช่เรื่องที่รับที่นี่ โปรดติดต่อหน่วยงานด้านล่าง',
      precontact: 'โปรดติดต่อร้านค้าก่อน',
      decline: 'ไม่ใช่เรื่องที่รับที่นี่',
    },
    lead: 'ผู้รับผิดชอบหลัก',
    partner: 'ผู้ติดต่อร้านค้า',
    cc: 'ได้รับแจ้งว่ามีเรื่อง',
    why: 'เหตุผล',
    elsewhere: 'ช่องทางอื่น',
    linked: 'อีกเรื่องหนึ่ง: ข้อเรียกร้องเรื่องเงิน',
    nobody: 'ยังไม่มี สำนักเลขานุการกำลังหาหน่วยงาน',
    until: 'ใช้ใบเส้นทางนี้ได้ถึง',
  },
  vi: {
    outcome: {
      case: 'Có thể nộp thành vụ việc.',
      referral: 'Không phải vụ việc ở đây: hãy đến các nơi dưới đây.',
      precontact: 'Trước hết hãy viết cho cửa hàng.',
      decline: 'Không phải vụ việc ở đây.',
    },
    lead: 'Chủ trì',
    partner: 'Liên hệ cửa hàng',
    cc: 'Được báo là có vụ việc',
    why: 'Lý do',
    elsewhere: 'Nơi khác có thể đến',
    linked: 'Cùng với đó, yêu cầu về tiền',
    nobody: 'chưa có: ban thư ký đang tìm cơ quan',
    until: 'Dùng được đến',
  },
  ja: {
    outcome: {
      case: '案件として申し込めます。',
      referral: 'ここでは扱えません。下記の窓口をご利用ください。',
      precontact: 'まず店舗に連絡してください。',
      decline: 'ここでは扱えません。',
    },
    lead: '主担当',
    partner: '店舗への連絡',
    cc: '案件があることのみ通知',
    why: '理由',
    elsewhere: 'その他の窓口',
    linked: '併せて、金銭の請求',
    nobody: '未定（事務局が担当機関を探します）',
    until: '有効期限',
  },
}
