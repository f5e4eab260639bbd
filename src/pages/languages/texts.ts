/** Every language that the pages speak; a further one is a folder here and a line below (CONTRIBUTING.md). */
import type { Language } from '../../alliance/text.js'
import { en, type Texts } from './en/index.js'
import { ja } from './ja/index.js'
import { th } from './th/index.js'
import { vi } from './vi/index.js'

export type { Texts }

export const TEXTS: Readonly<Record<Language, Texts>> = { en, th, vi, ja }
