/**
 * The items of the WTA Code of Conduct, chapter by chapter: the benchmark on which schemes are compared item by item
 * (DESIGN 2, principle and criterion).
 */
import { CODE_CHAPTERS, type CodeItemId, type CodePrinciple } from './code-chapters.js'
import type { LocalText } from './text.js'

/** One item; `id` is its number in the Code. */
export interface CodeItem {
  id: string
  principle: CodePrinciple
  name: LocalText
}

/**
 * Where the items stand: the Code's chapters and the table of contents of the Guidelines for Trustmark Operators are
 * the same. Known of several items (chapters 5 and 6 above all) is the heading alone, so nothing is promised beyond it.
 */
export const CODE_SOURCES = {
  W4: {
    title: 'World Trustmark Alliance: WTA Code of Conduct',
    url: 'http://www.worldtrustmark.org/index.php/wta-documents',
    dated: null,
    read: '2026-11-22',
    extent: 'part',
  },
  W5: {
    title: 'World Trustmark Alliance: Guidelines for Trustmark Operators, table of contents',
    url: 'http://www.worldtrustmark.org/index.php/wta-documents?id=35',
    dated: null,
    read: '2026-11-22',
    extent: 'part',
  },
} as const

/** The substance is the source's, the wording and the translations are ours: English, Thai, Vietnamese, Japanese. */
const NAMES: Readonly<Record<CodeItemId, readonly [en: string, th: string, vi: string, ja: string]>> = {
  '1.1': ['Accurate information', 'ความถูกต้องของข้อมูล', 'Thông tin chính xác', '情報の正確さ'],
  '1.2': ['Information that is easy to find', 'ข้อมูลที่หาได้ง่าย', 'Thông tin dễ tìm', '情報の見つけやすさ'],
  '1.3.1': [
    'Information on marketing',
    'ข้อมูลเกี่ยวกับการตลาด',
    'Thông tin về tiếp thị',
    'マーケティングに関する情報',
  ],
  '1.3.2': [
    'Information on the seller',
    'ข้อมูลเกี่ยวกับผู้ขาย',
    'Thông tin về người bán',
    '販売事業者に関する情報',
  ],
  '1.3.3': [
    'Information on goods and services',
    'ข้อมูลเกี่ยวกับสินค้าและบริการ',
    'Thông tin về hàng hóa, dịch vụ',
    '商品・サービスに関する情報',
  ],
  '1.3.4': [
    'Information on the transaction',
    'ข้อมูลเกี่ยวกับการซื้อขาย',
    'Thông tin về giao dịch',
    '取引に関する情報',
  ],
  '1.3.5': ['Information on warranties', 'ข้อมูลเกี่ยวกับการรับประกัน', 'Thông tin về bảo hành', '保証に関する情報'],
  '2.1': [
    'Cancellation, return and refund',
    'การยกเลิก การคืนสินค้า และการคืนเงิน',
    'Hủy đơn, trả hàng và hoàn tiền',
    'キャンセル・返品・返金',
  ],
  '2.2.1': [
    'Unsolicited mail',
    'ข้อความโฆษณาที่ผู้รับไม่ได้ขอ',
    'Thư quảng cáo không được yêu cầu',
    '求められていない広告メール',
  ],
  '2.2.2': [
    'Contact for customer care',
    'ช่องทางติดต่อสำหรับดูแลลูกค้า',
    'Đầu mối liên hệ chăm sóc khách hàng',
    '顧客対応の連絡窓口',
  ],
  '3.1': [
    'Confidential information in transit',
    'ข้อมูลที่เป็นความลับขณะส่ง',
    'Thông tin bí mật khi truyền đi',
    '送信時の機密情報',
  ],
  '3.2': [
    'Confidential information in storage',
    'ข้อมูลที่เป็นความลับขณะจัดเก็บ',
    'Thông tin bí mật khi lưu trữ',
    '保存時の機密情報',
  ],
  '3.3': [
    'Confidential information held by third parties',
    'ข้อมูลที่เป็นความลับซึ่งบุคคลภายนอกดูแล',
    'Thông tin bí mật do bên thứ ba nắm giữ',
    '第三者が保有する機密情報',
  ],
  '3.4': [
    'How confidential information is retained',
    'การเก็บรักษาข้อมูลที่เป็นความลับต่อไป',
    'Việc lưu giữ thông tin bí mật',
    '機密情報を残しておくこと（保持）',
  ],
  '3.5': [
    'Security measures in proportion',
    'มาตรการรักษาความปลอดภัยที่ได้สัดส่วน',
    'Biện pháp bảo mật tương xứng',
    '相応のセキュリティ対策',
  ],
  '3.6': [
    'Periodic review of security',
    'การทบทวนความมั่นคงปลอดภัยเป็นระยะ',
    'Rà soát bảo mật định kỳ',
    'セキュリティの定期的な見直し',
  ],
  '4.1': ['Preventing harm', 'การป้องกันความเสียหาย', 'Ngăn ngừa thiệt hại', '被害の防止'],
  '4.2': [
    'Notice to the person',
    'การแจ้งให้เจ้าของข้อมูลทราบ',
    'Thông báo cho người có thông tin',
    '本人への通知',
  ],
  '4.3': ['Limits to collection', 'การจำกัดการเก็บรวบรวมข้อมูล', 'Giới hạn thu thập', '収集の制限'],
  '4.4': ['Uses of personal data', 'การใช้ข้อมูลส่วนบุคคล', 'Việc sử dụng thông tin cá nhân', '個人情報の利用'],
  '4.5': ['Choice', 'ทางเลือกของเจ้าของข้อมูล', 'Quyền lựa chọn', '本人の選択'],
  '4.6': [
    'Integrity of personal data',
    'ความถูกต้องสมบูรณ์ของข้อมูลส่วนบุคคล',
    'Tính toàn vẹn của thông tin cá nhân',
    '個人情報の完全性',
  ],
  '4.7': [
    'Safeguards for personal data',
    'มาตรการคุ้มครองข้อมูลส่วนบุคคล',
    'Biện pháp bảo vệ thông tin cá nhân',
    '個人情報の保護措置',
  ],
  '4.8': [
    'Access and correction',
    'การเข้าถึงและแก้ไขข้อมูล',
    'Quyền xem và sửa thông tin',
    '本人による確認と訂正',
  ],
  '4.9': ['Accountability', 'ความรับผิดชอบ', 'Trách nhiệm giải trình', '説明責任'],
  '5.1': [
    'Notice of settling directly with the seller',
    'การแจ้งให้ทราบถึงการแก้ไขปัญหากับผู้ขายโดยตรง',
    'Thông báo về giải quyết trực tiếp với người bán',
    '販売事業者との直接解決についての案内',
  ],
  '5.2': [
    "The seller's own handling of complaints",
    'การแก้ไขข้อร้องเรียนภายในของผู้ขาย',
    'Người bán tự giải quyết khiếu nại',
    '販売事業者自身による苦情対応',
  ],
  '5.3': [
    'Notice of taking a dispute to out-of-court settlement',
    'การแจ้งให้ทราบถึงการยื่นข้อพิพาทเพื่อระงับนอกศาล',
    'Thông báo về việc đưa tranh chấp ra giải quyết ngoài tòa án',
    '裁判外紛争解決（ADR）への申立てについての案内',
  ],
  '5.4': [
    'Cost of out-of-court settlement',
    'ค่าใช้จ่ายของการระงับข้อพิพาทนอกศาล',
    'Chi phí giải quyết tranh chấp ngoài tòa án',
    '裁判外紛争解決（ADR）の費用',
  ],
  '6.1': [
    'The certifier watches the seller',
    'หน่วยงานที่ออกเครื่องหมายติดตามผู้ขาย',
    'Tổ chức cấp nhãn giám sát người bán',
    'マークを付与する団体による事業者の確認',
  ],
  '6.2': [
    'The certifier keeps its programme up to date',
    'หน่วยงานที่ออกเครื่องหมายปรับปรุงโครงการของตน',
    'Tổ chức cấp nhãn cập nhật chương trình của mình',
    'マークを付与する団体による制度の更新',
  ],
}

/** Every item in the Code's own order. */
export const CODE_ITEMS: readonly CodeItem[] = CODE_CHAPTERS.flatMap(({ principle, ids }) =>
  ids.map((id) => {
    const [en, th, vi, ja] = NAMES[id]
    return { id, principle, name: { en, th, vi, ja } }
  }),
)

/** Finds an item by its number; undefined when the Code has none such. */
export function findCodeItem(id: string): CodeItem | undefined {
  return CODE_ITEMS.find((known) => known.id === id)
}
