/** Vietnamese texts of the directory of certified shops. */
import type { DirectoryTexts } from '../en/directory.js'

export const directory: DirectoryTexts = {
  title: 'Cửa hàng được chứng nhận',
  description:
    'Các cửa hàng trực tuyến có nhãn tín nhiệm đang có hiệu lực, của mọi cơ quan công bố tại đây: tìm theo tên, nước, nhãn và những điều nhãn bao gồm.',
  lead: 'Các cửa hàng trực tuyến có chứng nhận đang có hiệu lực, của mọi cơ quan công bố tại đây. Chứng nhận bị đình chỉ, bị thu hồi hoặc hết hạn không có trong danh sách.',
  kinds:
    'Danh sách không chỉ có nhãn chất lượng mà còn có nhãn xác nhận danh tính và đăng ký, thông báo; hai loại này không nói gì về chất lượng. Mỗi cửa hàng đều ghi rõ có loại nhãn nào.',
  pair: '{label}: {value}',
  form: {
    label: 'Tìm cửa hàng được chứng nhận',
    q: 'Tên hoặc địa chỉ của cửa hàng',
    hint: 'Chỉ cần một phần, bằng chữ viết nào cũng được, có dấu hay không dấu.',
    sectorHint: 'Bằng từ ngữ và ngôn ngữ của cơ quan đã chứng nhận cửa hàng. Chỉ cần một phần của từ.',
    more: 'Thêm bộ lọc',
    any: 'Bất kỳ',
    whole: 'Mọi nhãn của cơ quan này',
    button: 'Xem cửa hàng',
  },
  filters: {
    q: 'Tên hoặc địa chỉ',
    country: 'Nước của cửa hàng',
    member: 'Cơ quan',
    mark: 'Nhãn',
    level: 'Nhãn và hạng',
    kind: 'Loại nhãn',
    principle: 'Bao gồm đầy đủ',
    language: 'Ngôn ngữ hỗ trợ',
    shipsTo: 'Giao hàng đến',
    sector: 'Mặt hàng',
    platform: 'Kênh bán hàng',
  },
  inTitle: {
    q: 'tên “{value}”',
    country: 'ở {value}',
    principle: 'bao gồm đầy đủ: {value}',
    language: 'hỗ trợ {value}',
    shipsTo: 'giao hàng đến {value}',
    sector: 'bán “{value}”',
  },
  set: {
    title: 'Chỉ hiển thị',
    remove: 'Bỏ bộ lọc',
    all: 'Bỏ mọi bộ lọc',
  },
  found: { one: '{count} chứng nhận', other: '{count} chứng nhận' },
  more: { one: 'Hơn {count} chứng nhận', other: 'Hơn {count} chứng nhận' },
  newest: 'Chứng nhận mới nhất đứng trước.',
  nothing: {
    title: 'Không có chứng nhận còn hiệu lực nào phù hợp',
    loosen: 'Hãy bỏ bớt một bộ lọc để xem thêm:',
    sector:
      'Mặt hàng được ghi bằng ngôn ngữ của cơ quan đã chứng nhận cửa hàng: hãy thử từ trong ngôn ngữ đó, hoặc chọn một gợi ý trong ô nhập.',
    check:
      'Bạn muốn biết về một cửa hàng cụ thể? Hãy kiểm tra địa chỉ của cửa hàng đó: kết quả cũng cho biết chứng nhận bị đình chỉ, bị thu hồi hoặc hết hạn.',
  },
  empty: {
    title: 'Chưa có chứng nhận nào',
    says: 'Hiện không có chứng nhận nào đang có hiệu lực ở đây.',
  },
  busy: {
    title: 'Danh sách đang được lập',
    says: 'Danh sách cửa hàng được chứng nhận chưa sẵn sàng. Hãy thử lại sau giây lát. Trong lúc chờ, bạn vẫn kiểm tra được từng cửa hàng.',
    again: 'Thử lại',
  },
  leftOut: {
    title: 'Một phần yêu cầu đã bị bỏ qua',
    unknown: '{filter}: ở đây không có “{value}”.',
    repeated: '{filter}: chỉ chọn được một giá trị, nên đã bỏ qua “{value}”.',
    long: { one: '{filter}: tối đa {count} ký tự.', other: '{filter}: tối đa {count} ký tự.' },
    parameter: 'Không có bộ lọc “{value}”.',
    place: 'Không tìm thấy vị trí này trong danh sách. Danh sách được hiển thị từ đầu.',
  },
  shop: {
    others: { one: 'và {count} mục khác', other: 'và {count} mục khác' },
    lost: 'Xem chứng nhận đã mất hoặc bị đình chỉ',
    open: 'Mở cửa hàng',
    record: 'Xem chứng nhận',
  },
  covers: {
    all: 'Bao gồm cả năm nguyên tắc',
    none: 'Không bao gồm nguyên tắc nào trong năm nguyên tắc',
  },
  pages: {
    label: 'Các trang của danh sách',
    next: 'Trang sau',
    start: 'Về đầu danh sách',
  },
}
