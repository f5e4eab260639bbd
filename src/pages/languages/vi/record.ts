/** Vietnamese texts of the page about one record, where a seal leads. */
import type { RecordTexts } from '../en/record.js'

export const record: RecordTexts = {
  title: 'Chứng nhận',
  arrival: {
    covered: 'Bạn đến từ {host}. Nhãn này bao gồm địa chỉ đó.',
    coveredOnce: 'Bạn đến từ {host}. Nhãn đã được cấp cho cửa hàng này nhưng hiện không có hiệu lực.',
    unknown: 'Hãy so từng chữ cái với địa chỉ của cửa hàng nơi bạn thấy nhãn.',
    unknownShop: 'Hãy so từng chữ cái với cửa hàng nơi bạn thấy nhãn.',
    platform: 'Bạn đến từ {host}, nơi có nhiều cửa hàng. Nhãn chỉ thuộc về cửa hàng nêu tên ở đây.',
    from: 'Bạn đến từ {host}',
    elsewhere: 'Nhãn này không thuộc về {host}. Nếu bạn thấy nhãn ở đó, đừng tin.',
    imitates: 'Hai tên này giống nhau nhưng không phải là một. Trang giả mạo thường làm như vậy.',
    mixed: 'Địa chỉ này trộn chữ của nhiều bảng chữ cái. Trang giả mạo thường làm như vậy.',
    neighbour: 'Nhãn không bao gồm {host}, dù tên rất gần với tên dưới đây. Hãy so hai tên với nhau.',
    otherShop: 'Nhãn này không thuộc về cửa hàng bạn vừa xem. Nếu bạn thấy nhãn ở đó, đừng tin.',
    ledHere:
      'Bạn đến đây từ công cụ tìm kiếm, tin nhắn hay một trang khác? Hãy so địa chỉ này với địa chỉ của cửa hàng.',
    lookUp: 'Kiểm tra {host}',
  },
  behind: {
    title: 'Về nhãn này',
    mark: 'Nhãn',
    level: 'Cấp',
    kind: 'Đây là loại nhãn gì',
    aboutMark: 'Nhãn này yêu cầu cửa hàng những gì',
  },
  history: {
    title: 'Lịch sử và nhật ký',
    signed: 'Cơ quan cấp đã ký',
    suspended: 'Đình chỉ',
    revoked: 'Thu hồi',
    reinstated: 'Khôi phục',
    entry: 'Mục nhật ký số {index}',
    all: 'Mọi việc đã xảy ra với chứng nhận này, dưới dạng dữ liệu',
    proof: 'Bằng chứng chứng nhận có trong nhật ký công khai',
  },
  missing: {
    title: 'Không có chứng nhận này',
    asked: 'Số được hỏi',
    says: 'Ở đây không công bố chứng nhận nào mang số này. Có thể chưa bao giờ có, hoặc chứng nhận đã bị xóa.',
    genuine: 'Theo những gì hệ thống này biết, nhãn dẫn đến trang này không phải là thật.',
    form: 'Đây không phải là số chứng nhận. Số chứng nhận có dạng như {example}; chữ hoa và chữ thường là khác nhau.',
    now: 'Đừng tin vào nhãn này. Hãy kiểm tra cửa hàng bằng địa chỉ của nó ở dưới đây.',
    arrival: 'Nếu bạn thấy nhãn ở {host}, đừng tin.',
    report: 'Cách báo nhãn giả',
    note: 'Hãy ghi lại địa chỉ cửa hàng và chỗ đặt nhãn. Ảnh chụp trang sẽ rất hữu ích.',
    tell: 'Hãy báo cho cơ quan có tên trên nhãn.',
    file: 'Nếu bạn đã mua hàng ở đó, hãy khiếu nại tại đây.',
  },
  country: 'Không nhận ra nước ghi trong địa chỉ của trang này. Hãy chọn nước của bạn trong danh sách.',
}
