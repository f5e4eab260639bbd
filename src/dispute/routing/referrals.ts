/** Bodies outside the alliance, and ways of one's own, with where each is stated; read on 2026-11-22. Data. */
import type { Translated } from '../../alliance/text.js'
import type { ReferralSet } from './referral-sets.js'
import { ASEAN_COUNTRIES, ECC_COUNTRIES } from './regions.js'

/** For whom a referral is, within one kind. */
export interface ReferralScope {
  /** Countries of the consumer, and of the merchant, for which it is; absent: any. */
  consumer?: readonly string[]
  merchant?: readonly string[]
  /** One of the two suffices. */
  either?: true
  /** Only where its kind has nothing else for these countries. */
  fallback?: true
}

export interface ReferralRule {
  id: string
  sets: { readonly [S in ReferralSet]?: ReferralScope }
  /** What she can do herself: it has no address of its own. */
  ownWay?: true
  name: Translated<string>
  url: string | null
  phone?: string
  languages: readonly string[]
  note: Translated<string>
  source: string
}

export const REFERRALS: readonly ReferralRule[] = [
  // the consumer's own country
  {
    id: 'jp-188',
    sets: { home: { consumer: ['JP'] } },
    name: {
      en: 'Consumer Hotline 188 (Japan)',
      th: 'สายด่วนผู้บริโภค 188 (ญี่ปุ่น)',
      vi: 'Đường dây nóng người tiêu dùng 188 (Nhật Bản)',
      ja: '消費者ホットライン188',
    },
    url: 'https://www.caa.go.jp/policies/policy/local_cooperation/local_consumer_administration/hotline/',
    phone: '188',
    languages: ['ja'],
    note: {
      en: 'Connects you to the consumer centre nearest to you. Advice is free, the call is not. Closed from 29 December to 3 January.',
      th: 'เชื่อมต่อไปยังศูนย์ผู้บริโภคใกล้บ้าน ให้คำปรึกษาฟรี แต่มีค่าโทรศัพท์ หยุด 29 ธันวาคม - 3 มกราคม',
      vi: 'Nối máy đến trung tâm người tiêu dùng gần nhất. Tư vấn miễn phí, cước gọi thì không. Nghỉ từ 29/12 đến 3/1.',
      ja: '最寄りの消費生活センターなどの窓口につながります。相談は無料、通話料はかかります。12月29日～1月3日は休みです。',
    },
    source: 'https://www.caa.go.jp/policies/policy/local_cooperation/local_consumer_administration/hotline/',
  },
  {
    id: 'th-1166',
    sets: { home: { consumer: ['TH'] } },
    name: {
      en: 'Office of the Consumer Protection Board, hotline 1166 (Thailand)',
      th: 'สคบ. สายด่วน 1166',
      vi: 'Văn phòng Ủy ban Bảo vệ Người tiêu dùng Thái Lan (OCPB), đường dây nóng 1166',
      ja: 'タイ消費者保護委員会事務局（OCPB）ホットライン1166',
    },
    url: 'https://complaint.ocpb.go.th/',
    phone: '1166',
    languages: ['th', 'en'],
    note: {
      en: 'Takes complaints of consumers: an officer mediates first, then a subcommittee. Not what a court is dealing with.',
      th: 'รับเรื่องร้องเรียนจากผู้บริโภค เจ้าหน้าที่ไกล่เกลี่ยก่อน แล้วจึงคณะอนุกรรมการ ไม่รับเรื่องที่อยู่ในศาล',
      vi: 'Tiếp nhận khiếu nại của người tiêu dùng: cán bộ hòa giải trước, sau đó tiểu ban. Không nhận việc đang ở tòa.',
      ja: '消費者の苦情を受け付け、担当官のあっせん、次いで小委員会が扱います。裁判中の案件は対象外です。',
    },
    source: 'https://www.ocpb.go.th/more_faqs.php?f=11',
  },
  {
    id: 'th-1212',
    sets: { home: { consumer: ['TH'] }, police: { consumer: ['TH'], merchant: ['TH'], either: true } },
    name: {
      en: '1212 Online Complaint Center (ETDA, Thailand)',
      th: 'ศูนย์รับเรื่องร้องเรียนปัญหาออนไลน์ 1212 OCC (สพธอ.)',
      vi: 'Trung tâm Khiếu nại trực tuyến 1212 (ETDA, Thái Lan)',
      ja: '1212オンライン苦情センター（タイETDA）',
    },
    url: 'https://1212occ.com/',
    phone: '1212',
    languages: ['th'],
    note: {
      en: 'Takes problems of online purchases, false websites and offences under the Computer Crime Act, and passes them to who can act.',
      th: 'รับเรื่องปัญหาซื้อขายออนไลน์ เว็บไซต์ปลอม และความผิดตาม พ.ร.บ. คอมพิวเตอร์ แล้วส่งต่อหน่วยงานที่เกี่ยวข้อง',
      vi: 'Tiếp nhận vấn đề mua hàng trực tuyến, website giả và vi phạm Luật Tội phạm máy tính, rồi chuyển cho nơi có thẩm quyền.',
      ja: 'オンライン取引のトラブル、偽サイト、コンピュータ犯罪法違反を受け付け、関係機関に引き継ぎます。',
    },
    source: 'https://1212occ.com/help/aboutus',
  },
  {
    id: 'vn-18006838',
    sets: { home: { consumer: ['VN'] } },
    name: {
      en: 'Consumer hotline 1800.6838 (Vietnam Competition Commission)',
      th: 'สายด่วนผู้บริโภค 1800.6838 (คณะกรรมการการแข่งขันเวียดนาม)',
      vi: 'Tổng đài tư vấn, hỗ trợ người tiêu dùng 1800.6838 (Ủy ban Cạnh tranh Quốc gia)',
      ja: '消費者ホットライン1800.6838（ベトナム国家競争委員会）',
    },
    url: 'https://en.vcc.gov.vn/default.aspx?do=detail&id=df782735-f74d-464d-8bf4-5509a77690e8&page=news',
    phone: '1800.6838',
    languages: ['vi'],
    note: {
      en: 'Free advice and support for consumers in Vietnam.',
      th: 'ให้คำปรึกษาและช่วยเหลือผู้บริโภคในเวียดนามโดยไม่มีค่าใช้จ่าย',
      vi: 'Tư vấn, hỗ trợ miễn phí cho người tiêu dùng tại Việt Nam.',
      ja: 'ベトナムの消費者への無料の助言・支援です。',
    },
    source: 'https://en.vcc.gov.vn/default.aspx?do=detail&id=df782735-f74d-464d-8bf4-5509a77690e8&page=news',
  },
  {
    id: 'kr-1372',
    sets: { home: { consumer: ['KR'] } },
    name: {
      en: 'Consumer counselling 1372 (Korea)',
      th: 'ศูนย์ให้คำปรึกษาผู้บริโภค 1372 (เกาหลี)',
      vi: 'Trung tâm tư vấn người tiêu dùng 1372 (Hàn Quốc)',
      ja: '1372消費者相談センター（韓国）',
    },
    url: 'http://www.ccn.go.kr',
    phone: '1372',
    languages: ['ko'],
    note: {
      en: 'Advice first; what that does not solve goes to the Korea Consumer Agency, which recommends a settlement and can mediate.',
      th: 'เริ่มจากให้คำปรึกษา หากยังไม่จบจะส่งต่อสำนักงานผู้บริโภคเกาหลี ซึ่งเสนอทางออกและไกล่เกลี่ยได้',
      vi: 'Tư vấn trước; nếu chưa xong thì chuyển Cơ quan Người tiêu dùng Hàn Quốc, nơi đề xuất phương án và có thể hòa giải.',
      ja: 'まず相談、解決しないものは韓国消費者院が合意を勧告し、調停もできます。',
    },
    source:
      'https://m.easylaw.go.kr/MOM/SubCsmOvRetrieve.laf?langCd=700101&csmSeq=1255&ccfNo=5&cciNo=2&cnpClsNo=2',
  },
  {
    id: 'sg-case',
    sets: { home: { consumer: ['SG'] }, merchant: { merchant: ['SG'] } },
    name: {
      en: 'Consumers Association of Singapore (CASE)',
      th: 'สมาคมผู้บริโภคแห่งสิงคโปร์ (CASE)',
      vi: 'Hiệp hội Người tiêu dùng Singapore (CASE)',
      ja: 'シンガポール消費者協会（CASE）',
    },
    url: 'https://crdcomplaints.azurewebsites.net/',
    phone: '+65 6277 5100',
    languages: ['en'],
    note: {
      en: 'Advises free of charge. To have it write to the business for you, you join as a member and pay a fee.',
      th: 'ให้คำปรึกษาฟรี หากต้องการให้ติดต่อร้านแทนต้องสมัครสมาชิกและเสียค่าธรรมเนียม',
      vi: 'Tư vấn miễn phí. Muốn CASE liên hệ doanh nghiệp thay mình thì phải là hội viên và trả phí.',
      ja: '助言は無料です。事業者との交渉を頼むには会員になり手数料を払います。',
    },
    source: 'https://crdcomplaints.azurewebsites.net/',
  },
  {
    id: 'my-nccc',
    sets: { home: { consumer: ['MY'] }, merchant: { merchant: ['MY'] } },
    name: {
      en: 'National Consumer Complaints Centre (NCCC, Malaysia)',
      th: 'ศูนย์รับเรื่องร้องเรียนผู้บริโภคแห่งชาติ (NCCC, มาเลเซีย)',
      vi: 'Trung tâm Khiếu nại Người tiêu dùng Quốc gia (NCCC, Malaysia)',
      ja: '国家消費者苦情センター（NCCC、マレーシア）',
    },
    url: 'https://myaduan.com.my/site/page/help',
    languages: ['en', 'ms'],
    note: {
      en: 'Mediates only, without a fixed time. It asks for your permission to write to the trader.',
      th: 'ไกล่เกลี่ยเท่านั้น ไม่กำหนดระยะเวลา และขออนุญาตคุณก่อนติดต่อผู้ขาย',
      vi: 'Chỉ hòa giải, không có thời hạn cố định. Nơi này xin phép bạn trước khi liên hệ người bán.',
      ja: 'あっせんのみで、期間の定めはありません。事業者への連絡にはあなたの同意が要ります。',
    },
    source: 'https://myaduan.com.my/site/page/help',
  },
  {
    id: 'tw-1950',
    sets: { home: { consumer: ['TW'] } },
    name: {
      en: 'Consumer hotline 1950 (Taiwan)',
      th: 'สายด่วนผู้บริโภค 1950 (ไต้หวัน)',
      vi: 'Đường dây nóng người tiêu dùng 1950 (Đài Loan)',
      ja: '消費者ホットライン1950（台湾）',
    },
    url: 'https://cpc.ey.gov.tw/en/',
    phone: '1950',
    languages: ['zh-Hant'],
    note: {
      en: 'Connects you to the consumer service centre of your city or county.',
      th: 'เชื่อมต่อไปยังศูนย์บริการผู้บริโภคของเมืองหรือเขตของคุณ',
      vi: 'Nối máy đến trung tâm dịch vụ người tiêu dùng của thành phố hoặc huyện nơi bạn ở.',
      ja: 'お住まいの県市の消費者サービスセンターにつながります。',
    },
    source: 'https://ris.penghu.gov.tw/en/home.jsp?id=10076&act=view&dataserno=201012100009',
  },
  {
    id: 'ph-dti',
    sets: { home: { consumer: ['PH'] }, merchant: { merchant: ['PH'] } },
    name: {
      en: 'Department of Trade and Industry, Consumer Care (Philippines)',
      th: 'กระทรวงการค้าและอุตสาหกรรม ฝ่ายผู้บริโภค (ฟิลิปปินส์)',
      vi: 'Bộ Thương mại và Công nghiệp, bộ phận người tiêu dùng (Philippines)',
      ja: '貿易産業省 消費者窓口（フィリピン）',
    },
    url: 'https://esigaw.dti.gov.ph/?p=434',
    phone: '1-384',
    languages: ['en', 'fil'],
    note: {
      en: 'Mediates, then decides; complaints also by e-mail to consumercare@dti.gov.ph.',
      th: 'ไกล่เกลี่ยแล้วจึงตัดสิน ส่งเรื่องทางอีเมลได้ที่ consumercare@dti.gov.ph',
      vi: 'Hòa giải rồi phân xử; cũng nhận khiếu nại qua thư consumercare@dti.gov.ph.',
      ja: 'あっせんの後、裁定します。consumercare@dti.gov.ph でも受け付けます。',
    },
    source: 'https://esigaw.dti.gov.ph/?p=434',
  },
  {
    id: 'hk-council',
    sets: { home: { consumer: ['HK'] }, merchant: { merchant: ['HK'] } },
    name: {
      en: 'Consumer Council (Hong Kong)',
      th: 'สภาผู้บริโภคฮ่องกง',
      vi: 'Hội đồng Người tiêu dùng Hồng Kông',
      ja: '香港消費者委員会',
    },
    url: 'https://consumer.org.hk/en/complaint-form',
    phone: '+852 2929 2222',
    languages: ['en', 'zh-Hant', 'zh-Hans'],
    note: {
      en: 'Conciliates between you and the trader; it can not decide or punish.',
      th: 'ไกล่เกลี่ยระหว่างคุณกับผู้ขาย ไม่มีอำนาจตัดสินหรือลงโทษ',
      vi: 'Hòa giải giữa bạn và người bán; không có quyền phân xử hay xử phạt.',
      ja: 'あなたと事業者の間をあっせんします。裁定や処分の権限はありません。',
    },
    source: 'https://consumer.org.hk/en/complaint-form',
  },
  {
    id: 'cn-12315',
    sets: { home: { consumer: ['CN'] }, merchant: { merchant: ['CN'] } },
    name: {
      en: 'National consumer complaint platform 12315 (China)',
      th: 'แพลตฟอร์มร้องเรียนผู้บริโภคแห่งชาติ 12315 (จีน)',
      vi: 'Nền tảng khiếu nại người tiêu dùng quốc gia 12315 (Trung Quốc)',
      ja: '全国12315消費者苦情プラットフォーム（中国）',
    },
    url: 'https://www.12315.cn/',
    phone: '12315',
    languages: ['zh-Hans'],
    note: {
      en: 'Of the market regulator. The business answers first, then the authority mediates. You need an account.',
      th: 'ของหน่วยงานกำกับตลาด ผู้ประกอบการตอบก่อน แล้วหน่วยงานไกล่เกลี่ย ต้องมีบัญชีผู้ใช้',
      vi: 'Của cơ quan quản lý thị trường. Doanh nghiệp trả lời trước, sau đó cơ quan hòa giải. Cần có tài khoản.',
      ja: '市場監督当局の窓口です。まず事業者が回答し、次に当局が調停します。アカウントが要ります。',
    },
    source:
      'https://citizen.complainthub.org/t/how-can-you-file-a-consumer-complaint-to-national-platform-of-consumer-dispute-resolution-12315-in-china/2436',
  },
  {
    id: 'gb-citizens-advice',
    sets: { home: { consumer: ['GB'] } },
    name: {
      en: 'Citizens Advice consumer helpline (United Kingdom)',
      th: 'สายให้คำปรึกษาผู้บริโภค Citizens Advice (สหราชอาณาจักร)',
      vi: 'Đường dây tư vấn người tiêu dùng Citizens Advice (Vương quốc Anh)',
      ja: 'Citizens Advice 消費者ヘルプライン（英国）',
    },
    url: 'https://www.milton-keynes.gov.uk/environmental-health/trading-standards/trading-standards-consumer-advice',
    phone: '0808 223 1133',
    languages: ['en'],
    note: {
      en: 'Free advice, and the way to Trading Standards. For a shop abroad ask for the UK International Consumer Centre.',
      th: 'ให้คำปรึกษาฟรี และส่งต่อ Trading Standards หากร้านอยู่ต่างประเทศให้ถามหา UK International Consumer Centre',
      vi: 'Tư vấn miễn phí và là lối đến Trading Standards. Với cửa hàng nước ngoài, hãy hỏi UK International Consumer Centre.',
      ja: '無料の助言で、Trading Standardsへの窓口です。海外の店についてはUK International Consumer Centreにお尋ねください。',
    },
    source:
      'https://cumberland.gov.uk/business-and-licensing/trading-standards/advice-consumers/advice-and-help-consumers',
  },
  {
    id: 'world-authorities',
    sets: { home: { fallback: true } },
    name: {
      en: 'The consumer authority of your country (UNCTAD world map)',
      th: 'หน่วยงานคุ้มครองผู้บริโภคในประเทศของคุณ (แผนที่ของ UNCTAD)',
      vi: 'Cơ quan bảo vệ người tiêu dùng nước bạn (bản đồ của UNCTAD)',
      ja: 'お住まいの国の消費者当局（UNCTAD世界地図）',
    },
    url: 'https://unctadwcpm.org/',
    languages: ['en'],
    note: {
      en: 'Names the authority of each country that answered the United Nations. It takes no complaints itself.',
      th: 'ระบุหน่วยงานของแต่ละประเทศที่ตอบแบบสอบถามของสหประชาชาติ ตัวเว็บไม่รับเรื่องร้องเรียน',
      vi: 'Nêu cơ quan của từng nước đã trả lời Liên Hợp Quốc. Trang này không nhận khiếu nại.',
      ja: '国連の調査に回答した各国の当局が分かります。ここ自体は苦情を受け付けません。',
    },
    source: 'https://unctad.org/topic/competition-and-consumer-protection/consumer-protection-map',
  },
  {
    id: 'jp-ccj-form',
    sets: { home_abroad: { consumer: ['JP'] } },
    name: {
      en: 'Cross-border Consumer center Japan (CCJ), its own form',
      th: 'ศูนย์ผู้บริโภคข้ามพรมแดนญี่ปุ่น (CCJ) แบบฟอร์มของศูนย์',
      vi: 'Trung tâm Người tiêu dùng xuyên biên giới Nhật Bản (CCJ), biểu mẫu riêng',
      ja: '国民生活センター越境消費者センター（CCJ）の相談フォーム',
    },
    url: 'https://www.ccj.kokusen.go.jp/sdn_doi',
    languages: ['ja'],
    note: {
      en: 'For consumers who live in Japan, against businesses abroad, in Japanese. Ask CCJ directly by its form.',
      th: 'สำหรับผู้บริโภคที่อยู่ในญี่ปุ่นกับผู้ประกอบการต่างประเทศ เป็นภาษาญี่ปุ่น ติดต่อ CCJ โดยตรงทางแบบฟอร์ม',
      vi: 'Cho người tiêu dùng sống tại Nhật Bản với doanh nghiệp nước ngoài, bằng tiếng Nhật. Liên hệ thẳng CCJ qua biểu mẫu.',
      ja: '日本に居住する消費者と海外事業者とのトラブルを日本語で受け付けます。フォームから直接ご相談ください。',
    },
    source: 'https://www.ccj.kokusen.go.jp/sdn_doi',
  },
  {
    id: 'gb-icc',
    sets: { home_abroad: { consumer: ['GB'] } },
    name: {
      en: 'UK International Consumer Centre',
      th: 'ศูนย์ผู้บริโภคระหว่างประเทศแห่งสหราชอาณาจักร',
      vi: 'Trung tâm Người tiêu dùng Quốc tế Vương quốc Anh',
      ja: '英国国際消費者センター',
    },
    url: 'https://cumberland.gov.uk/business-and-licensing/trading-standards/advice-consumers/advice-and-help-consumers',
    languages: ['en'],
    note: {
      en: 'For consumers in the United Kingdom with a problem with a company in another country.',
      th: 'สำหรับผู้บริโภคในสหราชอาณาจักรที่มีปัญหากับบริษัทในประเทศอื่น',
      vi: 'Cho người tiêu dùng tại Anh gặp vấn đề với công ty ở nước khác.',
      ja: '英国の消費者と外国の事業者とのトラブルの相談先です。',
    },
    source:
      'https://cumberland.gov.uk/business-and-licensing/trading-standards/advice-consumers/advice-and-help-consumers',
  },
  {
    id: 'cross-border-none',
    sets: { home_abroad: { fallback: true } },
    ownWay: true,
    name: {
      en: 'Ask your own consumer authority whether it has a partner there',
      th: 'ถามหน่วยงานผู้บริโภคในประเทศของคุณว่ามีหน่วยงานพันธมิตรที่นั่นหรือไม่',
      vi: 'Hỏi cơ quan người tiêu dùng nước bạn xem có đối tác ở đó không',
      ja: '自国の消費者当局に、相手国の提携先があるか尋ねる',
    },
    url: null,
    languages: [],
    note: {
      en: 'Bodies abroad often take a complaint only from the body of the consumer’s own country.',
      th: 'หน่วยงานในต่างประเทศมักรับเรื่องผ่านหน่วยงานในประเทศของผู้บริโภคเท่านั้น',
      vi: 'Các cơ quan nước ngoài thường chỉ nhận khiếu nại qua cơ quan của nước người tiêu dùng.',
      ja: '海外の機関は、消費者の自国の機関を通した苦情しか受けないことが多くあります。',
    },
    source: 'https://www.caa.go.jp/en/policy/consumer_research/',
  },
  // the merchant's country
  {
    id: 'kr-kca',
    sets: { merchant: { merchant: ['KR'] } },
    name: {
      en: 'Korea Consumer Agency, inquiry of consumers abroad',
      th: 'สำนักงานผู้บริโภคเกาหลี (KCA) สำหรับผู้บริโภคต่างประเทศ',
      vi: 'Cơ quan Người tiêu dùng Hàn Quốc (KCA), dành cho người tiêu dùng nước ngoài',
      ja: '韓国消費者院（KCA）海外消費者向け窓口',
    },
    url: 'https://www.kca.go.kr/eng/sub.do?menukey=6005',
    languages: ['en', 'ko'],
    note: {
      en: 'Takes complaints of foreign consumers about businesses in Korea, on a form to download. It promises no result.',
      th: 'รับเรื่องจากผู้บริโภคต่างชาติเกี่ยวกับธุรกิจในเกาหลี โดยดาวน์โหลดแบบฟอร์ม ไม่รับรองผล',
      vi: 'Nhận khiếu nại của người tiêu dùng nước ngoài về doanh nghiệp tại Hàn Quốc, theo mẫu tải về. Không hứa kết quả.',
      ja: '韓国の事業者についての海外の消費者からの苦情を、所定の書式で受け付けます。結果は約束されません。',
    },
    source: 'https://www.kca.go.kr/eng/sub.do?menukey=6005',
  },
  {
    id: 'us-bbb',
    sets: { merchant: { merchant: ['US', 'CA'] } },
    name: {
      en: 'Better Business Bureau (United States and Canada)',
      th: 'Better Business Bureau (สหรัฐอเมริกาและแคนาดา)',
      vi: 'Better Business Bureau (Hoa Kỳ và Canada)',
      ja: 'Better Business Bureau（米国・カナダ）',
    },
    url: 'https://www.bbb.org/',
    languages: ['en'],
    note: {
      en: 'Forwards a complaint to the business and publishes how it was closed. It can not force an answer.',
      th: 'ส่งเรื่องให้ธุรกิจและเผยแพร่ผลการปิดเรื่อง แต่บังคับให้ตอบไม่ได้',
      vi: 'Chuyển khiếu nại cho doanh nghiệp và công bố kết quả. Không thể buộc trả lời.',
      ja: '苦情を事業者に転送し、結果を公表します。回答を強制することはできません。',
    },
    source:
      'https://cybercemetery.unt.edu/archive/oilspill/20130224173338/http://www.onguardonline.gov/filecomplaint',
  },
  // networks
  {
    id: 'ecc-net',
    sets: { region: { consumer: ECC_COUNTRIES, merchant: ECC_COUNTRIES } },
    name: {
      en: 'European Consumer Centres Network (ECC-Net)',
      th: 'เครือข่ายศูนย์ผู้บริโภคยุโรป (ECC-Net)',
      vi: 'Mạng lưới Trung tâm Người tiêu dùng châu Âu (ECC-Net)',
      ja: '欧州消費者センターネットワーク（ECC-Net）',
    },
    url: 'https://www.eccnet.eu/ecc-network/our-services/our-work',
    languages: [
      ...[
        'bg',
        'cs',
        'da',
        'de',
        'el',
        'en',
        'es',
        'et',
        'fi',
        'fr',
        'ga',
        'hr',
        'hu',
        'is',
        'it',
        'lt',
        'lv',
      ],
      ...['mt', 'nb', 'nl', 'pl', 'pt', 'ro', 'sk', 'sl', 'sv'],
    ],
    note: {
      en: 'Ask the centre of the country where you live. Only where consumer and shop are both in the EU, Norway or Iceland.',
      th: 'ติดต่อศูนย์ในประเทศที่คุณอยู่ เฉพาะกรณีที่ทั้งผู้บริโภคและร้านอยู่ในสหภาพยุโรป นอร์เวย์ หรือไอซ์แลนด์',
      vi: 'Liên hệ trung tâm ở nước bạn sống. Chỉ khi cả người tiêu dùng và cửa hàng ở EU, Na Uy hoặc Iceland.',
      ja: 'お住まいの国のセンターにご相談ください。消費者と事業者が共にEU・ノルウェー・アイスランドにいる場合に限ります。',
    },
    source: 'https://www.eccnet.eu/ecc-network/our-services/our-work',
  },
  {
    id: 'asean-accp',
    sets: { region: { merchant: ASEAN_COUNTRIES } },
    name: {
      en: 'ASEAN Online Consumer Complaint Function (ACCP)',
      th: 'ระบบรับเรื่องร้องเรียนผู้บริโภคอาเซียน (ACCP)',
      vi: 'Cổng khiếu nại người tiêu dùng trực tuyến ASEAN (ACCP)',
      ja: 'ASEAN消費者苦情オンライン窓口（ACCP）',
    },
    url: 'https://aseanconsumer.org/consumer-complaint',
    languages: ['en'],
    note: {
      en: 'For purchases from businesses in ASEAN countries; goes to the authority there, normally within 30 working days. It asks for an identity or passport number.',
      th: 'สำหรับการซื้อจากธุรกิจในประเทศอาเซียน ส่งถึงหน่วยงานในประเทศนั้น ปกติภายใน 30 วันทำการ และขอเลขบัตรประชาชนหรือหนังสือเดินทาง',
      vi: 'Cho việc mua từ doanh nghiệp ở các nước ASEAN; chuyển đến cơ quan nước đó, thường trong 30 ngày làm việc. Biểu mẫu hỏi số giấy tờ tùy thân hoặc hộ chiếu.',
      ja: 'ASEAN諸国の事業者からの購入が対象で、その国の当局に届き、通常30営業日で処理されます。身分証または旅券の番号を求められます。',
    },
    source: 'https://aseanconsumer.org/consumer-complaint',
  },
  {
    id: 'econsumer',
    sets: { abroad: {} },
    name: {
      en: 'econsumer.gov (reports across borders)',
      th: 'econsumer.gov (แจ้งเรื่องข้ามพรมแดน)',
      vi: 'econsumer.gov (báo cáo xuyên biên giới)',
      ja: 'econsumer.gov（越境取引の通報）',
    },
    url: 'https://econsumer.gov/',
    languages: ['en', 'fr', 'de', 'ko', 'ja', 'pl', 'es', 'pt', 'tr'],
    note: {
      en: 'Agencies of more than 65 countries read what is reported there. It does not mediate and promises no answer.',
      th: 'หน่วยงานกว่า 65 ประเทศเข้าถึงข้อมูลที่แจ้งไว้ ไม่ไกล่เกลี่ยและไม่รับรองว่าจะตอบ',
      vi: 'Cơ quan của hơn 65 nước xem các báo cáo. Nơi này không hòa giải và không hứa trả lời.',
      ja: '65か国以上の当局が通報を閲覧します。あっせんはせず、回答も約束されません。',
    },
    source: 'https://econsumer.gov/en/Home/About',
  },
  // money, platforms, police, safety, courts
  {
    id: 'card-chargeback',
    sets: { payment: {} },
    name: {
      en: 'Your card issuer or bank: ask for a chargeback',
      th: 'ผู้ออกบัตรหรือธนาคารของคุณ: ขอเรียกคืนเงิน (chargeback)',
      vi: 'Ngân hàng phát hành thẻ của bạn: yêu cầu hoàn tiền (chargeback)',
      ja: 'カード会社・銀行にチャージバックを相談',
    },
    url: 'https://evropskyspotrebitel.cz/news/how-get-your-money-back-for-non-delivered-gifts/',
    languages: ['en'],
    note: {
      en: 'If you paid by card, call the number on its back soon: there is a time limit, often 120 days. A bank transfer can hardly be called back. The page explains it.',
      th: 'หากจ่ายด้วยบัตร ให้โทรตามหมายเลขหลังบัตรโดยเร็ว เพราะมีกำหนดเวลา มักเป็น 120 วัน การโอนเงินเรียกคืนได้ยาก หน้าเว็บนี้อธิบายวิธี',
      vi: 'Nếu trả bằng thẻ, hãy gọi số ở mặt sau thẻ sớm: có thời hạn, thường 120 ngày. Tiền đã chuyển khoản rất khó đòi lại. Trang này giải thích cách làm.',
      ja: 'カードで払った場合は、裏面の番号に早めにご連絡ください。期限があり、120日のことが多いです。銀行振込の取り消しは困難です。リンク先に説明があります。',
    },
    source:
      'https://evropskyspotrebitel.cz/news/how-get-your-money-back-for-non-delivered-gifts/; https://www.eccireland.ie/category/news/page/2/',
  },
  {
    id: 'marketplace-tool',
    sets: { platform: { fallback: true } },
    ownWay: true,
    name: {
      en: 'The marketplace’s own dispute tool, on your order page',
      th: 'ระบบแจ้งปัญหาของแพลตฟอร์ม ในหน้าคำสั่งซื้อของคุณ',
      vi: 'Công cụ khiếu nại của chính sàn, ở trang đơn hàng của bạn',
      ja: '注文ページにあるマーケットプレイス自身の紛争解決機能',
    },
    url: null,
    languages: [],
    note: {
      en: 'Open it at once: its deadline stands on the order page and is short.',
      th: 'แจ้งทันที กำหนดเวลาแสดงในหน้าคำสั่งซื้อและมักสั้น',
      vi: 'Hãy mở ngay: thời hạn ghi ở trang đơn hàng và thường ngắn.',
      ja: 'すぐに申し立ててください。期限は注文ページにあり、短いことが多いです。',
    },
    source: 'https://help.shopee.ph/portal/article/80958',
  },
  {
    id: 'marketplace-tool-ph',
    sets: { platform: { either: true, consumer: ['PH'], merchant: ['PH'] } },
    ownWay: true,
    name: {
      en: 'The marketplace’s own dispute tool, on your order page',
      th: 'ระบบแจ้งปัญหาของแพลตฟอร์ม ในหน้าคำสั่งซื้อของคุณ',
      vi: 'Công cụ khiếu nại của chính sàn, ở trang đơn hàng của bạn',
      ja: '注文ページにあるマーケットプレイス自身の紛争解決機能',
    },
    url: null,
    languages: [],
    note: {
      en: 'Open it at once: its deadline stands on the order page and is short. Shopee in the Philippines, for one, gives 7 days from delivery, 15 for its Mall.',
      th: 'แจ้งทันที กำหนดเวลาแสดงในหน้าคำสั่งซื้อและมักสั้น เช่น Shopee ฟิลิปปินส์ให้ 7 วันหลังรับสินค้า และ 15 วันสำหรับ Mall',
      vi: 'Hãy mở ngay: thời hạn ghi ở trang đơn hàng và thường ngắn. Ví dụ Shopee Philippines cho 7 ngày từ khi giao, 15 ngày với Mall.',
      ja: 'すぐに申し立ててください。期限は注文ページにあり、短いことが多いです。例えばフィリピンのShopeeは配達から7日、Mallは15日です。',
    },
    source: 'https://help.shopee.ph/portal/article/80958',
  },
  {
    id: 'th-police',
    sets: { police: { consumer: ['TH'] } },
    name: {
      en: 'Royal Thai Police, online reports and AOC 1441',
      th: 'แจ้งความออนไลน์ ตำรวจไซเบอร์ และสายด่วน AOC 1441',
      vi: 'Cảnh sát Hoàng gia Thái Lan, trình báo trực tuyến và AOC 1441',
      ja: 'タイ警察オンライン通報・AOC 1441',
    },
    url: 'https://www.thaipoliceonline.go.th',
    phone: '1441',
    languages: ['th'],
    note: {
      en: 'For fraud and false websites, day and night. You register with your identity and get a case number.',
      th: 'สำหรับการฉ้อโกงและเว็บไซต์ปลอม ตลอด 24 ชั่วโมง ต้องลงทะเบียนยืนยันตัวตน และจะได้เลขรับแจ้ง',
      vi: 'Cho lừa đảo và website giả, 24 giờ. Bạn đăng ký bằng danh tính và nhận mã vụ việc.',
      ja: '詐欺や偽サイトの通報先で、24時間対応です。本人登録の上、受理番号が発行されます。',
    },
    source:
      'Guidance for Thais abroad of 6 July 2024, gcc.go.th; https://en.thairath.co.th/lifestyle/life/2908696',
  },
  {
    id: 'jp-police',
    sets: { police: { consumer: ['JP'] } },
    name: {
      en: 'Japanese police, cyber reports and #9110',
      th: 'ตำรวจญี่ปุ่น แจ้งเหตุไซเบอร์ และ #9110',
      vi: 'Cảnh sát Nhật Bản, báo sự cố mạng và #9110',
      ja: '警察 サイバー事案のオンライン受付窓口・#9110',
    },
    url: 'https://www.npa.go.jp/bureau/cyber/soudan.html',
    phone: '#9110',
    languages: ['ja'],
    note: {
      en: 'For fraud and false shops. In an emergency dial 110.',
      th: 'สำหรับการฉ้อโกงและร้านปลอม เหตุฉุกเฉินโทร 110',
      vi: 'Cho lừa đảo và cửa hàng giả. Khẩn cấp gọi 110.',
      ja: '詐欺や偽ショップの通報・相談先です。緊急の場合は110番へ。',
    },
    source: 'https://www.pref.fukui.jp/kenkei/doc/kenkei/soudan-soudan.html',
  },
  {
    id: 'vn-warning',
    sets: { police: { consumer: ['VN'], merchant: ['VN'], either: true } },
    name: {
      en: 'National cyber security monitoring centre of Vietnam (NCSC), warnings',
      th: 'ศูนย์เฝ้าระวังความปลอดภัยไซเบอร์แห่งชาติเวียดนาม (NCSC)',
      vi: 'Cổng cảnh báo an toàn thông tin Việt Nam (NCSC)',
      ja: 'ベトナム国家サイバー空間安全監視センター（NCSC）',
    },
    url: 'https://canhbao.khonggianmang.vn',
    languages: ['vi'],
    note: {
      en: 'Takes reports of false and fraudulent websites. To have a crime investigated, go to the police.',
      th: 'รับแจ้งเว็บไซต์ปลอมและหลอกลวง หากต้องการให้สอบสวนให้แจ้งตำรวจ',
      vi: 'Tiếp nhận phản ánh website giả mạo, lừa đảo. Muốn điều tra tội phạm, hãy trình báo công an.',
      ja: '偽サイトや詐欺サイトの通報先です。捜査を求める場合は警察へ。',
    },
    source:
      'https://dinre.mae.gov.vn/hang-loat-website-cua-to-chuc-doanh-nghiep-cua-viet-nam-bi-gia-mao-nham-lua-dao-2703.htm',
  },
  {
    id: 'local-police',
    sets: { police: { fallback: true } },
    ownWay: true,
    name: {
      en: 'The police where you live',
      th: 'ตำรวจในพื้นที่ของคุณ',
      vi: 'Công an, cảnh sát nơi bạn ở',
      ja: 'お住まいの地域の警察',
    },
    url: null,
    languages: [],
    note: {
      en: 'If you were deceived. Keep messages, receipts and pictures of the pages; the number of your report helps with your bank.',
      th: 'หากถูกหลอกลวง เก็บข้อความ หลักฐานการจ่ายเงิน และภาพหน้าเว็บไว้ เลขรับแจ้งช่วยเมื่อติดต่อธนาคาร',
      vi: 'Nếu bị lừa. Giữ tin nhắn, chứng từ và ảnh chụp trang; mã trình báo có ích khi làm việc với ngân hàng.',
      ja: 'だまされた場合はご相談ください。やり取り、領収書、画面の写しを保管し、受理番号は銀行への連絡に役立ちます。',
    },
    source: 'https://www.korttiturvallisuus.fi/en/Online/Incorrect-charge/',
  },
  {
    id: 'icann-registrar',
    sets: { host: {} },
    name: {
      en: 'The registrar of the false address, and ICANN if it does not act',
      th: 'ผู้รับจดทะเบียนโดเมนปลอม และ ICANN หากไม่ดำเนินการ',
      vi: 'Nhà đăng ký tên miền giả, và ICANN nếu họ không xử lý',
      ja: '偽ドメインの登録業者、対応しない場合はICANN',
    },
    url: 'https://www.icann.org/compliance/complaint',
    languages: ['en'],
    note: {
      en: 'A registrar must take reports of abuse. The mark’s owner does this too; you need not.',
      th: 'ผู้รับจดทะเบียนต้องรับแจ้งการใช้งานในทางที่ผิด เจ้าของเครื่องหมายก็ดำเนินการเช่นกัน คุณไม่จำเป็นต้องทำเอง',
      vi: 'Nhà đăng ký phải nhận báo cáo lạm dụng. Chủ sở hữu nhãn cũng làm việc này; bạn không bắt buộc phải làm.',
      ja: '登録業者には不正利用の通報を受ける義務があります。マークの所有者も行うため、ご自身でする必要はありません。',
    },
    source:
      'https://fr.com/insights/thought-leadership/blogs/tips-for-dealing-with-domain-name-disputes-without-whois-information; https://www.icann.org/compliance/complaint',
  },
  {
    id: 'oecd-recalls',
    sets: { safety: {} },
    name: {
      en: 'OECD GlobalRecalls: was the product recalled?',
      th: 'OECD GlobalRecalls: สินค้านี้ถูกเรียกคืนหรือไม่',
      vi: 'OECD GlobalRecalls: sản phẩm có bị thu hồi không?',
      ja: 'OECD GlobalRecalls：リコール情報の検索',
    },
    url: 'https://globalrecalls.oecd.org/Content.aspx?Context=AboutUs_Introduction&lang=En',
    languages: ['en', 'fr', 'ja'],
    note: {
      en: 'Recalls of many countries in one place. Report the danger itself to the authority of your country.',
      th: 'รวมข้อมูลการเรียกคืนสินค้าจากหลายประเทศ ส่วนอันตรายให้แจ้งหน่วยงานในประเทศของคุณ',
      vi: 'Thông tin thu hồi của nhiều nước. Hãy báo mối nguy cho cơ quan nước bạn.',
      ja: '各国のリコール情報をまとめて検索できます。危険そのものは自国の当局に届け出てください。',
    },
    source: 'https://globalrecalls.oecd.org/Content.aspx?Context=AboutUs_Introduction&lang=En',
  },
  {
    id: 'sg-small-claims',
    sets: { court: { consumer: ['SG'], merchant: ['SG'], either: true } },
    name: {
      en: 'Small Claims Tribunals (Singapore)',
      th: 'ศาลคดีมโนสาเร่ (สิงคโปร์)',
      vi: 'Tòa Khiếu kiện nhỏ (Singapore)',
      ja: '少額請求審判所（シンガポール）',
    },
    url: 'https://judiciary.gov.sg/news-and-resources/news/news-details/media-release-small-claims-tribunals-to-accept-higher-value-claims-from-1-november-2019',
    languages: ['en'],
    note: {
      en: 'Claims up to S$20,000, by written consent of both sides up to S$30,000, within two years.',
      th: 'ไม่เกิน 20,000 ดอลลาร์สิงคโปร์ หรือ 30,000 หากทั้งสองฝ่ายยินยอมเป็นหนังสือ ภายในสองปี',
      vi: 'Yêu cầu đến 20.000 đô la Singapore, hoặc 30.000 nếu hai bên đồng ý bằng văn bản, trong hai năm.',
      ja: '2万シンガポールドルまで、双方の書面による同意があれば3万ドルまで、2年以内の請求です。',
    },
    source:
      'https://judiciary.gov.sg/news-and-resources/news/news-details/media-release-small-claims-tribunals-to-accept-higher-value-claims-from-1-november-2019',
  },
  {
    id: 'th-online-court',
    sets: { court: { consumer: ['TH'], merchant: ['TH'], either: true } },
    name: {
      en: 'Civil Court of Thailand, online purchases division',
      th: 'แผนกคดีซื้อขายออนไลน์ในศาลแพ่ง',
      vi: 'Tòa Dân sự Thái Lan, bộ phận mua bán trực tuyến',
      ja: 'タイ民事裁判所 オンライン売買部',
    },
    url: 'https://efiling3.coj.go.th/eFiling',
    languages: ['th'],
    note: {
      en: 'Consumers file online, without fee and without a lower limit of the amount.',
      th: 'ผู้บริโภคยื่นฟ้องออนไลน์ได้ 24 ชั่วโมง ไม่เสียค่าใช้จ่าย ไม่จำกัดวงเงินขั้นต่ำ',
      vi: 'Người tiêu dùng nộp đơn trực tuyến, không mất phí, không giới hạn số tiền tối thiểu.',
      ja: '消費者はオンラインで無料で提訴でき、金額の下限はありません。',
    },
    source: 'https://js100.com/en/site/post_share/view/114355',
  },
  {
    id: 'jp-court',
    sets: { court: { consumer: ['JP'], merchant: ['JP'], either: true } },
    name: {
      en: 'Summary courts of Japan',
      th: 'ศาลแขวงญี่ปุ่น',
      vi: 'Tòa án giản lược Nhật Bản',
      ja: '簡易裁判所（少額訴訟・民事調停）',
    },
    url: 'https://www.courts.go.jp/saiban/syurui/syurui_minzi/minzi_04_02_08/index.html',
    languages: ['ja'],
    note: {
      en: 'Lawsuits up to 1.4 million yen, small claims up to 600,000 yen, and conciliation; larger ones go to a district court.',
      th: 'ฟ้องได้ไม่เกิน 1.4 ล้านเยน คดีมโนสาเร่ไม่เกิน 600,000 เยน และการประนอมข้อพิพาท จำนวนที่สูงกว่าอยู่ที่ศาลจังหวัด',
      vi: 'Kiện đến 1,4 triệu yên, khiếu kiện nhỏ đến 600.000 yên, và hòa giải; số lớn hơn thuộc tòa án quận.',
      ja: '訴訟は140万円まで、少額訴訟は60万円まで、民事調停も利用できます。それを超えるものは地方裁判所です。',
    },
    source: 'http://www.courts.go.jp/saiban/wadai/2002/index.html',
  },
  {
    id: 'running-proceedings',
    sets: { proceedings: {} },
    ownWay: true,
    name: {
      en: 'The court or body that is dealing with it',
      th: 'ศาลหรือหน่วยงานที่กำลังพิจารณาเรื่องนี้',
      vi: 'Tòa án hoặc cơ quan đang xử lý việc này',
      ja: 'この件を扱っている裁判所・機関',
    },
    url: null,
    languages: [],
    note: {
      en: 'Ask there how your case stands. If it has decided, ask whether you can object, and until when: such terms are short.',
      th: 'สอบถามความคืบหน้าที่นั่น หากมีคำตัดสินแล้ว ให้ถามว่าคัดค้านได้หรือไม่และภายในเมื่อใด เพราะมักมีเวลาสั้น',
      vi: 'Hãy hỏi nơi đó vụ việc của bạn đến đâu. Nếu đã có quyết định, hỏi xem có thể phản đối không và đến khi nào: thời hạn thường ngắn.',
      ja: '進み具合はそちらにお尋ねください。すでに判断が出ている場合は、不服を申し立てられるか、その期限はいつかをご確認ください。期間は短いのが普通です。',
    },
    source: 'https://complaint.ocpb.go.th/home/condition?lang=EN',
  },
  {
    id: 'court-elsewhere',
    sets: { court: { fallback: true } },
    ownWay: true,
    name: {
      en: 'A court or tribunal: ask for legal advice first',
      th: 'ศาลหรือคณะอนุญาโตตุลาการ: ขอคำปรึกษากฎหมายก่อน',
      vi: 'Tòa án hoặc trọng tài: hãy xin tư vấn pháp lý trước',
      ja: '裁判所など：まず法律相談を',
    },
    url: null,
    languages: [],
    note: {
      en: 'Which court can decide, and whether its judgment is enforced abroad, depends on both countries.',
      th: 'ศาลใดมีอำนาจ และคำพิพากษาบังคับในต่างประเทศได้หรือไม่ ขึ้นอยู่กับทั้งสองประเทศ',
      vi: 'Tòa nào có thẩm quyền và bản án có được thi hành ở nước ngoài hay không tùy thuộc hai nước.',
      ja: 'どの裁判所が扱えるか、判決が外国で執行されるかは、両国によって異なります。',
    },
    source: 'Decision of this project, docs/routing.md',
  },
  // businesses
  {
    id: 'apec-odr',
    sets: { business: {} },
    name: {
      en: 'APEC: online dispute resolution between businesses',
      th: 'เอเปค: การระงับข้อพิพาทออนไลน์ระหว่างธุรกิจ',
      vi: 'APEC: giải quyết tranh chấp trực tuyến giữa doanh nghiệp',
      ja: 'APEC 企業間オンライン紛争解決（ODR）',
    },
    url: 'https://www.apec.org/seli/overview',
    languages: ['en'],
    note: {
      en: 'Providers listed by APEC: negotiation, mediation, arbitration, if both sides agree. China, Hong Kong, Japan, Singapore and the United States took part in 2022.',
      th: 'ผู้ให้บริการในบัญชีของเอเปค: เจรจา ไกล่เกลี่ย อนุญาโตตุลาการ หากทั้งสองฝ่ายยินยอม ในปี 2565 มีจีน ฮ่องกง ญี่ปุ่น สิงคโปร์ และสหรัฐอเมริกา',
      vi: 'Các nhà cung cấp do APEC niêm yết: thương lượng, hòa giải, trọng tài nếu hai bên đồng ý. Năm 2022 có Trung Quốc, Hồng Kông, Nhật Bản, Singapore, Hoa Kỳ.',
      ja: 'APEC掲載の事業者による交渉・調停・仲裁で、双方の同意が必要です。2022年時点で中国、香港、日本、シンガポール、米国が参加。',
    },
    source:
      'https://www.apec.org/press/news-releases/2022/apec-launches-collaborative-framework-on-online-dispute-resolution-to-help-small-businesses',
  },
  {
    id: 'ccj-terms',
    sets: { trader: {} },
    name: {
      en: 'CCJ: for whom it is today',
      th: 'CCJ: ปัจจุบันรับเรื่องจากใคร',
      vi: 'CCJ: hiện nay tiếp nhận của ai',
      ja: 'CCJ：現在の相談対象',
    },
    url: 'https://www.ccj.kokusen.go.jp/sdn_doi',
    languages: ['ja'],
    note: {
      en: 'Its terms name consumers who live in Japan; a seller’s claim against a buyer is not among them.',
      th: 'เงื่อนไขระบุเฉพาะผู้บริโภคที่อยู่ในญี่ปุ่น ไม่รวมข้อเรียกร้องของผู้ขายต่อผู้ซื้อ',
      vi: 'Điều kiện nêu người tiêu dùng sống tại Nhật Bản; yêu cầu của người bán với người mua không thuộc phạm vi.',
      ja: '相談対象は日本に居住する消費者で、販売者から購入者への請求は含まれていません。',
    },
    source: 'https://www.ccj.kokusen.go.jp/sdn_doi',
  },
  {
    id: 'jp-himawari',
    sets: { trader: { merchant: ['JP'] }, business: { merchant: ['JP'] } },
    name: {
      en: 'Himawari hotline of the Japanese bar, for small businesses',
      th: 'สายด่วนฮิมะวะริ สมาคมทนายความญี่ปุ่น สำหรับธุรกิจขนาดเล็ก',
      vi: 'Đường dây Himawari của Đoàn luật sư Nhật Bản, cho doanh nghiệp nhỏ',
      ja: '日弁連 ひまわりほっとダイヤル（中小企業向け）',
    },
    url: 'https://www.nichibenren.or.jp/ja/sme/tsushin/ht0017.html',
    languages: ['ja'],
    note: {
      en: 'Makes an appointment with a lawyer; the page is on collecting what customers abroad owe.',
      th: 'นัดหมายทนายความ หน้านี้เกี่ยวกับการเรียกเก็บเงินจากลูกค้าต่างประเทศ',
      vi: 'Đặt hẹn với luật sư; trang này nói về thu nợ khách hàng nước ngoài.',
      ja: '弁護士への相談を予約できます。リンク先は海外取引の債権回収についてです。',
    },
    source: 'https://www.nichibenren.or.jp/ja/sme/tsushin/ht0017.html',
  },
]
