/** Japanese texts of the directory of certified shops. */
import type { DirectoryTexts } from '../en/directory.js'

export const directory: DirectoryTexts = {
  title: '認証を受けたショップ',
}
