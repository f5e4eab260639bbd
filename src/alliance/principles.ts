/** The five common principles of the alliance and how far a scheme covers them (DESIGN 2). */
import * as z from 'zod'
import type { LocalText } from './text.js'

/** WTA Code of Conduct chapters 1, 2, 4, 3 and 5, in the order in which they are always shown. */
export const PRINCIPLES = ['disclosure', 'communication', 'privacy', 'security', 'redress'] as const
export type Principle = (typeof PRINCIPLES)[number]

/** What the scheme does to keep the five true (chapter 6); shown beside them, never counted as one. */
export const MONITORING = 'monitoring'

export const COVERAGES = ['full', 'partial', 'none'] as const
export type Coverage = (typeof COVERAGES)[number]

export const coverage = z.enum(COVERAGES)

/** One coverage for each principle: a gap is stated as `none`, never left out. */
export const principleCoverage = z.strictObject({
  disclosure: coverage,
  communication: coverage,
  privacy: coverage,
  security: coverage,
  redress: coverage,
})
export type PrincipleCoverage = z.infer<typeof principleCoverage>

/** The coverage that a scheme's criteria give together: `full` wins over `partial`, silence is `none`. */
export function coverageOf(
  criteria: readonly { principle: string; coverage: Coverage }[],
): PrincipleCoverage {
  const result: PrincipleCoverage = {
    disclosure: 'none',
    communication: 'none',
    privacy: 'none',
    security: 'none',
    redress: 'none',
  }
  for (const principle of PRINCIPLES) {
    const given = criteria.filter((c) => c.principle === principle).map((c) => c.coverage)
    if (given.includes('full')) result[principle] = 'full'
    else if (given.includes('partial')) result[principle] = 'partial'
  }
  return result
}

/** A principle as people read it. */
export interface PrincipleText {
  /** Its chapter in the WTA Code of Conduct. */
  chapter: number
  name: LocalText
  /** One sentence: what a shopper may expect where a scheme covers it in full. */
  description: LocalText
}

/**
 * Names and meanings of the five principles and of monitoring. The substance is that of the chapters and items of
 * the WTA Code of Conduct (worldtrustmark.org, "WTA documents"); the wording and the translations are ours.
 */
