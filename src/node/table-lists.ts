/** What a rebuild does with each table of the database: made anew from the log, or copied because nothing else has it. */
import type { Tables } from '../store/tables.js'

type Table = keyof Tables

/** Made anew by replaying the log; a rebuild compares them row by row. */
export const DERIVED_TABLES: readonly Table[] = [
  'entries',
  'statements',
  'tiles',
  'erasures',
  'log_keys',
  'members',
  'records',
  'presences',
  'identifiers',
  'registers',
  'directory',
  'lookalikes',
]

/** Of those, what the hub fills by and by after it was brought to this version: until then rows may be missing, or of older rules. */
export const LISTINGS: readonly Table[] = ['directory', 'lookalikes']

/** Copied, in an order in which nothing names a row that is yet to come. Checkpoints are signed: no log gives them again. */
export const COPIED_TABLES: readonly Table[] = [
  'settings',
  'checkpoints',
  'inbox',
  'cases',
  'case_envelopes',
  'case_events',
  'case_messages',
  'case_attachments',
  'case_files',
  'case_deliveries',
  'case_inbox',
  'case_addresses',
  'case_recoveries',
  'case_mails',
  'webhooks',
  'webhook_news',
  'assertions',
  'intake_counts',
  'intake_limits',
  'daily_salts',
]

/** What SQLite keeps the full-text index in: written by it alone, in a shape that depends on the order of writes. */
export const INDEX_TABLES = /^directory_/

/** Made by whoever opens a database: which migrations it has. */
export const OWN_TABLES: readonly string[] = ['migrations']
