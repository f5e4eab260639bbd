/** Vietnamese texts that teach how to judge a shop abroad. */
import type { LearnTexts } from '../en/learn.js'

export const learn: LearnTexts = {
  title: 'Cách đánh giá cửa hàng nước ngoài',
  description:
    'Năm bước trước khi mua, nhãn tín nhiệm cam kết và không cam kết điều gì, và phải làm gì khi gặp sự cố.',
  lead: 'Bạn không cần kiến thức kỹ thuật, chỉ cần một phút trước khi trả tiền.',
  contents: 'Trên trang này',
  before: {
    title: 'Trước khi mua: năm bước',
    address: 'Đọc địa chỉ của cửa hàng.',
    addressSays: 'Đọc từng chữ một. Trang giả thường đổi một chữ cái hoặc dùng đuôi khác.',
    tap: 'Chạm vào dấu chứng nhận.',
    tapSays:
      'Dấu thật mở ra trang của cơ quan hoặc của hệ thống này. Hình không mở ra gì thì không chứng minh được gì.',
    compare: 'So sánh hai địa chỉ.',
    compareSays:
      'Trang mở ra cho biết nhãn thuộc về cửa hàng nào. Đó phải đúng là địa chỉ nơi bạn sắp trả tiền.',
    check: 'Không có dấu để chạm? Hãy tự kiểm tra cửa hàng.',
    checkSays: 'Chép địa chỉ từ trình duyệt hoặc ứng dụng rồi dán vào đây: {verify}',
    terms: 'Xem ai điều hành cửa hàng.',
    termsSays: 'Tìm tên, địa chỉ, số điện thoại, cách trả hàng và cách khiếu nại.',
  },
  marks: {
    title: 'Nhãn cam kết điều gì',
    kinds: 'Có ba loại nhãn. Loại này không thay được loại kia.',
    principles: 'Nhãn chất lượng có thể cam kết năm điều. Không phải nhãn nào cũng cam kết đủ cả năm:',
    gaps: 'Trang của mỗi nhãn cho biết điều gì được bao gồm và điều gì không. {principles}',
    compare: 'So sánh các nhãn',
  },
  limits: {
    title: 'Điều không nhãn nào cam kết',
    liking: 'Rằng bạn sẽ hài lòng với món hàng, hoặc sẽ không bao giờ có sự cố.',
    elsewhere:
      'Bất cứ điều gì về nơi khác. Nhãn của một website không bao gồm gian hàng của cùng chủ trên sàn.',
    forever: 'Bất cứ điều gì về sau này. Nhãn có thể hết hạn, cơ quan có thể đình chỉ hoặc thu hồi.',
  },
  beware: {
    title: 'Điều cần cảnh giác',
    copied: 'Sao chép hình là kiểu gian lận thường gặp nhất.',
    copiedSays:
      'Ai cũng có thể chép hình của một nhãn, kể cả nhãn đã mất. Chỉ trang mở ra mới cho biết hôm nay còn hiệu lực hay không.',
    fake: 'Nhãn quen thuộc chưa chắc là nhãn thật.',
    fakeSays:
      'Trong một khảo sát 1.007 người (năm 2019), nhiều người biết một nhãn bịa đặt hơn là một nhãn có thật.',
    overlooked: 'Dấu chứng nhận dễ bị bỏ qua.',
    overlookedSays:
      'Trong một nghiên cứu với 60 người mua (năm 2012), 38% không nhận thấy dấu nào. Vì vậy hãy tìm dấu và chạm vào.',
    easy: 'Nhãn có giá trị bằng những gì được kiểm tra để cấp nhãn.',
    easySays:
      'Trong một nghiên cứu năm 2006, các website có một loại dấu dễ xin không đáng tin nhiều hơn gấp đôi so với website khác.',
    missing: 'Không có dấu chưa phải là điều xấu.',
    missingSays:
      'Ở Thái Lan năm 2014, 134 trong số 12.817 website đã đăng ký được cấp nhãn. Dù vậy vẫn nên kiểm tra cửa hàng.',
  },
  wrong: {
    title: 'Khi gặp sự cố',
    keep: 'Giữ lại mọi thứ.',
    keepSays: 'Đơn hàng, biên nhận, tin nhắn, ảnh hàng hóa, bưu kiện và lời chào bán kèm địa chỉ.',
    shop: 'Viết cho cửa hàng trước.',
    shopSays: 'Nêu điều gì không ổn, bạn muốn gì và đến khi nào. Giữ câu trả lời.',
    pay: 'Hỏi nơi bạn đã thanh toán qua.',
    paySays:
      'Sớm hỏi ngân hàng phát hành thẻ, ngân hàng hoặc dịch vụ thanh toán xem có thể lấy lại tiền không. Nếu có người lạm dụng thẻ hoặc tên của bạn, hãy báo ngay cho họ và công an.',
    complain: 'Khiếu nại bằng ngôn ngữ của bạn.',
    complainSays: 'Bạn chỉ gửi khiếu nại một lần: {complaint}',
    path: 'Sau đó thì sao.',
    pathSays:
      'Một cơ quan ở nước bạn tiếp nhận vụ việc, nếu có. Cơ quan đó liên hệ đối tác ở nước của cửa hàng, đối tác làm việc với cửa hàng, và câu trả lời về đến bạn theo đường cũ.',
  },
  words: {
    title: 'Giải thích từ ngữ',
    mark: 'Nhãn, nhãn tín nhiệm',
    markSays: 'Thứ cơ quan cấp cho cửa hàng đáp ứng quy định.',
    seal: 'Dấu chứng nhận',
    sealSays: 'Hình trên trang của cửa hàng thể hiện nhãn. Chạm vào phải dẫn đến chứng nhận.',
    certificate: 'Chứng nhận',
    certificateSays: 'Điều cơ quan đã ký: ai điều hành cửa hàng, bao gồm địa chỉ nào, đến khi nào.',
    agency: 'Cơ quan',
    agencySays: 'Cơ quan hoặc tổ chức kiểm tra cửa hàng và cấp nhãn.',
    suspended: 'Đình chỉ',
    suspendedSays: 'Hiện cửa hàng không được dùng nhãn.',
    withdrawn: 'Thu hồi',
    withdrawnSays: 'Cửa hàng đã mất nhãn vĩnh viễn.',
    expired: 'Hết hạn',
    expiredSays: 'Chứng nhận đã hết thời hạn và không được gia hạn.',
    log: 'Nhật ký công khai',
    logSays: 'Danh sách mọi chứng nhận và thay đổi mà không ai có thể lén sửa.',
  },
  basis: {
    title: 'Các con số lấy từ đâu',
    says: 'Khảo sát: Cross-Border Magazine, 25/4/2019. Người mua: Kirlappos, Sasse và Harvey, TRUST 2012. Website có dấu: Edelman, công bố năm 2006 và 2009. Thái Lan: Cục Phát triển Kinh doanh, báo cáo về hội nghị WTA năm 2014. Hình bị sao chép: cảnh báo của các tổ chức chứng nhận ở Nhật Bản (2013) và Hoa Kỳ.',
  },
}
