import type { Request, Response } from 'express';
import multer from 'multer';
import { DomainError, type FieldError } from '../../domain/domain-error.ts';
import { fileTypeOf, safeFileName } from './file-types.ts';

export interface ReceivedFile {
  readonly name: string;
  readonly type: string;
  readonly bytes: Buffer;
}

/** The files of one form, or why none of them was taken. The texts of the form are in `req.body` either way. */
export interface Upload {
  readonly files: readonly ReceivedFile[];
  readonly fault: FieldError | null;
}

const TEXT_LIMIT = 256 * 1024;
const MAX_TEXTS = 40;

interface UploadLimits {
  readonly count: number;
  readonly bytes: number;
}

/** Reads one form with pictures or documents. */
export const uploadReader = (field: string, limits: UploadLimits) => formReader(field, limits, asKnownType);

/** Reads one form with files of plain text, such as tables. */
export const textUploadReader = (field: string, limits: UploadLimits) => formReader(field, limits, asText);

/** What is wrong with a file is a fault to be told beside the texts; a body that is no form is refused. */
function formReader(
  field: string,
  limits: UploadLimits,
  take: (file: Express.Multer.File) => ReceivedFile | null,
) {
  const read = multer({
    storage: multer.memoryStorage(),
    defParamCharset: 'utf8',
    limits: {
      files: limits.count,
      fileSize: limits.bytes,
      fields: MAX_TEXTS,
      fieldSize: TEXT_LIMIT,
      fieldNameSize: 100,
      headerPairs: 20,
    },
  }).array(field);
  return (req: Request, res: Response): Promise<Upload> =>
    new Promise((resolve, reject) => {
      read(req, res, (error: unknown) => {
        req.body ??= {};
        if (!error) {
          resolve(check(filesOf(req), field, take));
          return;
        }
        const fault = faultOf(error, field, limits);
        if (fault) resolve({ files: [], fault });
        else reject(refusalOf(error));
      });
    });
}

const filesOf = (req: Request): Express.Multer.File[] =>
  // A browser sends an empty file when none was chosen.
  (Array.isArray(req.files) ? req.files : []).filter((file) => file.size > 0 || file.originalname !== '');

function faultOf(error: unknown, field: string, limits: UploadLimits): FieldError | null {
  if (!(error instanceof multer.MulterError)) return null;
  if (error.code === 'LIMIT_FILE_SIZE')
    return { field, rule: 'file.size', params: { limit: Math.floor(limits.bytes / 1_048_576) } };
  if (error.code === 'LIMIT_FILE_COUNT')
    return { field, rule: 'file.count', params: { limit: limits.count } };
  return null;
}

const refusalOf = (error: unknown): DomainError =>
  error instanceof multer.MulterError && error.code === 'LIMIT_FIELD_VALUE'
    ? new DomainError('TOO_LARGE')
    : new DomainError('INVALID_INPUT', { params: { because: 'unreadable' } });

/** All or none: a page that took two of three files would have to say which. */
function check(
  given: readonly Express.Multer.File[],
  field: string,
  take: (file: Express.Multer.File) => ReceivedFile | null,
): Upload {
  const files: ReceivedFile[] = [];
  for (const file of given) {
    const taken = file.buffer.length === 0 ? null : take(file);
    if (!taken) {
      const rule = file.buffer.length === 0 ? 'file.empty' : 'file.type';
      return { files: [], fault: { field, rule, params: { name: shownName(file) } } };
    }
    files.push(taken);
  }
  return { files, fault: null };
}

const shownName = ({ originalname }: Express.Multer.File): string =>
  safeFileName(`${originalname}.`, { type: '', extension: '' }).replace(/\.$/, '');

function asKnownType({ originalname, buffer }: Express.Multer.File): ReceivedFile | null {
  const type = fileTypeOf(buffer);
  return type && { name: safeFileName(originalname, type), type: type.type, bytes: buffer };
}

const UTF_16_MARKS = ['fffe', 'feff'];

/** Text has no zero byte, but for UTF-16, which says that it is that. */
function asText(file: Express.Multer.File): ReceivedFile | null {
  const { buffer } = file;
  const isWide = UTF_16_MARKS.includes(buffer.toString('hex', 0, 2));
  return buffer.includes(0) && !isWide ? null : { name: shownName(file), type: 'text/plain', bytes: buffer };
}