export const PRINCIPLE_TEXTS: Readonly<Record<Principle | typeof MONITORING, PrincipleText>> = {
  disclosure: {
    chapter: 1,
    name: { en: 'Disclosure', th: 'การเปิดเผยข้อมูล', vi: 'Công khai thông tin', ja: '情報開示' },
    description: {
      en: 'The shop says clearly and accurately who it is, what it sells, at what price and on what terms, where a buyer can find it easily.',
      th: 'ร้านค้าแจ้งอย่างชัดเจนและถูกต้องว่าตนคือใคร ขายอะไร ราคาเท่าใด และมีเงื่อนไขอย่างไร ในที่ที่ผู้ซื้อหาได้ง่าย',
      vi: 'Cửa hàng nêu rõ ràng, chính xác mình là ai, bán gì, giá bao nhiêu và theo điều kiện nào, ở nơi người mua dễ tìm thấy.',
      ja: '店舗は、事業者名、商品・サービス、価格、取引条件を、購入者が見つけやすい場所に、明確かつ正確に表示します。',
    },
  },
  communication: {
    chapter: 2,
    name: {
      en: 'Communication with customers',
      th: 'การสื่อสารกับลูกค้า',
      vi: 'Giao tiếp với khách hàng',
      ja: '顧客への対応',
    },
    description: {
      en: 'The shop can be reached, says whether and how an order can be cancelled or returned and what that costs, and keeps to rules on unsolicited mail.',
      th: 'ติดต่อร้านค้าได้ ร้านค้าแจ้งว่ายกเลิกหรือคืนสินค้าได้หรือไม่ อย่างไร และมีค่าใช้จ่ายเท่าใด และปฏิบัติตามหลักเกณฑ์เรื่องข้อความโฆษณาที่ผู้รับไม่ได้ขอ',
      vi: 'Có thể liên hệ được với cửa hàng; cửa hàng nêu rõ có được hủy đơn hoặc trả hàng hay không, bằng cách nào, chi phí ra sao, và tuân thủ quy tắc về thư quảng cáo không được yêu cầu.',
      ja: '店舗に連絡ができ、店舗は、キャンセルや返品の可否・方法・費用を示し、求められていない広告メールに関するルールを守ります。',
    },
  },
  privacy: {
    chapter: 4,
    name: {
      en: 'Protection of personal data',
      th: 'การคุ้มครองข้อมูลส่วนบุคคล',
      vi: 'Bảo vệ thông tin cá nhân',
      ja: '個人情報の保護',
    },
    description: {
      en: 'The shop collects only the personal data it needs, says what for, gives the customer a choice, and lets the customer see and correct them.',
      th: 'ร้านค้าเก็บข้อมูลส่วนบุคคลเท่าที่จำเป็น แจ้งวัตถุประสงค์ ให้ลูกค้ามีทางเลือก และให้ลูกค้าดูและแก้ไขข้อมูลของตนได้',
      vi: 'Cửa hàng chỉ thu thập thông tin cá nhân cần thiết, nêu rõ mục đích, cho khách hàng quyền lựa chọn và cho phép khách hàng xem, sửa thông tin của mình.',
      ja: '店舗は、必要な個人情報だけを集め、利用目的を示し、顧客に選択の機会を与え、本人による確認と訂正を受け付けます。',
    },
  },
  security: {
    chapter: 3,
    name: {
      en: 'Security',
      th: 'ความมั่นคงปลอดภัย',
      vi: 'An toàn, bảo mật',
      ja: 'セキュリティ',
    },
    description: {
      en: 'Confidential information is protected while it travels, while it is stored and when others handle it, and the protection is reviewed from time to time.',
      th: 'ข้อมูลที่เป็นความลับได้รับการปกป้องทั้งขณะส่ง ขณะจัดเก็บ และเมื่อผู้อื่นดูแล และมีการทบทวนมาตรการเป็นระยะ',
      vi: 'Thông tin bí mật được bảo vệ khi truyền đi, khi lưu trữ và khi bên khác xử lý; biện pháp bảo vệ được rà soát định kỳ.',
      ja: '機密情報は、送信時、保存時、第三者に取り扱わせる時に保護され、その対策は定期的に見直されます。',
    },
  },
  redress: {
    chapter: 5,
    name: {
      en: 'Complaints and disputes',
      th: 'การแก้ไขข้อร้องเรียนและข้อพิพาท',
      vi: 'Giải quyết khiếu nại và tranh chấp',
      ja: '苦情・紛争の解決',
    },
    description: {
      en: 'The shop says how to complain to it, handles complaints itself first, and says where an unsettled dispute can go and what that costs.',
      th: 'ร้านค้าแจ้งวิธีร้องเรียน จัดการข้อร้องเรียนด้วยตนเองก่อน และแจ้งว่าข้อพิพาทที่ตกลงกันไม่ได้จะยื่นต่อหน่วยงานใดได้และมีค่าใช้จ่ายเท่าใด',
      vi: 'Cửa hàng hướng dẫn cách khiếu nại, tự giải quyết khiếu nại trước, và nêu rõ tranh chấp chưa giải quyết được có thể gửi đến đâu, chi phí thế nào.',
      ja: '店舗は、苦情の申し出方法を示し、まず自ら対応し、解決しない場合の申立先とその費用を示します。',
    },
  },
  monitoring: {
    chapter: 6,
    name: { en: 'Monitoring', th: 'การติดตามประเมินผล', vi: 'Giám sát', ja: 'モニタリング' },
    description: {
      en: 'The body that awards the mark checks the shops that hold it and keeps its own rules up to date.',
      th: 'หน่วยงานที่ออกเครื่องหมายตรวจสอบร้านค้าที่ได้รับเครื่องหมาย และปรับปรุงหลักเกณฑ์ของตนให้ทันสมัย',
      vi: 'Tổ chức cấp nhãn kiểm tra các cửa hàng được cấp nhãn và cập nhật quy tắc của mình.',
      ja: 'マークを付与する団体が、付与先の店舗を確認し、自らの基準を見直し続けます。',
    },
  },
}
